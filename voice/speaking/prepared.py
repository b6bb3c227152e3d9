"""A voice that has begun what it will probably be asked to say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import cast

from voice.synthesizer import Synthesizer, Voice

_Frames = AsyncGenerator[bytes, None]


class PreparedVoice:
    """See `Synthesizer`; one for each call. What was prepared and is not said is forgotten with the next thing said."""

    def __init__(self, voice: Synthesizer) -> None:
        self._voice = voice
        self._wanted: tuple[str, Voice] | None = None
        self._begun: asyncio.Task[tuple[_Frames, bytes | None]] | None = None

    @property
    def name(self) -> str:
        """That of the voice itself."""
        return self._voice.name

    async def prepare(self, text: str, voice: Voice) -> None:
        """Make the first sound of it ready, in place of what else was prepared; it is made when this returns."""
        if self._wanted != (text, voice):
            await self.forget()
            self._wanted, self._begun = (text, voice), asyncio.create_task(self._begin(text, voice))
        if self._begun is not None:
            await asyncio.wait({self._begun})

    async def forget(self) -> None:
        """It will not be said."""
        begun, self._wanted, self._begun = self._begun, None, None
        if begun is None:
            return
        begun.cancel()
        await asyncio.wait({begun})
        if not begun.cancelled() and begun.exception() is None:
            await begun.result()[0].aclose()

    async def speak(self, text: str, voice: Voice) -> _Frames:
        """See `Synthesizer.speak`."""
        if self._wanted != (text, voice) or self._begun is None:
            await self.forget()
            async for frame in self._voice.speak(text, voice):
                yield frame
            return
        begun, self._wanted, self._begun = self._begun, None, None
        frames, first = await begun
        try:
            if first is not None:
                yield first
            async for frame in frames:
                yield frame
        finally:
            await frames.aclose()

    async def _begin(self, text: str, voice: Voice) -> tuple[_Frames, bytes | None]:
        frames = cast(_Frames, self._voice.speak(text, voice))
        try:
            return frames, await anext(frames, None)
        except BaseException:
            await frames.aclose()
            raise
