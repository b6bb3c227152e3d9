"""Hears that somebody is held in a foreign country: by an employer, in a fraud camp, without a passport."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain
from bot.interviews.facts import Plain
from bot.understanding.countries import find_country
from bot.understanding.normalise import fold

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "abroad.yaml"
_LURED = "可能被骗去境外电诈园区"
"""For the seat."""
_LONGEST = 600
"""Characters; of a longer message the beginning is read."""
_PATTERNS = (
    "place",
    "held",
    "arrested",
    "held_en",
    "unless_en",
    "over",
    "unless",
    "lured_place",
    "lured",
    "lured_unless",
)
_THERE = re.compile(r"(?:在|到|去|于|跑).{0,3}$")
"""Before the country in which it happened; 「越南老婆」 only names one."""


@dataclass(frozen=True, slots=True)
class HeldAbroad:
    """What is said and done about it."""

    place: re.Pattern[str]
    held: re.Pattern[str]
    arrested: re.Pattern[str]
    """By the police there."""
    held_en: re.Pattern[str]
    unless_en: re.Pattern[str]
    over: re.Pattern[str]
    unless: re.Pattern[str]
    lured_place: re.Pattern[str]
    lured: re.Pattern[str]
    """To go there for work."""
    lured_unless: re.Pattern[str]
    say: str
    say_arrested: str
    say_lured: str
    say_en: str
    reason: str
    """For the seat."""
    topic: str
    """What is asked on about."""
    facts: Mapping[str, Plain]
    """What is known of it by then."""

    def answer(self, said: str) -> str:
        """What to say to somebody who cannot come home now; "" where `said` tells of nobody who cannot."""
        words = fold(said[:_LONGEST])
        country = find_country(words)
        if country is not None and self.held_en.search(words.lower()) and not self.unless_en.search(words.lower()):
            return self.say_en
        if self.lured_place.search(words) and self.lured.search(words) and not self.lured_unless.search(words):
            return self.say_lured
        if self.over.search(words) or self.unless.search(words):
            return ""
        if self.held.search(words) and (country is not None or self.place.search(words)):
            return self.say
        there = country is not None and _THERE.search(words[: country[0]])
        return self.say_arrested if there and self.arrested.search(words) else ""


def held_abroad(said: str) -> HeldAbroad | None:
    """What to do where `said` tells of somebody held abroad, in Chinese or English; None where it does not."""
    say = _file().answer(said)
    if say == _file().say_lured:
        return replace(_file(), say=say, reason=_LURED, topic="", facts={})
    return replace(_file(), say=say) if say else None


@functools.cache
def _file() -> HeldAbroad:
    file: dict[str, Any] = read_plain(FILE)
    patterns = {key: re.compile(re.sub(r"\s+", "", file[key])) for key in _PATTERNS}
    say, say_arrested, say_lured = (re.sub(r"\s+", "", file[key]) for key in ("say", "say_arrested", "say_lured"))
    facts = {fact: {"yes": True, "no": False}.get(value, value) for fact, value in file["facts"].items()}
    return HeldAbroad(
        **patterns,
        say=say,
        say_arrested=say_arrested,
        say_lured=say_lured,
        say_en=file["say_en"],
        reason=file["reason"],
        topic=file["topic"],
        facts=facts,
    )
