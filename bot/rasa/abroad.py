"""Hears that somebody is held in a foreign country: by an employer, in a fraud camp, without a passport."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain
from bot.interviews.facts import Plain
from bot.understanding.countries import find_country
from bot.understanding.normalise import fold

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "abroad.yaml"
_LONGEST = 600
"""Characters; of a longer message the beginning is read."""


@dataclass(frozen=True, slots=True)
class HeldAbroad:
    """What is said and done about it."""

    place: re.Pattern[str]
    held: re.Pattern[str]
    over: re.Pattern[str]
    unless: re.Pattern[str]
    say: str
    reason: str
    """For the seat."""
    topic: str
    """What is asked on about."""
    facts: Mapping[str, Plain]
    """What is known of it by then."""

    def means(self, said: str) -> bool:
        """Whether somebody cannot come home now."""
        words = fold(said[:_LONGEST])
        if not self.held.search(words) or self.over.search(words) or self.unless.search(words):
            return False
        return bool(self.place.search(words)) or find_country(words) is not None


def held_abroad(said: str) -> HeldAbroad | None:
    """What to do where `said` tells of somebody held abroad; None where it does not."""
    return _file() if _file().means(said) else None


@functools.cache
def _file() -> HeldAbroad:
    file: dict[str, Any] = read_plain(FILE)
    patterns = {key: re.compile(re.sub(r"\s+", "", file[key])) for key in ("place", "held", "over", "unless")}
    say = re.sub(r"\s+", "", file["say"])
    facts = {fact: {"yes": True, "no": False}.get(value, value) for fact, value in file["facts"].items()}
    return HeldAbroad(**patterns, say=say, reason=file["reason"], topic=file["topic"], facts=facts)
