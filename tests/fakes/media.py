"""A call without a network: a test is the caller."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from voice.clock import Clock, within
from voice.media import Call, Frame, Key
from voice.telephony.ear import Ear
from voice.telephony.metronome import Metronome
from voice.telephony.mouth import Mouth


class FakeSession:
    """`speak`, `press` and `leave` are the caller's; `heard` is what the caller heard; `takes` whether a transfer
    succeeds."""

    def __init__(self, clock: Clock, call: Call | None = None, rate: int = 8000, takes: bool = True) -> None:
        self._clock, self._rate, self.takes = clock, rate, takes
        self._call = call or Call("fake-1", "fake", "13800138000", "12348", "fake-1")
        self._ear, self._mouth = Ear(rate), Mouth(rate)
        self.heard: list[bytes] = []
        self.transfers: list[str] = []
        self.over = False
        self._leave_beat: Callable[[], None] = Metronome(clock).join(self._beat)

    @property
    def call(self) -> Call:
        """Who calls whom."""
        return self._call

    @property
    def rate(self) -> int:
        """As given."""
        return self._rate

    async def receive(self) -> Frame | Key | None:
        """What comes next from the caller."""
        return await self._ear.next()

    async def send(self, pcm: bytes) -> None:
        """Say one frame."""
        await self._mouth.say(pcm)

    def interrupt(self) -> None:
        """Forget what waits to be said."""
        self._mouth.forget()

    async def hang_up(self) -> None:
        """End the call when what waits has been said."""
        if not self.over:
            await within(self._clock, 0.5, asyncio.ensure_future(self._mouth.finished()))
            self.leave()

    async def transfer(self, target: str) -> bool:
        """As `takes` says."""
        if self.over:
            return False
        self.transfers.append(target)
        if self.takes:
            self.leave()
        return self.takes

    def speak(self, pcm: bytes) -> None:
        """The caller says something."""
        self._ear.hear(pcm)

    def press(self, key: str) -> None:
        """The caller presses a key."""
        self._ear.press(key)

    def leave(self) -> None:
        """The caller hangs up."""
        if not self.over:
            self.over = True
            self._leave_beat()
            self._ear.close()
            self._mouth.close()

    def _beat(self) -> None:
        if (pcm := self._mouth.take()) is not None:
            self.heard.append(pcm)
