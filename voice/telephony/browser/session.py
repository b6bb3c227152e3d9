"""One call from the microphone of a browser."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from voice.clock import Clock, within
from voice.media import CHAT, Call
from voice.telephony.metronome import Metronome
from voice.telephony.websocket.socket import Socket
from voice.telephony.websocket.socket_call import FAREWELL, SocketCall

RATE = 16000
PAGE_ANSWERS_WITHIN = 10.0


class BrowserSession(SocketCall):
    """A MediaSession.

    We send `answered` first, `flush` for what is to be forgotten, `transfer` and `end`; the page sends `key`,
    `transferred` and `end`. Sound is always at 16 kHz: the page fits it to its device.
    """

    _gone_is_taken = False

    def __init__(self, reference: str, socket: Socket, clock: Clock, metronome: Metronome) -> None:
        super().__init__(Call(uuid.uuid4().hex, "browser", reference=reference), RATE, socket, clock, metronome)
        self._post({"type": "answered"})

    async def transfer(self, target: str) -> bool:
        """To CHAT only: the page tells its visitor to go on there, which somebody must have seen to beforehand."""
        if self._over or target != CHAT:
            return False
        await within(self._clock, FAREWELL, asyncio.ensure_future(self._mouth.finished()))
        if self._over:
            return False
        taken = await self._transferred({"type": "transfer"}, PAGE_ANSWERS_WITHIN)
        if taken:
            self.finish()
        return taken

    def _stop_playing(self) -> dict[str, Any]:
        return {"type": "flush"}

    def _go(self) -> dict[str, Any]:
        return {"type": "end"}

    def _told(self, told: dict[str, Any]) -> None:
        match told:
            case {"type": "key", "key": str(key)}:
                self._ear.press(key)
            case {"type": "transferred", "taken": bool(taken)}:
                self._settle(taken)
            case {"type": "end"}:
                self.finish()
