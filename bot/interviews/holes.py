"""Finds texts that would be told with a figure or a day missing: its condition can hold while that is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.interviews.calculators.registry import CALCULATORS
from bot.interviews.conditions.known import Known
from bot.interviews.optional_words import chosen
from bot.interviews.topic import Topic, placeholders
from bot.interviews.topic_parts import Calculate
from bot.interviews.worlds import closure, worlds

_BY_DEADLINE = frozenset({"last_day", "days_left"})
"""Known whenever a deadline is told."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A text with what must hold for it to be told."""

    where: str
    when: str
    text: str
    calculate: Calculate | None = None
    """What computes its total."""
    needs: str = ""
    """A fact without which another text is told in its place."""


def holes(topic: Topic, today: date) -> Iterator[tuple[str, str]]:
    """(where, what is wrong) for every text that somebody who does not know would read with a hole."""
    for told in _texts(topic):
        # What stands in brackets is left out by itself.
        for name in sorted(placeholders(chosen(told.text, lambda _: False)) - _BY_DEADLINE):
            if any(_is_hole(topic, told, name, known) for known in _worlds(topic, told, name, today)):
                yield told.where, f"{{{name}}} may be unknown here; put it and its words in brackets: [，共{{{name}}}]"


def _texts(topic: Topic) -> Iterator[_Told]:
    """`open` and `unless_known` are for whoever does not know, and name nothing."""
    for finding in topic.findings:
        yield _Told(f"findings.{finding.id}.say", finding.when, finding.say, finding.calculate)
    for deadline in topic.deadlines:
        for key in ("say", "overdue"):
            yield _Told(f"deadlines.{deadline.id}.{key}", deadline.when, getattr(deadline, key), needs=deadline.from_)
    for key, lines in (("evidence", topic.evidence), ("where", topic.where), ("steps", topic.steps)):
        yield from (_Told(f"{key}[{at}].say", line.when, line.say) for at, line in enumerate(lines))
    for at, rule in enumerate(topic.handoff):
        yield _Told(f"handoff[{at}].say", rule.when, rule.say)
        yield _Told(f"handoff[{at}].reason", rule.when, rule.reason)
    if topic.legal_aid is not None:
        yield _Told("legal_aid.say", topic.legal_aid.when, topic.legal_aid.say)
    if topic.apply is not None:
        yield _Told("apply.ask", topic.apply.when, topic.apply.ask)
        yield _Told("apply.done", topic.apply.when, topic.apply.done)


def _worlds(topic: Topic, told: _Told, name: str, today: date) -> Iterator[Known]:
    names = topic.expression(told.when).names | {name, told.needs} - {"total", ""}
    if told.calculate is not None:
        for source in told.calculate.with_.values():
            names |= topic.expression(source).names
    return worlds(topic, closure(topic, names), today)


def _is_hole(topic: Topic, told: _Told, name: str, known: Known) -> bool:
    if topic.expression(told.when).truth(known) is not True or (told.needs and told.needs not in known.values):
        return False
    if name != "total":
        return name not in known.values
    if told.calculate is None or told.calculate.use not in CALCULATORS:
        return False  # that is said of the calculation itself
    kinds = {parameter.name: parameter.kind for parameter in CALCULATORS[told.calculate.use].parameters}
    if any(kinds.get(one) is not topic.expression(source).kind for one, source in told.calculate.with_.items()):
        return False
    arguments = {one: topic.expression(source).value(known) for one, source in told.calculate.with_.items()}
    return CALCULATORS[told.calculate.use].run(arguments, known.today) is None
