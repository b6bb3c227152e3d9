"""What a citizen told about a topic, as it is kept in one slot of the dialogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.interviews.conditions.kind import Value
from bot.interviews.conditions.known import Known
from bot.interviews.plan import plan
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact

Plain = str | float | bool | None


@dataclass(frozen=True, slots=True)
class FactValue:
    """One answer; `value` None without `unknown` is an answer that was refused once as implausible."""

    value: Plain
    """Number in the fact's unit, ISO date, option value, true/false, or words."""
    unknown: bool = False
    """The citizen said they do not know; not asked again."""
    said: str = ""
    """The words it came from."""
    low: Plain = None
    """Lower end where the words left a range."""
    high: Plain = None

    @property
    def answered(self) -> bool:
        """It has a value or is known to be unknown."""
        return self.unknown or self.value is not None


Facts = Mapping[str, FactValue]
"""By fact id, in the order they were told: the last one is what 「不对，是…」 corrects."""


def to_json(facts: Facts) -> dict[str, dict[str, Any]]:
    """Plain dicts."""
    return {
        fact_id: {"value": one.value, "unknown": one.unknown, "said": one.said, "low": one.low, "high": one.high}
        for fact_id, one in facts.items()
    }


def from_json(data: Mapping[str, Mapping[str, Any]] | None) -> dict[str, FactValue]:
    """The facts that to_json wrote; {} for None. Raises TypeError for keys it never wrote."""
    return {fact_id: FactValue(**one) for fact_id, one in (data or {}).items()}


def as_value(fact: Fact, value: Plain) -> Value | None:
    """The answer as the expression language computes with it. Raises ValueError when it does not fit the fact."""
    if value is None:
        return None
    match fact.type:
        case "choice":
            return str(value) if any(option.value == value for option in fact.options) else None
        case "yes_no":
            return bool(value)
        case "date":
            return date.fromisoformat(str(value))
        case "place" | "text":
            return str(value)
        case _:
            return Decimal(str(value))


def known(topic: Topic, facts: Facts, today: date) -> Known:
    """What the topic's expressions may use: an answer whose question does not apply does not count."""
    values = {}
    for fact in topic.facts:
        told = facts.get(fact.id)
        value = as_value(fact, told.value) if told is not None else None
        if value is not None:
            values[fact.id] = value
    return known_from(topic, values, {one for one, told in facts.items() if told.unknown}, today)


def known_from(topic: Topic, values: Mapping[str, Value], unknown: Collection[str], today: date) -> Known:
    """The same from values; `unknown` are the facts the citizen does not know."""
    counted: dict[str, Value] = {}
    stuck: set[str] = set()
    absent: set[str] = set()
    for fact in topic.facts:
        if fact.asked and fact.when is not None:
            outlook = plan(topic).expressions[fact.when].outlook(Known(counted, today, frozenset(stuck)))
            # Hanging on a question that does not apply, it does not apply either; on 「不知道」 it is asked.
            if outlook.outcomes == {False} or (outlook.outcomes == {None} and outlook.stuck <= absent):
                absent.add(fact.id)
                stuck.add(fact.id)
                continue
        if fact.id in values:
            counted[fact.id] = values[fact.id]
        elif not fact.asked:
            absent.add(fact.id)
            stuck.add(fact.id)
        elif fact.id in unknown:
            stuck.add(fact.id)
    return Known(counted, today, frozenset(stuck))
