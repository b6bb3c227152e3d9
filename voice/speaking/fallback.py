"""Several voices as one: the next speaks where the one before cannot."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence

from voice.synthesizer import SpeechFailed, Synthesizer, Voice

_log = logging.getLogger(__name__)


class FallbackVoice:
    """See `Synthesizer`. A voice that fails before its first frame is replaced by the next, for this text.

    One that fails in the middle is not: half a sentence said again in another voice is understood worse than none. The
    caller of `speak` gets SpeechFailed and says the sentence again.
    """

    def __init__(self, voices: Sequence[Synthesizer]) -> None:
        if not voices:
            raise ValueError("no voice to speak with")
        self._voices = tuple(voices)

    @property
    def name(self) -> str:
        """Of the first: what it says is what is worth keeping."""
        return self._voices[0].name

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """See `Synthesizer.speak`."""
        last: SpeechFailed | None = None
        for one in self._voices:
            begun = False
            try:
                async for frame in one.speak(text, voice):
                    begun = True
                    yield frame
                return
            except SpeechFailed as error:
                if begun:
                    raise
                _log.warning("%s does not speak: %s", one.name, error)
                last = error
        raise SpeechFailed("no voice speaks") from last
