"""Reads what is told after the opinion: corrections, what was not known while it was asked, and how it went on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.interviews.facts import Facts, FactValue
from bot.interviews.late import unknown_answers
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact

_TELLING = 3
"""Characters of words that tell another option of a choice: 「辞退我」."""
_NOT_OWN = re.compile(
    r"[?？]|[吗么呢]$|怎么|咋|如果|要是|假如|万一|(?:[他她]们?|对方|人家|公司|单位|老板|房东)(?:说|讲)"
)

_TAKEN_BACK = "不对，"
_OTHERS_WORD = re.compile(r"(?:[他她]们?|对方|人家|公司|单位|老板|房东)(?:说|讲|答应)")
"""「他说过年给」 is no day on which anything happened."""


def read_afterwards(topic: Topic, facts: Facts, text: str, today: date) -> Reading:
    """The reading with no question standing; 「三年了」 answers the one left open that it fits."""
    reading = read_answers(topic, facts, None, text, today)
    if reading.rejected and not reading.facts and not (_NOT_OWN.search(text) or _OTHERS_WORD.search(text)):
        # Whoever says it otherwise once the opinion is there has seen what was wrong in it.
        again = read_answers(topic, facts, None, f"{_TAKEN_BACK}{text}", today)
        return again if again.corrected else reading
    if reading.facts or reading.corrected or reading.rejected:
        return reading

    def read(fact_id: str, asked: str | None) -> Reading:
        return read_answers(topic, {one: told for one, told in facts.items() if one != fact_id}, asked, text, today)

    found: dict[str, FactValue] = {}
    if not _OTHERS_WORD.search(text):
        found = dict(unknown_answers(topic, facts, text, lambda fact, _: read(fact.id, fact.id).facts.get(fact.id)))
    if not found and not _NOT_OWN.search(text):
        found = _went_on(topic, facts, {one: read(one, None).facts.get(one) for one in facts})
    return replace(reading, facts=found) if len(found) == 1 else reading


def _is_more(fact: Fact, before: FactValue, now: FactValue) -> bool:
    """Whether an option is told that goes beyond the one before: 「骨折」 after a slight injury."""
    return any(before.value in option.combines for option in fact.options if option.value == now.value)


def _went_on(topic: Topic, facts: Facts, told: dict[str, FactValue | None]) -> dict[str, FactValue]:
    """「我写了申请 他们不理」 after an opinion on how to apply: another option of a choice, in words of its own.

    「微信转的」 of what was bought in a live stream stays there: that option has the other with it.
    """
    return {
        one: value
        for one, value in told.items()
        if value is not None
        and value.value is not None
        and topic.fact(one).type in ("choice", "yes_no")
        and value.value != facts[one].value
        and (len(value.said) >= _TELLING or _is_more(topic.fact(one), facts[one], value))
        and not _is_more(topic.fact(one), value, facts[one])
    }
