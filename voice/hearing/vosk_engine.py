"""Vosk (Kaldi): hears while the caller still speaks; one model in memory, whatever the number of calls."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

from voice.hearing.streaming import StreamingRecognizer
from voice.recognizer import Heard

RATE = 16_000
"""Samples a second of every Chinese model."""
_GUESSES = 5
_PARTIAL_EVERY = 2 * RATE // 5
"""Bytes of sound between two looks at what it sounds like so far; each look costs a search."""
_BETWEEN_SIGNS = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


class VoskRecognizer(StreamingRecognizer):
    """See `Recognizer`. The model is loaded by `warm`, or by the first stream."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        super().__init__(RATE, lambda: _load(folder), _Ear, threads)


def _load(folder: Path) -> Any:
    import vosk  # a native library, loaded only where a model is there

    vosk.SetLogLevel(-1)
    return vosk.Model(str(folder))


class _Ear:
    """See `voice.hearing.streaming.Ear`."""

    def __init__(self, model: Any) -> None:
        from vosk import KaldiRecognizer

        self._kaldi = KaldiRecognizer(model, RATE)
        self._kaldi.SetMaxAlternatives(_GUESSES)
        self._said = ""
        self._unlooked = 0

    def hear(self, pcm: bytes) -> Heard | None:
        """See `voice.hearing.streaming.Ear.hear`."""
        if self._kaldi.AcceptWaveform(pcm):
            self._said, self._unlooked = "", 0
            return final(self._kaldi.Result())
        self._unlooked += len(pcm)
        if self._unlooked < _PARTIAL_EVERY:
            return None
        self._unlooked = 0
        said = _joined(json.loads(self._kaldi.PartialResult()).get("partial", ""))
        if not said or said == self._said:
            return None
        self._said = said
        return Heard(said, final=False)

    def finish(self) -> Heard | None:
        """See `voice.hearing.streaming.Ear.finish`."""
        return final(self._kaldi.FinalResult())


def final(result: str) -> Heard:
    """Vosk's list of guesses; without words where nothing was said.

    Vosk gives the logarithm of each guess's likelihood; the share of the best among them is its confidence.
    """
    best: dict[str, float] = {}
    for guess in json.loads(result).get("alternatives", ()):
        text = _joined(guess["text"])
        best[text] = max(guess["confidence"], best.get(text, -math.inf))
    if not any(best):
        return Heard("", final=True)
    ordered = sorted(best, key=lambda text: -best[text])
    top = best[ordered[0]]
    shares = sum(math.exp(likelihood - top) for likelihood in best.values())
    return Heard(ordered[0], True, 1 / shares, tuple(text for text in ordered[1:] if text))


def _joined(text: str) -> str:
    """Vosk puts spaces between words; Chinese has none."""
    return _BETWEEN_SIGNS.sub("", text.strip())
