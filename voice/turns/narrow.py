"""Brings sound of any call to what the ear for speech listens to: the band of a telephone, 8,000 samples a second."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, sosfilt

RATE = 8000
Samples = npt.NDArray[np.float32]
_BAND = (300, 3400)
"""Hertz. What lies outside makes coughs sound like speech, and costs the canceller twice the work."""


class Narrow:
    """One stream."""

    def __init__(self, rate: int) -> None:
        """`rate`: 8000, or a multiple of it."""
        if rate % RATE:
            raise ValueError(f"calls have 8000 or 16000 samples a second, not {rate}")
        self._every = rate // RATE
        self._filter = butter(3, _BAND, "bandpass", fs=rate, output="sos")
        self._state = np.zeros((len(self._filter), 2))

    def take(self, pcm: bytes) -> Samples:
        """Samples between -1 and 1 of one frame of signed 16 bits."""
        samples = np.frombuffer(pcm, "<i2").astype(np.float64) / 32768
        heard, self._state = sosfilt(self._filter, samples, zi=self._state)
        return np.asarray(heard[:: self._every], np.float32)
