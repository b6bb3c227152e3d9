"""What of a topic decides which questions are asked: its parsed conditions, listed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.interviews.condition import Expression
from bot.interviews.per_topic import per_topic
from bot.interviews.topic import Topic


@dataclass(frozen=True, slots=True)
class Plan:
    """The conditions of a topic."""

    expressions: Mapping[str, Expression]
    """Every condition and calculator argument by its source."""
    conditions: tuple[Expression, ...]
    """Of everything told or done, each once."""
    told: tuple[tuple[Expression, frozenset[str]], ...]
    """(condition, facts) of everything that uses facts in its text, sum or day once its condition holds."""


@per_topic
def plan(topic: Topic) -> Plan:
    """The plan of a topic."""
    sources = dict.fromkeys(source for _, source in topic.conditions())
    return Plan(
        expressions=topic.expressions,
        conditions=tuple(topic.expression(source) for source in sources),
        told=tuple((topic.expression(source), facts) for _, source, facts in topic.told() if facts),
    )
