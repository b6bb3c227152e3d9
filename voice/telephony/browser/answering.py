"""Makes a call of a page's WebSocket, once it is known whose page it is."""

from __future__ import annotations

import asyncio

from voice.clock import Clock, within
from voice.telephony.browser.session import BrowserSession
from voice.telephony.metronome import Metronome
from voice.telephony.switchboard import Switchboard
from voice.telephony.websocket.socket import Socket

LETS_GO_WITHIN = 2.0


class BrowserAnswering:
    """One for the whole service; `answer` carries one connection to its end."""

    def __init__(self, switchboard: Switchboard, metronome: Metronome, clock: Clock) -> None:
        self._switchboard, self._metronome, self._clock = switchboard, metronome, clock
        self._calls: dict[BrowserSession, asyncio.Future[None]] = {}

    async def answer(self, socket: Socket, reference: str) -> None:
        """Returns when the call is over and the connection closed. `reference`: what the page's visitor is known by;
        a new call ends one that is left of the same visitor's, as after a lost network."""
        await self._end_calls_of(reference)
        if not self._switchboard.take_line():
            await socket.send('{"type": "busy", "why": "lines"}')
            await socket.close()
            return
        session = BrowserSession(reference, socket, self._clock, self._metronome)
        over = self._calls[session] = asyncio.get_running_loop().create_future()
        try:
            await session.carry(self._switchboard)
        finally:
            self._switchboard.give_back()
            del self._calls[session]
            over.set_result(None)

    async def stop(self) -> None:
        """Hang up every call."""
        await asyncio.gather(*(session.hang_up() for session in list(self._calls)))

    async def _end_calls_of(self, reference: str) -> None:
        for session, over in list(self._calls.items()):
            if session.call.reference == reference:
                await session.hang_up()
                await within(self._clock, LETS_GO_WITHIN, over)
