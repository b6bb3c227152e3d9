"""Takes texts out of a message that nobody asked for yet."""

from __future__ import annotations

from bot.interviews.facts import FactValue
from bot.interviews.first_words import country_in, name_in, story_in
from bot.interviews.hearing import Hearing
from bot.understanding.time_wanted import time_wanted

_FIRST_WORDS = {"country": country_in, "name": name_in, "story": story_in}
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
        told = _time(hearing) if always else _FIRST_WORDS[fact.first](hearing.said)[:_LONGEST_TEXT]
        if told and (asked or always or hearing.asked is None):
            hearing.new[fact.id] = FactValue(told, False, told)


def _time(hearing: Hearing) -> str:
    """The time that is wanted; a message that is only a time tells nothing else: 「后天上午」 is no day of a court."""
    if found := time_wanted(hearing.said, hearing.today):
        return found
    if hearing.asked is None or hearing.asked.type in ("yes_no", "date"):
        return ""
    found = time_wanted(hearing.said, hearing.today, alone=True)
    if found and hearing.asked.id not in hearing.new:
        hearing.new.clear()
    return found
