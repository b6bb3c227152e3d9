"""A recogniser that gives no sign of life is noticed in time, and one that is slow is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.fakes.clock import VirtualClock
from tests.fakes.ticking import until
from voice.hearing.watched import Watched
from voice.recognizer import Heard, RecognitionFailed

PATIENCE = 1.5


class Scripted:
    """Takes `takes` chunks and then does as `then` says."""

    sample_rate = 8000

    def __init__(self, clock: VirtualClock, takes: int, then: str) -> None:
        self._clock, self._takes, self._then = clock, takes, then
        self.freed = False

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        try:
            for _ in range(self._takes):
                await anext(pcm)
            yield Heard("前", final=True)
            if self._then == "stuck":
                await asyncio.Event().wait()
            elif self._then == "working":
                for _ in range(10):
                    await self._clock.sleep(1)
                    yield Heard("", final=False)
            async for _ in pcm:
                await self._clock.sleep(0)
            yield Heard("后", final=True)
        finally:
            self.freed = True


class Line:
    """Sound every 20 ms, or silence of the line itself."""

    def __init__(self, clock: VirtualClock, frames: int, pause: float = 0.0) -> None:
        self._clock, self._frames, self._pause = clock, frames, pause

    async def sound(self) -> AsyncIterator[bytes]:
        for _ in range(self._frames):
            await self._clock.sleep(0.02)
            yield bytes(320)
        await self._clock.sleep(self._pause)


async def heard(clock: VirtualClock, then: str, takes: int = 3, line: Line | None = None) -> tuple[list[str], Scripted]:
    inner = Scripted(clock, takes, then)
    sound = (line or Line(clock, 50)).sound()
    words: list[str] = []

    async def listen() -> None:
        async for one in Watched(inner, clock, PATIENCE).recognize(sound):
            words.append(one.text)

    task = asyncio.create_task(listen())
    await until(clock, task.done, beats=2000)
    try:
        await task
    except RecognitionFailed:
        words.append("!")
    return words, inner


@pytest.mark.parametrize("takes", [0, 3])
async def test_a_stuck_one_fails_within_two_seconds(takes: int) -> None:
    clock = VirtualClock()
    words, inner = await heard(clock, "stuck", takes)
    assert words == ["前", "!"]
    assert inner.freed
    assert 0.06 + PATIENCE <= clock.monotonic() + 0.1 < 2.0


async def test_one_that_never_takes_anything_is_stuck() -> None:
    class Deaf(Scripted):
        async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
            await asyncio.Event().wait()
            yield Heard("", final=True)

    clock = VirtualClock()
    stream = Watched(Deaf(clock, 0, ""), clock, PATIENCE).recognize(Line(clock, 50).sound())
    step = asyncio.ensure_future(anext(stream))  # type: ignore[arg-type]
    await until(clock, step.done)
    with pytest.raises(RecognitionFailed):
        await step
    assert clock.monotonic() < 2.0


async def test_one_that_tells_that_it_works_is_waited_for() -> None:
    words, _ = await heard(VirtualClock(), "working")
    assert [one for one in words if one] == ["前", "后"]


async def test_a_silent_line_is_not_a_stuck_recogniser() -> None:
    clock = VirtualClock()
    words, _ = await heard(clock, "on", line=Line(clock, 5, pause=30))
    assert words == ["前", "后"]
    assert clock.monotonic() > 30


async def test_leaving_frees_what_is_watched() -> None:
    clock = VirtualClock()
    inner = Scripted(clock, 0, "on")
    stream = Watched(inner, clock, PATIENCE).recognize(Line(clock, 5).sound())
    assert (await anext(stream)).text == "前"
    await stream.aclose()  # type: ignore[attr-defined]
    assert inner.freed


async def test_leaving_while_it_works_frees_it_too() -> None:
    clock = VirtualClock()
    inner = Scripted(clock, 0, "stuck")

    async def listen() -> None:
        async for _ in Watched(inner, clock, PATIENCE).recognize(Line(clock, 5).sound()):
            pass

    task = asyncio.create_task(listen())
    await until(clock, lambda: clock.monotonic() > 0.1)
    task.cancel()
    await asyncio.wait({task})
    assert inner.freed
