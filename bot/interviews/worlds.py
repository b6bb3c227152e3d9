"""What a citizen may know of a topic: values around everything its conditions compare with, in every combination."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from bot.interviews.conditions.kind import Kind, Value
from bot.interviews.conditions.known import Known
from bot.interviews.facts import known_from
from bot.interviews.topic import Topic

SEARCH_LIMIT = 20_000
"""Combinations of values tried for one condition before giving up."""


def closure(topic: Topic, names: frozenset[str]) -> list[str]:
    """The facts and those that decide whether they are asked, in topic order."""
    wanted = set(names)
    for fact in reversed(topic.facts):
        if fact.id in wanted and fact.when is not None:
            wanted |= topic.expression(fact.when).names
    return [fact.id for fact in topic.facts if fact.id in wanted]


def candidates(topic: Topic, today: date) -> dict[str, list[Value | None]]:
    """For each fact values around every constant it is compared with; None stands for 「不知道」."""
    constants: dict[str, set[Value]] = {fact.id: set() for fact in topic.facts}
    sources = [source for _, source in (*topic.conditions(), *topic.drafting())] + [
        fact.when for fact in topic.facts if fact.when
    ]
    for source in sources:
        for name, constant in topic.expression(source).constants:
            constants[name].add(constant)
    result: dict[str, list[Value | None]] = {}
    for fact in topic.facts:
        values: set[Value] = set()
        match fact.name.kind:
            case Kind.BOOL:
                values = {True, False}
            case Kind.CHOICE:
                values = {option.value for option in fact.options}
            case Kind.TEXT:
                values = {"某地", *(one for one in constants[fact.id] if isinstance(one, str))}
            case Kind.NUMBER:
                low = Decimal(str(fact.min)) if fact.min is not None else Decimal(0)
                high = Decimal(str(fact.max)) if fact.max is not None else Decimal(10_000_000)
                near = [one + step for one in constants[fact.id] if isinstance(one, Decimal) for step in (-1, 0, 1)]
                values = {one for one in (low, high, low + (high - low) / 10, *near) if low <= one <= high}
            case Kind.DATE:
                days = [0, 1, 10, 400, 1200] + ([-10, -400] if fact.future else [])
                for one in constants[fact.id]:
                    if isinstance(one, Decimal):
                        # Compared as days or as months: try around both.
                        days += [int(one) + step for step in (-1, 0, 1)]
                        days += [int(one * 31) + step for step in (-32, 0, 32)]
                    elif isinstance(one, date):
                        days += [(today - one).days + step for step in (-1, 0, 1)]
                values = {today - timedelta(days=day) for day in days if day >= 0 or fact.future}
        result[fact.id] = [*sorted(values, key=str), None]
    return result


def worlds(topic: Topic, facts: list[str], today: date, with_unknown: bool = True) -> Iterator[Known]:
    """States of knowledge over `facts`, all if they are few, else a seeded sample; facts not asked are stuck."""
    values_of = candidates(topic, today)
    pools = [[one for one in values_of[fact] if with_unknown or one is not None] for fact in facts]
    size = 1
    for pool in pools:
        size *= len(pool)
    if size <= SEARCH_LIMIT:
        choices: Iterator[Sequence[Value | None]] = itertools.product(*pools)
    else:
        draw = random.Random(topic.id)
        choices = ([draw.choice(pool) for pool in pools] for _ in range(SEARCH_LIMIT))
    for choice in choices:
        yield _world(topic, dict(zip(facts, choice, strict=True)), today)


def _world(topic: Topic, choice: Mapping[str, Value | None], today: date) -> Known:
    values = {fact: value for fact, value in choice.items() if value is not None}
    return known_from(topic, values, {fact for fact, value in choice.items() if value is None}, today)
