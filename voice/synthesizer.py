"""The seam of speaking: words in, sound out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Voice:
    """How it is to be said."""

    rate: int = 8000
    """Samples a second wanted by who listens: 8000 or 16000."""
    speed: float = 1.0
    """Of the usual pace; below 1 is slower, for the old and for 慢一点."""


class SpeechFailed(Exception):
    """No sound could be made of the words."""


class Synthesizer(Protocol):
    """Turns words into speech. Any number of tasks may use it at once."""

    @property
    def name(self) -> str:
        """Tells this one's sound from another's: engine and version, for the cache and for the log."""
        ...

    def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """The text as it is heard, in chunks of 20 ms at the voice's rate: mono, signed 16 bits, little-endian.

        The last one is filled up with silence. The first comes as soon as the first sentence is ready. Raises
        SpeechFailed; closing the iterator stops the work.
        """
        ...
