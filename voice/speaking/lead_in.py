"""A word said at once where the first sound of an answer is still being made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

from voice.clock import Clock
from voice.synthesizer import Voice

PATIENCE = 0.1
"""Seconds that an answer may take before the word is said; what was kept or made ready is there in less."""

Sound = Callable[[Voice], Awaitable[Sequence[bytes]]]
"""The frames of the word in that voice; none where they are not at hand."""


class LeadIn:
    """As a person does who has listened and looks for words: the caller knows at once that they were heard."""

    def __init__(self, sound: Sound, clock: Clock) -> None:
        self._sound, self._clock = sound, clock

    async def before(self, frames: AsyncGenerator[bytes], voice: Voice) -> AsyncGenerator[bytes]:
        """The frames, behind the word if they are slow. Raises what `frames` raises; closing it closes them."""
        first = asyncio.ensure_future(_next(frames))
        patience = asyncio.ensure_future(self._clock.sleep(PATIENCE))
        try:
            await asyncio.wait({first, patience}, return_when=asyncio.FIRST_COMPLETED)
            if not first.done():
                for frame in await self._sound(voice):
                    yield frame
            if (begun := await first) is not None:
                yield begun
                async for frame in frames:
                    yield frame
        finally:
            patience.cancel()
            first.cancel()
            await asyncio.wait({first, patience})
            await frames.aclose()


async def _next(frames: AsyncGenerator[bytes]) -> bytes | None:
    return await anext(frames, None)
