"""How likely each moment of a sound is speech, by the model of silero-vad."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

WINDOW_SECONDS = 0.032
_CONTEXT_SECONDS = 0.004
"""Of the window before; the model was trained with so much of it in front of every window."""


class Silero:
    """One stream of sound; all share one model."""

    def __init__(self, rate: int) -> None:
        """`rate`: 8000 or 16000; the model hears both."""
        self._rate = np.array(rate, np.int64)
        self._window, self._context = round(rate * WINDOW_SECONDS), round(rate * _CONTEXT_SECONDS)
        self._state = np.zeros((2, 1, 128), np.float32)
        self._heard = np.zeros(self._context, np.float32)

    def hear(self, samples: npt.NDArray[np.float32]) -> Iterator[float]:
        """The likelihood of speech in every window that is complete with these samples (between -1 and 1)."""
        self._heard = np.concatenate((self._heard, samples))
        while len(self._heard) >= self._context + self._window:
            window = self._heard[: self._context + self._window]
            self._heard = self._heard[self._window :]
            likely, self._state = model().run(
                None, {"input": window[np.newaxis], "state": self._state, "sr": self._rate}
            )
            yield float(likely[0, 0])


@functools.cache
def model() -> Any:
    """The process's one; the first call takes a moment."""
    import onnxruntime  # only who answers calls loads it

    # The package itself would load PyTorch; its model is all that is wanted.
    spec = find_spec("silero_vad")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package silero-vad is not installed")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    path = Path(spec.origin).parent / "data" / "silero_vad.onnx"
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
