"""How long a caller waited for an answer, and where the time went."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from voice.clock import Clock
from voice.media import Call

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TurnTimes:
    """Seconds, of one turn that was answered; each stage begins when the one before ends."""

    silence: float
    """From the last speech of the caller's to the decision that they are done."""
    recognition: float
    """To their final words, put right."""
    dialogue: float
    """To the words of the answer."""
    synthesis: float
    """To its first frame."""


Measured = Callable[[Call, TurnTimes], None]


def logged(call: Call, times: TurnTimes) -> None:
    """A line in the log: with a caller's complaint comes the reference, and with that what was slow."""
    stages = (times.silence, times.recognition, times.dialogue, times.synthesis)
    line = "call %s (%s) answered: silence %.3f s, recognition %.3f s, dialogue %.3f s, synthesis %.3f s"
    _LOG.info(line, call.id, call.reference, *stages)


class TurnTimer:
    """Follows one turn after the other of one call."""

    def __init__(self, call: Call, clock: Clock, measured: Measured) -> None:
        """`measured` is told of every turn that was answered."""
        self._call, self._clock, self._measured = call, clock, measured
        self._silence = 0.0
        self._marks: list[float] = []

    @property
    def owed(self) -> bool:
        """Whether the caller is done and has heard nothing of an answer yet."""
        return len(self._marks) > 1

    def over(self, silence: float) -> None:
        """The caller is done, after so many seconds of silence."""
        self._silence, self._marks = silence, [self._clock.monotonic()]

    def understood(self) -> None:
        """What they said is known."""
        self._mark(1)

    def answered(self) -> None:
        """What is to be said is known."""
        self._mark(2)

    def sounded(self) -> None:
        """The first frame of something said."""
        if not self.owed:
            return
        over, understood, *asked = self._marks
        answered = asked[0] if asked else understood  # where nobody had to be asked for the answer
        now = self._clock.monotonic()
        self._marks = []
        self._measured(self._call, TurnTimes(self._silence, understood - over, answered - understood, now - answered))

    def forget(self) -> None:
        """The turn gets no answer."""
        self._marks = []

    def _mark(self, place: int) -> None:
        if len(self._marks) == place:
            self._marks.append(self._clock.monotonic())
