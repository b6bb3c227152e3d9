"""Who has to wait for the first sound of an answer hears a word at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest

from tests.fakes.clock import VirtualClock
from voice.speaking.lead_in import PATIENCE, LeadIn
from voice.synthesizer import SpeechFailed, Voice

VOICE = Voice()


class Answer:
    """An answer of two frames, the first of which is there when a test says so."""

    def __init__(self, *, ready: bool = False, fails: bool = False) -> None:
        self.clock = VirtualClock()
        self.closed = False
        self._may, self._fails = asyncio.Event(), fails
        if ready:
            self.sounds()
        self.heard: list[bytes] = []
        self._task = asyncio.create_task(self._listen(LeadIn(self._word, self.clock)))

    async def _word(self, voice: Voice) -> Sequence[bytes]:
        return [b"um"]

    def sounds(self) -> None:
        self._may.set()

    async def passes(self, seconds: float) -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        self.clock.advance(seconds)
        for _ in range(5):
            await asyncio.sleep(0)

    async def over(self) -> list[bytes]:
        await self._task
        return self.heard

    async def broken_off(self) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})

    async def _frames(self) -> AsyncGenerator[bytes]:
        try:
            await self._may.wait()
            if self._fails:
                raise SpeechFailed("no voice")
            yield b"one"
            yield b"two"
        finally:
            self.closed = True

    async def _listen(self, lead_in: LeadIn) -> None:
        async for frame in lead_in.before(self._frames(), VOICE):
            self.heard.append(frame)


async def test_what_is_ready_needs_no_word() -> None:
    answer = Answer(ready=True)
    assert await answer.over() == [b"one", b"two"]
    assert answer.closed


async def test_what_is_there_in_time_needs_none_either() -> None:
    answer = Answer()
    await answer.passes(PATIENCE * 0.9)
    assert answer.heard == []
    answer.sounds()
    assert await answer.over() == [b"one", b"two"]


async def test_what_is_slow_comes_behind_the_word() -> None:
    answer = Answer()
    await answer.passes(PATIENCE)
    assert answer.heard == [b"um"]
    answer.sounds()
    assert await answer.over() == [b"um", b"one", b"two"]


async def test_what_fails_fails_behind_the_word_too() -> None:
    answer = Answer(fails=True)
    await answer.passes(PATIENCE)
    answer.sounds()
    with pytest.raises(SpeechFailed):
        await answer.over()
    assert answer.heard == [b"um"]


async def test_who_breaks_it_off_leaves_nothing_open() -> None:
    answer = Answer()
    await answer.passes(PATIENCE)
    await answer.broken_off()
    assert answer.closed
