"""Notices a recogniser that neither fails nor does anything any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

from voice.clock import Clock, within
from voice.recognizer import Heard, RecognitionFailed, Recognizer


class Watched:
    """See `Recognizer`. One that gives no sign of life for `patience` seconds, though there is sound, has failed."""

    def __init__(self, recognizer: Recognizer, clock: Clock, patience: float) -> None:
        self._recognizer, self._clock, self._patience = recognizer, clock, patience
        self.sample_rate = recognizer.sample_rate

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """See `Recognizer.recognize`."""
        given = _Given(pcm, self._clock)
        hearing = self._recognizer.recognize(given.sound())
        step: asyncio.Future[Heard] | None = None
        try:
            while True:
                given.alive()
                step = asyncio.ensure_future(_next(hearing))
                while not await within(self._clock, max(self._patience - given.busy, 0.001), step):
                    if given.busy >= self._patience:
                        raise RecognitionFailed(f"no sign of life for {self._patience:g} s")
                try:
                    heard = await step
                except StopAsyncIteration:
                    return
                yield heard
        finally:
            if step is not None and not step.done():
                step.cancel()
                await asyncio.wait({step})
            if isinstance(hearing, AsyncGenerator):
                await hearing.aclose()


async def _next(hearing: AsyncIterator[Heard]) -> Heard:
    return await anext(hearing)


class _Given:
    """The sound on its way to the recogniser, and since when it has been working on what it was given."""

    def __init__(self, pcm: AsyncIterator[bytes], clock: Clock) -> None:
        self._pcm, self._clock = pcm, clock
        self._since: float | None = clock.monotonic()

    @property
    def busy(self) -> float:
        """Seconds; none while it waits for more sound."""
        return 0.0 if self._since is None else self._clock.monotonic() - self._since

    def alive(self) -> None:
        """It gave something."""
        if self._since is not None:
            self._since = self._clock.monotonic()

    async def sound(self) -> AsyncIterator[bytes]:
        """What the recogniser is given."""
        self._since = None
        async for chunk in self._pcm:
            self._since = self._clock.monotonic()
            yield chunk
            self._since = None
        self._since = self._clock.monotonic()
