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


class Recognizer(Protocol):
    """Turns speech into words. One at a time may listen to each stream; streams do not know of each other."""

    @property
    def sample_rate(self) -> int:
        """Samples a second that it wants: mono, 16 bit, little endian."""
        ...

    def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """What is said in the chunks, as they come; the last one of an utterance is final."""
        ...
