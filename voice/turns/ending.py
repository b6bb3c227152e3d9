"""Whether the caller's turn is over: by how long they have been silent, what was asked, and what they said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from voice.turns.completeness import Completeness, completeness, tells
from voice.turns.expected import Expected

_FIGURE = re.compile(r"[\d零〇一二三四五六七八九十百千万两幺几半]")

Ended = Literal["no", "done", "cap"]


def _defaults() -> Mapping[Expected, Mapping[Completeness, float]]:
    return {
        "yes_no": {"complete": 0.2, "unknown": 0.4, "incomplete": 1.4},
        "open": {"complete": 0.2, "unknown": 0.4, "incomplete": 1.5},
        # A story is told with pauses; who is cut off tells it again from the start.
        "story": {"complete": 0.24, "unknown": 0.6, "incomplete": 1.9},
        # Digits are read from paper, group by group.
        "number": {"complete": 0.3, "unknown": 0.8, "incomplete": 2.1},
    }


@dataclass(frozen=True, slots=True)
class Ending:
    """The rule, and the seconds it waits, beside the 0.2 until silence is noticed; a region can set its own."""

    waits: Mapping[Expected, Mapping[Completeness, float]] = field(default_factory=_defaults)
    longest: float = 15.0
    """Seconds of sound in one turn, whatever sounds: a recogniser hears no more at once."""

    def ended(self, text: str, asked: Expected, quiet: float, length: float, *, settled: bool = True) -> Ended:
        """`text` so far (empty where it is told late), `quiet` seconds of silence, in a turn of `length` seconds;
        not `settled`: the last words may be missing, so that 我被辞退了 may only be the beginning."""
        if length >= self.longest:
            return "cap"
        if asked == "number" and text and not _FIGURE.search(text):
            asked = "open"  # the answer is no number
        if asked in ("yes_no", "open") and tells(text):
            asked = "story"
        whole = completeness(text, asked)
        return (
            "done" if quiet >= self.waits[asked]["unknown" if whole == "complete" and not settled else whole] else "no"
        )
