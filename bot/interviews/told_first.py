"""Takes texts out of a message that nobody asked for yet."""

from __future__ import annotations

from bot.interviews.facts import FactValue
from bot.interviews.first_words import country_in, name_in, story_in
from bot.interviews.hearing import Hearing

_FIRST_WORDS = {"country": country_in, "name": name_in, "story": story_in}
_LONGEST_TEXT = 500


def read_first_words(hearing: Hearing) -> None:
    """Texts that nobody asked for yet; a country is also taken by its name alone where it is asked for."""
    for fact in hearing.topic.facts:
        asked = hearing.is_asked(fact)
        before = hearing.facts.get(fact.id)
        if fact.id in hearing.silent or not fact.first or (asked and fact.first != "country"):
            continue
        if before is not None and before.value is not None and not asked:
            continue
        if (told := _FIRST_WORDS[fact.first](hearing.said)[:_LONGEST_TEXT]) and (asked or hearing.asked is None):
            hearing.new[fact.id] = FactValue(told, False, told)
