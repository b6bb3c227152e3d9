"""Takes texts out of a message that nobody asked for yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.interviews.facts import FactValue
from bot.interviews.first_words import country_in, name_in, story_in
from bot.interviews.hearing import Hearing
from bot.understanding.time_wanted import time_wanted

_FIRST_WORDS: dict[str, Callable[[str, date], str]] = {
    "country": lambda said, _: country_in(said),
    "name": lambda said, _: name_in(said),
    "story": lambda said, _: story_in(said),
    "time": time_wanted,
}
_ALWAYS = "time"
"""Taken in the middle of an interview too: nobody is asked for it, and it answers nothing else."""
_LONGEST_TEXT = 500


def read_first_words(hearing: Hearing) -> None:
    """Texts that nobody asked for yet; a country is also taken by its name alone where it is asked for."""
    for fact in hearing.topic.facts:
        asked = hearing.is_asked(fact)
        before = hearing.facts.get(fact.id)
        if fact.id in hearing.silent or not fact.first or (asked and fact.first != "country"):
            continue
        always = fact.first == _ALWAYS
        if before is not None and before.value is not None and not (asked or always):
            continue
        told = _FIRST_WORDS[fact.first](hearing.said, hearing.today)[:_LONGEST_TEXT]
        if told and (asked or always or hearing.asked is None):
            hearing.new[fact.id] = FactValue(told, False, told)
