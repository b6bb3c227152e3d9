"""What runs in Whisper's process: utterances come through the pipe, words go back."""

from __future__ import annotations

import math
import signal
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

RATE = 16_000
WINDOW = 15
"""Seconds the model looks at; it was trained on 30, half of them is twice as fast and as good. Without filling up the
window with silence it repeats itself."""
_NO_REPEAT = 5
_SILENT, _UNSURE = 0.6, math.exp(-1.0)
"""Where the model thinks that nobody speaks, and is not sure of its words, there are none: it invents some on noise."""


def serve(pipe: Connection, folder: str) -> None:
    """Load the model, tell so, then answer until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which ends us
    whisper = Whisper(folder)
    pipe.send(("", 1.0))
    while True:
        try:
            pcm = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        pipe.send(whisper.transcribe(pcm))


class Whisper:
    """CTranslate2 on one thread with 8-bit weights."""

    def __init__(self, folder: str) -> None:
        import opencc
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        self._model: Any = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1)
        self._tokens: Any = Tokenizer(self._model.hf_tokenizer, True, task="transcribe", language="zh")
        self._prompt = [*self._tokens.sot_sequence, self._tokens.no_timestamps]
        self._simplified: Any = opencc.OpenCC("t2s")

    def transcribe(self, pcm: bytes) -> tuple[str, float]:
        """Words in simplified characters, and how sure they are."""
        sound = np.frombuffer(pcm, "<i2")[: WINDOW * RATE].astype(np.float32) / 32768
        padded = np.pad(sound, (0, WINDOW * RATE - len(sound)))
        features = self._model.feature_extractor(padded, padding=0)[:, : WINDOW * 100]
        [found] = self._model.model.generate(
            self._model.encode(features), [self._prompt], beam_size=1, no_repeat_ngram_size=_NO_REPEAT,
            max_length=224, return_scores=True, return_no_speech_prob=True,
        )  # fmt: skip
        confidence = math.exp(found.scores[0])
        if found.no_speech_prob > _SILENT and confidence < _UNSURE:
            return "", confidence
        return self._simplified.convert(self._tokens.decode(found.sequences_ids[0]).strip()), confidence
