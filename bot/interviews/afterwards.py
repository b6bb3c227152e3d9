"""Reads what is told after the opinion: corrections, and what was not known while it was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.interviews.facts import Facts
from bot.interviews.late import unknown_answers
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic


def read_afterwards(topic: Topic, facts: Facts, text: str, today: date) -> Reading:
    """The reading with no question standing; 「三年了」 answers the one left open that it fits."""
    reading = read_answers(topic, facts, None, text, today)
    if reading.facts or reading.corrected or reading.rejected:
        return reading

    def read(fact_id: str) -> Reading:
        return read_answers(topic, {one: told for one, told in facts.items() if one != fact_id}, fact_id, text, today)

    found = unknown_answers(topic, facts, text, lambda fact, _: read(fact.id).facts.get(fact.id))
    return replace(reading, facts=found) if len(found) == 1 else reading
