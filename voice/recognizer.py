"""The seam of hearing: sound in, words out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Heard:
    """Words that were recognised."""

    text: str
    final: bool
    """They will not change any more; else they are what it sounds like so far."""
    confidence: float | None = None
    """Between 0 and 1; None where the recogniser does not say."""
    alternatives: tuple[str, ...] = ()
    """What else it may have been, the likeliest first; of final words, and only where the recogniser tells."""


class RecognitionFailed(Exception):
    """This stream will not be understood any more; the next one may be."""


class Recognizer(Protocol):
    """Turns speech into words. Any number of streams at once; they do not know of each other."""

    @property
    def sample_rate(self) -> int:
        """Samples a second that it wants: mono, 16 bit, little endian."""
        ...

    def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """What is said in the chunks, of any length, as they come; the last one of an utterance is final.

        A final one without words: there was a sound, and nothing was understood of it. When the sound ends, what was
        not yet final becomes so. While it works it gives a sign of life every second:
        it takes the next chunk, or gives something, an empty partial if nothing else. Raises RecognitionFailed; closing
        the iterator frees what the stream held.
        """
        ...
