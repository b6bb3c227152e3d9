"""Makes up a conversation that reaches one place of a topic, as a scenario of tests/scenarios; see the README there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import yaml

from bot.interviews.conditions.kind import Value
from bot.interviews.conditions.known import Known
from bot.interviews.facts import Facts, FactValue, known
from bot.interviews.interview import Interview
from bot.interviews.quick_replies import UNKNOWN_CHOICE, quick_replies
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.interviews.wording import day_text, fact_text
from bot.interviews.worlds import closure, worlds

TRIES = 200
"""Ways to make the condition true that are played before giving up."""
_GAP = re.compile(r"[{}\n'\"\\]|\{[^{}]*\}")
_USUAL: dict[str, Value] = {"place": "北京市朝阳区", "text": "就是这样"}


@dataclass(slots=True)
class _Talk:
    """What was said so far."""

    steps: list[dict[str, Any]]
    facts: dict[str, FactValue] = field(default_factory=dict)
    asked: str | None = None
    """The question that is open at the end."""


def example_talk(topic: Topic, key: str, today: date) -> str:
    """The scenario as YAML; it ends at the question, or with the opinion that tells the thing named by `key`.

    "" when no conversation was found that leads there.
    """
    group, own = _place(key)
    target = own if group == "facts" else None
    opening = _opening(topic, today)
    for world in islice(_ways(topic, group, own, today), TRIES):
        talk = _played(topic, opening, world, target, today)
        if not (talk.asked == target if target else _told(topic, group, own, talk.facts, today)):
            continue
        talk.steps[-1].setdefault("expect", {}).update(_expected(topic, group, own, key))
        scenario = {
            "name": f"{topic.id}_{group}_{own}".rstrip("_"),
            "description": f"A correction of {key} in {topic.id}.",
            "today": today,
            "steps": talk.steps,
        }
        return yaml.safe_dump(scenario, allow_unicode=True, sort_keys=False, width=120)
    return ""


def _place(key: str) -> tuple[str, str]:
    """("findings", "amount"), ("steps", "2"), ("intro", "")."""
    found = re.match(r"([a-z_]+)(?:\.([a-z0-9_]+)(?=\.)|\[(\d+)\])?", key)
    return (found[1], found[2] or found[3] or "") if found else (key, "")


def _part(topic: Topic, group: str, own: str) -> Any:
    part = getattr(topic, group)
    if not isinstance(part, tuple):
        return part
    return part[int(own)] if own.isdigit() else next(one for one in part if one.id == own)


def _ways(topic: Topic, group: str, own: str, today: date) -> Iterator[Known]:
    """States of knowledge in which the thing is told, or its question applies."""
    source = "true" if group == "intro" else _part(topic, group, own).when or "true"
    expression = topic.expression(source) if source in topic.expressions else None
    if expression is None:  # nothing else of the topic is without a condition
        yield Known({}, today)
        return
    names = expression.names | (frozenset({_part(topic, group, own).from_}) if group == "deadlines" else frozenset())
    # First who knows all of it; what is told to those who do not know takes somebody who does not.
    for with_unknown in (False, True):
        for world in worlds(topic, closure(topic, names), today, with_unknown):
            if expression.truth(world) is True:
                yield world


def _opening(topic: Topic, today: date) -> str:
    """The example that tells least, so that the answers are given one by one."""
    return min(topic.examples, key=lambda one: len(read_answers(topic, {}, None, one, today).facts))


def _played(topic: Topic, opening: str, world: Known, target: str | None, today: date) -> _Talk:
    """The citizen of this world talks until the target is asked or nothing more is."""
    never_asked = [fact for fact in topic.facts if not fact.asked and fact.id in world.values]
    unasked = (_volunteered(fact, world.values[fact.id]) for fact in never_asked)
    opening = "。".join([opening, *filter(None, unasked)])
    talk = _Talk([{"citizen": opening, "expect": {"topic": topic.id}}])
    talk.facts |= read_answers(topic, {}, None, opening, today).facts
    for _ in range(len(topic.facts) + 1):
        question = Interview(topic, talk.facts, today).next_question()
        talk.asked = question.fact if question is not None else None
        talk.steps[-1]["expect"]["asks"] = talk.asked
        if question is None or question.fact == target:
            break
        fact = topic.fact(question.fact)
        said = _said(fact, world.values.get(fact.id))
        reading = read_answers(topic, talk.facts, fact.id, said, today)
        talk.facts = reading.merged(talk.facts)
        if fact.id not in talk.facts:
            talk.facts[fact.id] = FactValue(None, True, said)
        talk.steps.append({"citizen": said, "expect": {"facts": {fact.id: talk.facts[fact.id].value}}})
    return talk


def _said(fact: Fact, value: Value | None) -> str:
    """The answer in the citizen's words."""
    if value is None:
        return UNKNOWN_CHOICE
    if fact.type == "yes_no":
        return quick_replies(fact)[0 if value else 1]
    if fact.type in _USUAL and value == "某地":
        value = _USUAL[fact.type]
    if isinstance(value, date):
        return day_text(value)
    return fact_text(fact, FactValue(float(value) if isinstance(value, Decimal) else value))


def _volunteered(fact: Fact, value: Value) -> str:
    """What a citizen says of a fact that nobody asks for; "" where the topic lists no words for it."""
    if fact.type == "yes_no":
        words = fact.says_yes if value else fact.says_no
    elif fact.type == "choice":
        words = next((option.says for option in fact.options if option.value == value), ())
    else:
        return f"{next(iter(fact.cues), fact.label)}{_said(fact, value)}"
    return next(iter(words), "")


def _told(topic: Topic, group: str, own: str, facts: Facts, today: date) -> bool:
    source = "true" if group == "intro" else _part(topic, group, own).when
    if source not in topic.expressions:
        return True
    return topic.expression(source).truth(known(topic, facts, today)) is True


def _expected(topic: Topic, group: str, own: str, key: str) -> Mapping[str, Any]:
    if group in {"facts", "intro"}:
        return {"contains": [_words(_part(topic, group, own).question)]} if group == "facts" else {}
    part = _part(topic, group, own)
    if key.endswith(".cite"):
        return {"part": "opinion", "cites": [_article(one) for one in part.cite]}
    told = getattr(part, key.rsplit(".", 1)[-1]) if key.endswith((".title", ".say", ".overdue")) else ""
    return {"part": "opinion", "contains": [_words(told or getattr(part, "title", part.say))]}


def _words(text: str) -> str:
    """The longest run of the text that is told as it stands."""
    return max(_GAP.split(text), key=len).strip()


def _article(cited: str) -> str:
    found = re.match(r"(\S+ 第[^条]+条(?:之[一二三四五六七八九十]+)?)", cited)
    return found[1] if found else cited
