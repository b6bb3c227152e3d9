"""What the calls that come by WebSocket have in common: sound in binary messages both ways, all else in JSON."""

from __future__ import annotations

import asyncio
import contextlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from voice.clock import Clock, within
from voice.media import Call, Frame, Key
from voice.telephony.ear import Ear
from voice.telephony.metronome import Metronome
from voice.telephony.mouth import Mouth
from voice.telephony.switchboard import Switchboard
from voice.telephony.websocket.socket import Socket

FAREWELL = 0.5
SILENT_FOR = 60.0
_BACKLOG = 100
"""Messages the other side has not taken, two seconds of sound, at which it counts as gone."""


class SocketCall(ABC):
    """A MediaSession but for the words: how the other side is told to stop or to go, and what it tells."""

    def __init__(self, call: Call, rate: int, socket: Socket, clock: Clock, metronome: Metronome) -> None:
        self._call, self._rate, self._socket, self._clock = call, rate, socket, clock
        self._ear, self._mouth = Ear(rate), Mouth(rate)
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
        """Samples a second."""
        return self._rate

    async def receive(self) -> Frame | Key | None:
        """What comes next from the caller."""
        return await self._ear.next()

    async def send(self, pcm: bytes) -> None:
        """Say one frame."""
        await self._mouth.say(pcm)

    def interrupt(self) -> None:
        """Forget what waits to be said, here, on the way out and there."""
        self._mouth.forget()
        kept = [one for one in self._unsent() if not isinstance(one, bytes)]
        for one in kept:
            self._put(one)
        self._post(self._stop_playing())

    async def hang_up(self) -> None:
        """Let the last frames go out, then end the call."""
        if not self._over:
            await within(self._clock, FAREWELL, asyncio.ensure_future(self._mouth.finished()))
        if not self._over:
            self._post(self._go())
            self.finish()

    async def carry(self, switchboard: Switchboard) -> None:
        """Have the call answered; returns when it is over and the connection closed."""
        running = asyncio.create_task(self.run())
        try:
            await switchboard.talk(self)
        finally:
            self.finish()
            with contextlib.suppress(asyncio.CancelledError):
                await running

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
            self._moved.set_result(self._gone_is_taken)
        self._put(None)

    def hear(self, message: str | bytes) -> None:
        """Take in one message of the other side."""
        self._heard_at = self._clock.monotonic()
        if isinstance(message, bytes):
            self._ear.hear(self._sound(message))
            return
        try:
            told = json.loads(message)
        except (ValueError, RecursionError):
            return
        if isinstance(told, dict):
            self._told(told)

    @abstractmethod
    async def transfer(self, target: str) -> bool:
        """Hand the caller to `target`."""

    @abstractmethod
    def _stop_playing(self) -> dict[str, Any]:
        """What tells the other side to drop the sound it has not played yet."""

    @abstractmethod
    def _go(self) -> dict[str, Any]:
        """What tells the other side that we hang up."""

    @abstractmethod
    def _told(self, told: dict[str, Any]) -> None:
        """What the other side said beside sound."""

    _gone_is_taken = True
    """Whether an end of the connection during a transfer means that the caller was taken."""

    def _sound(self, message: bytes) -> bytes:
        return message

    async def _transferred(self, request: dict[str, Any], seconds: float) -> bool:
        """Ask for a transfer, and whether the other side said within that time that it has taken the caller."""
        self._moved = asyncio.get_running_loop().create_future()
        self._post(request)
        return await within(self._clock, seconds, self._moved) and self._moved.result()

    def _settle(self, taken: bool) -> None:
        """The other side tells how the transfer went."""
        if self._moved is not None and not self._moved.done():
            self._moved.set_result(taken)

    async def _read(self) -> None:
        while (message := await self._socket.receive()) is not None:
            self.hear(message)

    async def _write(self) -> None:
        while (message := await self._outgoing.get()) is not None:
            await self._socket.send(message)

    def _unsent(self) -> list[str | bytes | None]:
        """All that waits to go out, taken off the queue."""
        taken = []
        while not self._outgoing.empty():
            taken.append(self._outgoing.get_nowait())
        return taken

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
