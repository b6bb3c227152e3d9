"""Cuts sound into utterances at its pauses, for recognisers that want a whole one."""

from __future__ import annotations

from collections import deque

import numpy as np

_STEP = 0.02
_BEFORE, _PAUSE, _SHORTEST = 15, 30, 8
"""Steps: kept before the first loud one, quiet until the utterance is over, loud that make it one."""
_LOUDER = 2.5
"""Speech is so many times louder than what is there without it …"""
_FAINTEST = 60.0
"""… and never fainter than this, of 32768."""
_FLOOR_OVER = 75
"""Steps over which the quietest is what is there without speech; people pause within as many."""
_LEARNING, _USUAL = 25, 150.0
"""Steps at the beginning in which the line is taken to be no noisier than this: some speak at once."""


class Utterances:
    """Follows the noise of the line: what is quiet is learnt from the last second and a half."""

    def __init__(self, sample_rate: int, longest: float = 14.5) -> None:
        """`longest`: seconds after which an utterance is cut, pause or not."""
        self._step = 2 * int(sample_rate * _STEP)
        self._most = int(longest / _STEP)
        self._rest = b""
        self._levels: deque[float] = deque(maxlen=_FLOOR_OVER)
        self._kept: deque[bytes] = deque(maxlen=_BEFORE)
        self._speech: list[bytes] = []
        self._loud = self._quiet = 0

    def push(self, pcm: bytes) -> list[bytes]:
        """The utterances that are over with this sound."""
        self._rest += pcm
        found = []
        while len(self._rest) >= self._step:
            step, self._rest = self._rest[: self._step], self._rest[self._step :]
            if (done := self._take(step)) is not None:
                found.append(done)
        return found

    def finish(self) -> bytes | None:
        """The utterance that the end of the sound cut off."""
        return self._over() if self._speech else None

    def _take(self, step: bytes) -> bytes | None:
        level = float(np.sqrt(np.mean(np.frombuffer(step, "<i2").astype(np.float64) ** 2)))
        self._levels.append(level)
        floor = min(self._levels) if len(self._levels) > _LEARNING else min(_USUAL, *self._levels)
        loud = level > max(_FAINTEST, _LOUDER * floor)
        if not self._speech:
            self._kept.append(step)
            if loud:
                self._speech = list(self._kept)
                self._kept.clear()
                self._loud, self._quiet = 1, 0
            return None
        self._speech.append(step)
        self._loud += loud
        self._quiet = 0 if loud else self._quiet + 1
        if self._quiet >= _PAUSE or len(self._speech) >= self._most:
            return self._over()
        return None

    def _over(self) -> bytes | None:
        speech, loud = b"".join(self._speech), self._loud
        self._speech, self._loud, self._quiet = [], 0, 0
        return speech if loud >= _SHORTEST else None
