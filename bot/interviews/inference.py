"""Concludes facts from other facts, as the topic says: what an answer implies, and what can be estimated from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bot.interviews.conditions.known import Known
from bot.interviews.facts import Facts, FactValue, as_value
from bot.interviews.kept_words import told_early
from bot.interviews.topic import Topic

ESTIMATED = "推算："
"""Begins `FactValue.said` of an estimate, so that it gives way to what it was estimated from."""
_VAGUE = 0.4
"""Of the value: the width of a range on which nothing is computed."""


def infer(topic: Topic, facts: Facts, told: Facts, today: date) -> dict[str, FactValue]:
    """What follows from `told`, the answers just read, and from `facts`, those before. New facts only.

    Who says when they left has left: `implies` of a fact settles others that are still open. A fact with an `estimate`
    gets its value when all that the estimate needs is known.
    """
    inferred: dict[str, FactValue] = {}
    for fact_id, value in told.items():
        if value.value is None:
            continue
        for implied, plain in topic.fact(fact_id).implies.items():
            if (implied not in facts or told_early(facts, implied)) and implied not in told:
                inferred[implied] = FactValue(plain, False, value.said)
    return inferred | dict(_estimates(topic, {**facts, **told, **inferred}, told, today))


def _known(topic: Topic, facts: Facts, today: date) -> Known:
    """All that was told, whether its question applies or not: that is just what is in doubt here."""
    values = {one: as_value(topic.fact(one), told.value) for one, told in facts.items()}
    return Known({one: value for one, value in values.items() if value is not None}, today)


def _too_vague(told: FactValue | None) -> bool:
    """Whether an estimate on it would be a guess: a day's pay makes anything between 20 and 30 of them a month."""
    if told is None or not all(isinstance(one, float) for one in (told.value, told.low, told.high)):
        return False
    return float(str(told.high)) - float(str(told.low)) > _VAGUE * float(str(told.value))


def _estimates(topic: Topic, facts: Facts, told: Facts, today: date) -> Iterator[tuple[str, FactValue]]:
    facts, told = dict(facts), dict(told)
    for fact in topic.facts:
        if fact.estimate is None:
            continue
        before = facts.get(fact.id)
        if before is not None and not before.said.startswith(ESTIMATED):
            continue
        expression = topic.expression(fact.estimate)
        condition = topic.expression(fact.estimate_when)
        if not (expression.names | condition.names) & set(told):
            continue
        now = _known(topic, facts, today)
        if condition.truth(now) is not True:
            if before is not None and before.value is not None and condition.truth(now) is False:
                yield fact.id, FactValue(None, False, "")
            continue
        value = expression.value(now)
        if any(_too_vague(facts.get(one)) for one in expression.names):
            continue
        if isinstance(value, Decimal):
            said = "、".join(facts[one].said.removeprefix(ESTIMATED) for one in sorted(expression.names))
            # An estimate further down may rest on this one.
            facts[fact.id] = told[fact.id] = FactValue(float(value), False, ESTIMATED + said)
            yield fact.id, told[fact.id]
