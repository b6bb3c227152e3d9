"""Listens for the caller: real speech, and neither noise nor our own voice coming back."""

from __future__ import annotations

from collections import deque

import numpy as np

from voice.media import FRAME_SECONDS
from voice.turns.canceller import EchoCanceller
from voice.turns.narrow import RATE, Narrow, Samples
from voice.turns.own_voice import OwnVoice
from voice.turns.silero import Silero

_GAIN = 4.0
"""Callers far from the microphone are as loud as −35 dB, where the model hears only every third of them in time; it
does not mind that near ones are clipped."""
_BEGINS = 1.8
"""Sum of the likelihoods of three windows (96 ms) with which speech begins; a cough over the telephone reaches 1.6."""
_BEGINS_ALONE = 1.4
"""The same while we are silent: no cough breaks off what we say then, and 有 over the telephone often has no more."""
_GOES_ON = 0.35
"""Likelihood with which speech that has begun goes on."""
_OURS = 0.4
"""With less in it that our own voice cannot be, a window is not the caller's."""
_ENDED = 0.25
"""Seconds without speech after which it can begin anew."""


class Attention:
    """See `Presence`. Measured by `tests/voice/turns/measure.py`."""

    def __init__(self, rate: int) -> None:
        """`rate`: samples a second, 8000 or 16000."""
        self._came, self._sent = Narrow(rate), Narrow(rate)
        self._silero, self._canceller, self._own = Silero(RATE), EchoCanceller(RATE), OwnVoice(RATE)
        self._said: deque[Samples] = deque()
        self._likely: deque[float] = deque([0.0] * 3, 3)
        self._foreign: deque[float] = deque([0.0] * 2, 2)
        self._speaking, self._quiet = False, 60.0

    @property
    def quiet(self) -> float:
        """See `Presence.quiet`."""
        return self._quiet

    def say(self, pcm: bytes) -> None:
        """See `Presence.say`."""
        self._said.append(self._sent.take(pcm))

    def forget(self) -> None:
        """See `Presence.forget`."""
        self._said.clear()

    def hear(self, pcm: bytes) -> bool:
        """See `Presence.hear`."""
        said = self._said.popleft() if self._said else None
        rest = self._canceller.clean(self._came.take(pcm), said)
        self._foreign.append(self._own.foreign(rest, said, learn=not self._speaking))
        self._quiet += FRAME_SECONDS
        for likely in self._silero.hear(np.clip(rest * _GAIN, -1, 1)):
            theirs = likely if max(self._foreign) >= _OURS else 0.0
            self._likely.append(theirs)
            if self._speaking and theirs >= _GOES_ON:
                self._quiet = 0.0
        if self._speaking:
            self._speaking = self._quiet < _ENDED
            return False
        self._speaking = sum(self._likely) >= (_BEGINS_ALONE if said is None else _BEGINS)
        if self._speaking:
            self._quiet = 0.0
        return self._speaking
