"""One call by media WebSocket: linear sound in binary messages, everything else in JSON."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable
from typing import Any

import numpy as np

from voice.clock import Clock, within
from voice.media import Call, Frame, Key
from voice.telephony.ear import Ear
from voice.telephony.metronome import Metronome
from voice.telephony.mouth import Mouth
from voice.telephony.websocket.hello import Hello
from voice.telephony.websocket.socket import Socket

FAREWELL = 0.5
RINGS_FOR = 90.0
"""Seconds in which a transfer must have taken the caller away."""
SILENT_FOR = 60.0
_BACKLOG = 100
"""Messages the other side has not taken, two seconds of sound, at which it counts as gone."""


class SocketSession:
    """A MediaSession. `run` must run beside it.

    What we say goes as binary messages too: the other side must have its bidirectional streaming switched on. It stops
    what it still plays at `killAudio` and ends the stream at `disconnect`.
    """

    def __init__(self, hello: Hello, socket: Socket, clock: Clock, metronome: Metronome) -> None:
        self._hello, self._socket, self._clock = hello, socket, clock
        self._call = Call(uuid.uuid4().hex, "websocket", hello.caller, hello.called, hello.reference)
        self._ear, self._mouth = Ear(hello.rate), Mouth(hello.rate)
        self._outgoing: asyncio.Queue[str | bytes | None] = asyncio.Queue(_BACKLOG)
        self._heard_at = clock.monotonic()
        self._over = False
        self._moved: asyncio.Future[bool] | None = None
        self._leave: Callable[[], None] = metronome.join(self._beat)

    @property
    def call(self) -> Call:
        """Who calls whom."""
        return self._call

    @property
    def rate(self) -> int:
        """As the other side announced."""
        return self._hello.rate

    async def receive(self) -> Frame | Key | None:
        """What comes next from the caller."""
        return await self._ear.next()

    async def send(self, pcm: bytes) -> None:
        """Say one frame."""
        await self._mouth.say(pcm)

    def interrupt(self) -> None:
        """Forget what waits to be said, here and there."""
        self._mouth.forget()
        self._post({"type": "killAudio"})

    async def hang_up(self) -> None:
        """Let the last frames go out, then end the call."""
        if not self._over:
            await within(self._clock, FAREWELL, asyncio.ensure_future(self._mouth.finished()))
        if not self._over:
            self._post({"type": "disconnect"})
            self.finish()

    async def transfer(self, target: str) -> bool:
        """Ask FreeSWITCH, where a script must act on its event `mod_audio_fork::transfer`; it has taken the caller when
        the stream ends, and has not when it sends `{"event": "transfer_failed"}`. jambonz knows no such request."""
        if self._over or self._hello.jambonz:
            return False
        self._moved = asyncio.get_running_loop().create_future()
        self._post({"type": "transfer", "data": {"to": target}})
        return await within(self._clock, RINGS_FOR, self._moved) and self._moved.result()

    async def run(self) -> None:
        """Carry messages both ways, until the call is over."""
        writing = asyncio.create_task(self._write())
        reading = asyncio.create_task(self._read())
        try:
            # Writing ends by itself after `finish`, when the farewell has gone out.
            await asyncio.wait({writing, reading}, return_when=asyncio.FIRST_COMPLETED)
            self.finish()
            await within(self._clock, FAREWELL, writing)
        finally:
            self.finish()
            for task in (writing, reading):
                task.cancel()
            await asyncio.gather(writing, reading, return_exceptions=True)
            await self._socket.close()

    def finish(self) -> None:
        """The call is over: nothing of it stays open."""
        if self._over:
            return
        self._over = True
        self._leave()
        self._ear.close()
        self._mouth.close()
        if self._moved is not None and not self._moved.done():
            self._moved.set_result(True)
        self._put(None)

    def hear(self, message: str | bytes) -> None:
        """Take in one message of the other side."""
        self._heard_at = self._clock.monotonic()
        if isinstance(message, bytes):
            self._ear.hear(message if self._hello.channels == 1 else _left(message))
            return
        try:
            told = json.loads(message)
        except (ValueError, RecursionError):
            return
        if not isinstance(told, dict):
            return
        if told.get("event") == "dtmf" and isinstance(told.get("dtmf"), str):
            self._ear.press(told["dtmf"])
        elif told.get("event") == "transfer_failed" and self._moved is not None and not self._moved.done():
            self._moved.set_result(False)

    async def _read(self) -> None:
        while (message := await self._socket.receive()) is not None:
            self.hear(message)

    async def _write(self) -> None:
        while (message := await self._outgoing.get()) is not None:
            await self._socket.send(message)

    def _post(self, told: dict[str, Any]) -> None:
        self._put(json.dumps(told, ensure_ascii=False))

    def _put(self, message: str | bytes | None) -> None:
        try:
            self._outgoing.put_nowait(message)
        except asyncio.QueueFull:
            if message is not None:
                self.finish()

    def _beat(self) -> None:
        if (pcm := self._mouth.take()) is not None:
            self._put(pcm)
        if self._clock.monotonic() - self._heard_at > SILENT_FOR:
            self.finish()


def _left(pcm: bytes) -> bytes:
    """The first of two interleaved channels."""
    left: bytes = np.frombuffer(pcm[: len(pcm) // 4 * 4], "<i2")[::2].tobytes()
    return left
