"""Takes our own voice out of what comes in, as far as it comes back unbent."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voice.media import FRAME_SECONDS
from voice.turns.narrow import Samples

_FRAMES = 32
"""Until so long after it was said, an echo is looked for: 0.64 s."""
_STEADY = 0.9995
"""How little the way of the echo changes from one frame to the next."""
_SMOOTH = 0.8
_FIRST = 0.02
"""How strong an echo is expected, before anything is known of it (power)."""
_QUIET = 1e-9
_CHECKED = 8
"""Parts whose tails are cut off again in each frame; all at once would cost more and gain nothing."""


class EchoCanceller:
    """Learns the way of the echo, 0.64 s long, by a Kalman filter in the frequency domain (partitioned, overlap-save).

    It learns fast where the echo is alone and hardly at all while the caller speaks too, without being told which.
    """

    def __init__(self, rate: int) -> None:
        """`rate`: samples a second."""
        self._size = round(rate * FRAME_SECONDS)
        bins = self._size + 1
        self._before = np.zeros(self._size)
        self._said = np.zeros((_FRAMES, bins), complex)
        self._way = np.zeros((_FRAMES, bins), complex)
        self._doubt = np.full((_FRAMES, bins), _FIRST)
        self._left = np.zeros(bins)
        self._silent = _FRAMES
        self._turn = 0

    def clean(self, came: Samples, said: Samples | None) -> Samples:
        """One frame without our voice; `said` is what we said in it."""
        self._silent = 0 if said is not None else self._silent + 1
        if self._silent > _FRAMES:
            return came
        now = np.zeros(self._size) if said is None else said.astype(np.float64)
        self._said = np.roll(self._said, 1, axis=0)
        self._said[0] = np.fft.rfft(np.concatenate((self._before, now)))
        self._before = now
        size = self._size
        echo = np.fft.irfft((self._said * self._way).sum(axis=0))[size:]
        rest = came - echo
        self._learn(rest)
        # A filter gone astray must not add what was not there.
        return rest.astype(np.float32) if np.square(rest).sum() < np.square(came).sum() else came

    def _learn(self, rest: npt.NDArray[np.float64]) -> None:
        error = np.fft.rfft(np.concatenate((np.zeros(self._size), rest)))
        power = np.square(np.abs(self._said))
        self._doubt = _STEADY**2 * self._doubt + (1 - _STEADY**2) * np.square(np.abs(self._way))
        self._left = _SMOOTH * self._left + (1 - _SMOOTH) * np.square(np.abs(error))
        step = self._doubt / (0.5 * (power * self._doubt).sum(axis=0) + self._left + _QUIET)
        self._way += step * np.conj(self._said) * error
        self._doubt *= 1 - 0.5 * step * power
        for _ in range(_CHECKED):
            part = np.fft.irfft(self._way[self._turn])
            part[self._size :] = 0
            self._way[self._turn] = np.fft.rfft(part)
            self._turn = (self._turn + 1) % _FRAMES
