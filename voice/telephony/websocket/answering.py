"""Makes a call of an accepted media WebSocket."""

from __future__ import annotations

import asyncio
import logging

from voice.clock import Clock, within
from voice.telephony.metronome import Metronome
from voice.telephony.switchboard import Switchboard
from voice.telephony.websocket.hello import Hello, Unusable
from voice.telephony.websocket.session import SocketSession
from voice.telephony.websocket.socket import Socket

_LOG = logging.getLogger(__name__)
HELLO_WITHIN = 5.0


class SocketAnswering:
    """One for the whole service; `answer` carries one connection from its first message to its end."""

    def __init__(self, switchboard: Switchboard, metronome: Metronome, clock: Clock) -> None:
        self._switchboard, self._metronome, self._clock = switchboard, metronome, clock
        self._sessions: set[SocketSession] = set()

    async def answer(self, socket: Socket) -> None:
        """Returns when the call is over and the connection closed."""
        if not self._switchboard.take_line():
            await socket.send('{"type": "disconnect"}')
            await socket.close()
            return
        try:
            await self._carry(socket)
        finally:
            self._switchboard.give_back()

    async def stop(self) -> None:
        """Hang up every call."""
        await asyncio.gather(*(session.hang_up() for session in list(self._sessions)))

    async def _carry(self, socket: Socket) -> None:
        first = asyncio.ensure_future(socket.receive())
        if not await within(self._clock, HELLO_WITHIN, first):
            first.cancel()
            await socket.close()
            return
        message = first.result()
        try:
            hello = Hello.decode(message) if isinstance(message, str) else Hello()
        except Unusable as error:
            _LOG.warning("a media stream was refused: %s", error)
            await socket.close()
            return
        if message is None:
            await socket.close()
            return
        session = SocketSession(hello, socket, self._clock, self._metronome)
        self._sessions.add(session)
        if isinstance(message, bytes):
            session.hear(message)
        try:
            await session.carry(self._switchboard)
        finally:
            self._sessions.discard(session)
