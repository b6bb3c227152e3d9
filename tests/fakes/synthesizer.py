"""A voice that says nothing, but punctually."""

from __future__ import annotations

from collections.abc import AsyncIterator

from voice.media import frame_bytes
from voice.synthesizer import SpeechFailed, Voice


class FakeVoice:
    """Two frames a character; keeps what it was asked to say, fails before frame `fails_at`."""

    def __init__(self, name: str = "fake", fails_at: int | None = None) -> None:
        self.name = name
        self.said: list[tuple[str, Voice]] = []
        self._fails_at = fails_at

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """See `Synthesizer.speak`."""
        self.said.append((text, voice))
        for at in range(round(2 * len(text) / voice.speed)):
            if at == self._fails_at:
                raise SpeechFailed("as told")
            yield bytes([at % 256, 0]) * (frame_bytes(voice.rate) // 2)
