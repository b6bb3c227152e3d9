"""Whisper: better than nothing in calls, good for recorded voice; hears an utterance when it is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from voice.hearing.transcriber import Transcriber, Transcript
from voice.hearing.utterances import Utterances
from voice.recognizer import Heard

RATE = 16_000
_SIGN_OF_LIFE = 0.5
_WORKING = Heard("", final=False)


class WhisperRecognizer:
    """See `Recognizer`. The process is started by `warm`, or by the first utterance."""

    sample_rate = RATE

    def __init__(self, folder: Path, transcriber: Transcriber | None = None) -> None:
        self._transcriber = transcriber or Transcriber(folder)

    async def warm(self) -> None:
        """Load the model now rather than in the first call."""
        await self._transcriber.start()

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """See `Recognizer.recognize`."""
        utterances = Utterances(RATE)
        async for chunk in pcm:
            for utterance in utterances.push(chunk):
                async for heard in self._understood(utterance):
                    yield heard
        if (last := utterances.finish()) is not None:
            async for heard in self._understood(last):
                yield heard

    def close(self) -> None:
        """End the process."""
        self._transcriber.close()

    async def _understood(self, utterance: bytes) -> AsyncIterator[Heard]:
        work: asyncio.Task[Transcript] = asyncio.create_task(self._transcriber.transcribe(utterance))
        try:
            while not (await asyncio.wait({work}, timeout=_SIGN_OF_LIFE))[0]:
                yield _WORKING
        finally:
            work.cancel()
        found = work.result()
        yield Heard(found.text, True, found.confidence)
