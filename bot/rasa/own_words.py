"""Words that make a matter one topic's own, though another knows what they are about: 「外嫁女 征地款不给我」."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain

NEAR = 160
"""Characters within which the words of a rule belong together; in a longer story they are said of several things."""
FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "own_words.yaml"


@dataclass(frozen=True, slots=True)
class OwnWords:
    """One rule of the file."""

    topic: str
    rivals: frozenset[str]
    """Topics it is told from; none named: any."""
    every: tuple[re.Pattern[str], ...]
    none: re.Pattern[str] | None
    alone: bool
    """The words open the topic also where they are too few to be sure of."""
    outright: bool = False
    """They open it whatever else the message looks like."""

    def fit(self, words: str) -> bool:
        """Whether all that must be said is said, and nothing that speaks against it."""
        if self.none and self.none.search(words):
            return False
        if len(words) <= NEAR:
            return all(one.search(words) for one in self.every)
        places = ((found.start(), found.end()) for found in self.every[0].finditer(words))
        return any(
            all(one.search(words, max(0, start - NEAR // 2), end + NEAR // 2) for one in self.every[1:])
            for start, end in places
        )


def own_of_two(first: str, second: str, words: str) -> str:
    """The one of two topics that the words are plainly of; "" where that has to be asked."""
    for one in _rules():
        rival = second if one.topic == first else first
        if one.topic in (first, second) and (not one.rivals or rival in one.rivals) and one.fit(words):
            return one.topic
    return ""


def own_alone(topics: Collection[str], words: str) -> str:
    """The one of `topics` that a few words are plainly of, 「亲戚家盖房摔的」; "" for none."""
    return next((one.topic for one in _rules() if one.alone and one.topic in topics and one.fit(words)), "")


def own_outright(words: str) -> str:
    """The topic that the words are so plainly of that nothing else matters; "" for none."""
    return next((one.topic for one in _rules() if one.outright and one.fit(words)), "")


def is_own(topic: str, words: str) -> bool:
    """Whether the words are plainly the topic's, whatever area of law they sound like."""
    return any(one.topic == topic and one.fit(words) for one in _rules())


@functools.cache
def _rules() -> tuple[OwnWords, ...]:
    rows: list[dict[str, Any]] = read_plain(FILE)
    return tuple(
        OwnWords(
            row["topic"],
            frozenset(row.get("rivals", ())),
            tuple(re.compile(one) for one in row["every"]),
            re.compile(row["none"]) if "none" in row else None,
            bool(row.get("alone")),
            bool(row.get("outright")),
        )
        for row in rows
    )
