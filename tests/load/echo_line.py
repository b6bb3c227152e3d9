"""`python -m tests.load.echo_line PORT`: our SIP server saying back what it hears, as a process that can be weighed."""

from __future__ import annotations

import asyncio
import signal
import sys

from bot.clock import SystemClock
from tests.fakes.echo import echo
from voice.telephony.metronome import Metronome
from voice.telephony.sip.config import SipConfig
from voice.telephony.sip.server import SipServer
from voice.telephony.switchboard import Switchboard

LINES = 200


async def main(port: int) -> None:
    """Until terminated."""
    clock, stop = SystemClock(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = SipServer(SipConfig(port=port), Switchboard(echo, LINES), Metronome(clock), clock)
    await server.start()
    await stop.wait()
    await server.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
