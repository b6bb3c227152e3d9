"""Every way a call can come, started and stopped together."""

from __future__ import annotations

from dataclasses import dataclass

from voice.clock import Clock
from voice.telephony.audiosocket.ari import Ari
from voice.telephony.audiosocket.server import AudioSocketServer
from voice.telephony.browser.answering import BrowserAnswering
from voice.telephony.metronome import Metronome
from voice.telephony.networks import Networks
from voice.telephony.sip.config import SipConfig
from voice.telephony.sip.server import SipServer
from voice.telephony.switchboard import Answer, Switchboard
from voice.telephony.websocket.answering import SocketAnswering


@dataclass(frozen=True, slots=True)
class AudioSocketConfig:
    """Where Asterisk connects to."""

    host: str
    port: int
    networks: Networks
    ari: Ari | None = None


@dataclass(frozen=True, slots=True)
class TelephoneConfig:
    """A transport that is None is off."""

    lines: int
    """Calls at a time, all transports together."""
    sip: SipConfig | None = None
    audiosocket: AudioSocketConfig | None = None


class Telephone:
    """`answer` gets every call; `sockets` and `browsers` carry WebSockets that the web server accepts."""

    def __init__(self, config: TelephoneConfig, answer: Answer, clock: Clock) -> None:
        self.switchboard = Switchboard(answer, config.lines)
        metronome = Metronome(clock)
        self.sip = None if config.sip is None else SipServer(config.sip, self.switchboard, metronome, clock)
        self.audiosocket: AudioSocketServer | None = None
        if (wanted := config.audiosocket) is not None:
            self.audiosocket = AudioSocketServer(
                wanted.host, wanted.port, wanted.networks, self.switchboard, metronome, clock, wanted.ari
            )
        self.sockets = SocketAnswering(self.switchboard, metronome, clock)
        self.browsers = BrowserAnswering(self.switchboard, metronome, clock)

    async def start(self) -> None:
        """Listen. Raises OSError, and nothing is left open."""
        try:
            if self.sip is not None:
                await self.sip.start()
            if self.audiosocket is not None:
                await self.audiosocket.start()
        except OSError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Hang up every call and let go of the ports."""
        await self.sockets.stop()
        await self.browsers.stop()
        if self.sip is not None:
            await self.sip.stop()
        if self.audiosocket is not None:
            await self.audiosocket.stop()
