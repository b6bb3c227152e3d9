"""How much of what comes in is our own voice coming back."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from voice.media import FRAME_SECONDS

Bands = npt.NDArray[np.float64]
_EDGES = (300, 550, 800, 1100, 1450, 1850, 2300, 2800, 3400)
"""Hertz. What a telephone carries, in bands as wide as the ear's."""
_DELAYS = 36
"""Frames after which the voice may come back: beyond 0.7 s no line is usable."""
_REMEMBERED = 150
"""Frames learnt from."""
_ENOUGH = 25
"""Frames after which what was learnt is believed."""
_HEARD = 1e-6
"""Power of a frame that can be heard at all (−60 dB)."""
_TELLING = 1e-5
"""Power of ours in a band from which on what comes back can be told from the noise of the line (−50 dB)."""
_UNKNOWN = 10 ** (-6 / 10)
"""Until something is known, the echo is at most this strong: more would hide a caller as loud as we are."""
_LEAST = 0.3
"""Share of the frames that came back weaker than the echo: the rest has something of the caller's in it."""
_MARGIN = 10 ** (8 / 10)
"""Rooms and codecs make the echo of a single frame so much stronger than usual."""
_LEARN_EVERY = 5


class OwnVoice:
    """Knows for every delay and band how strongly we come back, from how weak it was at its weakest.

    What comes in is echo and caller; in the pauses of the caller it is echo alone. So over a few seconds the smaller
    values of (came in / said so long before) are an upper bound on the echo, whatever the true delay is, and no delay
    has to be guessed. It has to be no canceller: nothing is subtracted from the sound, it is only told apart.
    """

    def __init__(self, rate: int) -> None:
        """`rate`: samples a second, of both sounds."""
        size = round(rate * FRAME_SECONDS)
        self._window = np.hanning(size)
        bins = np.fft.rfftfreq(size, 1 / rate)
        self._bins = [np.flatnonzero((bins >= low) & (bins < high)) for low, high in itertools.pairwise(_EDGES)]
        bands = len(self._bins)
        self._said = np.zeros((_DELAYS, bands))
        """What was said in this frame, the one before, and so on."""
        self._ratios = np.full((_REMEMBERED, _DELAYS, bands), np.inf)
        self._usable = np.zeros((_REMEMBERED, _DELAYS, bands), bool)
        self._at = self._since = 0
        self._gain = np.full((_DELAYS, bands), _UNKNOWN)

    def foreign(self, samples: npt.NDArray[np.float32], said: npt.NDArray[np.float32] | None, learn: bool) -> float:
        """The share of this frame that our voice cannot be, 0 to 1; `learn` unless the caller speaks for sure."""
        self._said = np.roll(self._said, 1, axis=0)
        self._said[0] = 0 if said is None else self._power(said)
        came = self._power(samples)
        echo = (self._said * self._gain).max(axis=0) * _MARGIN
        total = came.sum()
        if learn:
            self._learn(came)
        return float(np.maximum(came - echo, 0).sum() / total) if total > _HEARD else 0.0

    def _learn(self, came: Bands) -> None:
        telling = self._said > _TELLING
        if not telling.any():
            return
        self._ratios[self._at] = np.where(telling, np.minimum(came / np.maximum(self._said, _TELLING), 1.0), np.inf)
        self._usable[self._at] = telling
        self._at, self._since = (self._at + 1) % _REMEMBERED, self._since + 1
        if self._since % _LEARN_EVERY:
            return
        known = self._usable.sum(axis=0)
        ordered = np.sort(self._ratios, axis=0)
        least = np.take_along_axis(ordered, (known * _LEAST).astype(int)[np.newaxis], axis=0)[0]
        self._gain = np.where(known >= _ENOUGH, least, _UNKNOWN)

    def _power(self, samples: npt.NDArray[np.float32]) -> Bands:
        spectrum = np.square(np.abs(np.fft.rfft(samples * self._window))) / len(samples) ** 2 * 16 / 3
        return np.array([spectrum[bins].sum() for bins in self._bins])
