"""One call by media WebSocket, as FreeSWITCH and jambonz speak it."""

from __future__ import annotations

import uuid
from typing import Any

import numpy as np

from voice.clock import Clock
from voice.media import Call
from voice.telephony.metronome import Metronome
from voice.telephony.websocket.hello import Hello
from voice.telephony.websocket.socket import Socket
from voice.telephony.websocket.socket_call import SocketCall

RINGS_FOR = 90.0
"""Seconds in which a transfer must have taken the caller away."""


class SocketSession(SocketCall):
    """A MediaSession.

    What we say goes as binary messages too: the other side must have its bidirectional streaming switched on. It stops
    what it still plays at `killAudio` and ends the stream at `disconnect`.
    """

    def __init__(self, hello: Hello, socket: Socket, clock: Clock, metronome: Metronome) -> None:
        call = Call(uuid.uuid4().hex, "websocket", hello.caller, hello.called, hello.reference)
        super().__init__(call, hello.rate, socket, clock, metronome)
        self._hello = hello

    async def transfer(self, target: str) -> bool:
        """Ask FreeSWITCH, where a script must act on its event `mod_audio_fork::transfer`; it has taken the caller when
        the stream ends, and has not when it sends `{"event": "transfer_failed"}`. jambonz knows no such request."""
        if self._over or self._hello.jambonz:
            return False
        return await self._transferred({"type": "transfer", "data": {"to": target}}, RINGS_FOR)

    def _stop_playing(self) -> dict[str, Any]:
        return {"type": "killAudio"}

    def _go(self) -> dict[str, Any]:
        return {"type": "disconnect"}

    def _told(self, told: dict[str, Any]) -> None:
        if told.get("event") == "dtmf" and isinstance(told.get("dtmf"), str):
            self._ear.press(told["dtmf"])
        elif told.get("event") == "transfer_failed":
            self._settle(False)

    def _sound(self, message: bytes) -> bytes:
        return message if self._hello.channels == 1 else _left(message)


def _left(pcm: bytes) -> bytes:
    """The first of two interleaved channels."""
    left: bytes = np.frombuffer(pcm[: len(pcm) // 4 * 4], "<i2")[::2].tobytes()
    return left
