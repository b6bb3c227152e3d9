"""A recogniser for calls of another sampling rate than its own."""

from __future__ import annotations

from collections.abc import AsyncIterator

from voice.recognizer import Heard, Recognizer
from voice.speaking.framing import Framer


class Resampled:
    """See `Recognizer`."""

    def __init__(self, recognizer: Recognizer, sample_rate: int) -> None:
        """`sample_rate`: what comes in."""
        self._recognizer, self.sample_rate = recognizer, sample_rate

    def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """See `Recognizer.recognize`."""
        return self._recognizer.recognize(self._converted(pcm))

    async def _converted(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        framer = Framer(self.sample_rate, self._recognizer.sample_rate)
        async for chunk in pcm:
            if converted := b"".join(framer.push(chunk)):
                yield converted
        if rest := b"".join(framer.finish()):
            yield rest


def at_rate(recognizer: Recognizer, sample_rate: int) -> Recognizer:
    """The recogniser, for sound of that rate."""
    return recognizer if recognizer.sample_rate == sample_rate else Resampled(recognizer, sample_rate)
