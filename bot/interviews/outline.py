"""A topic as a graph to draw and to read: what is asked, what is told, and what hangs on what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.interviews.condition_words import condition_words
from bot.interviews.per_topic import per_topic
from bot.interviews.topic import Topic, placeholders
from bot.interviews.topic_parts import Fact, Plus

NodeKind = Literal["question", "finding", "deadline", "handoff", "aid", "apply", "document"]
CERTAINTY = {"sure": "确定", "likely": "很可能", "depends": "看情况"}
TYPES = {
    "choice": "选择", "yes_no": "是或否", "amount": "金额", "duration": "时长", "date": "日期", "count": "数量",
    "percent": "百分比", "place": "地点", "text": "文字",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """One box of the diagram."""

    key: str
    """Where it stands in the topic file: `facts.relation`, `findings.amount`, `handoff[0]`."""
    kind: NodeKind
    title: str
    text: str
    """What is asked or told."""
    note: str
    """Type of the answer, certainty, length of the term."""
    when: str
    """Its condition in words; "" when it always applies."""
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """`end` hangs on the answer to the question `start`."""

    start: str
    end: str
    how: Literal["condition", "text"]
    """Its condition names the fact, or only its text, sum or day does."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A topic for drawing."""

    topic: Topic
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def citations(self) -> tuple[str, ...]:
        """Every article the topic cites, each once, in order."""
        return tuple(dict.fromkeys(text for _, text in self.topic.cited()))


@per_topic
def outline(topic: Topic) -> Outline:
    """The topic as a graph."""
    nodes = tuple(_nodes(topic))
    return Outline(topic, nodes, tuple(dict.fromkeys(_edges(topic))))


def when_words(topic: Topic, source: str | None) -> str:
    """A condition in words; "" for none."""
    if source is None or source == "true":
        return ""
    return "不主动问，当事人说起时才记" if source == "false" else condition_words(topic, source)


def term_words(plus: Plus) -> str:
    """How long a term is: 15个工作日."""
    if plus.years or plus.months:
        return f"{plus.years}年" if plus.years else f"{plus.months}个月"
    return f"{plus.days}日" if plus.days else f"{plus.working_days}个工作日"


def _type_words(fact: Fact) -> str:
    return "、".join(option.label for option in fact.options) or TYPES[fact.type]


def _nodes(topic: Topic) -> Iterator[Node]:
    def when(source: str | None) -> str:
        return when_words(topic, source)

    for fact in topic.facts:
        text, note = fact.question, _type_words(fact)
        yield Node(f"facts.{fact.id}", "question", fact.label, text, note, when(fact.when), fact.why_cite)
    for finding in topic.findings:
        note = CERTAINTY[finding.certainty] + ("，算出金额" if finding.calculate is not None else "")
        key = f"findings.{finding.id}"
        yield Node(key, "finding", finding.title, finding.say, note, when(finding.when), finding.cite)
    for one in topic.deadlines:
        note = f"从「{topic.fact(one.from_).label}」起{term_words(one.plus)}"
        yield Node(f"deadlines.{one.id}", "deadline", one.title, one.say, note, when(one.when), one.cite)
    for at, rule in enumerate(topic.handoff):
        yield Node(f"handoff[{at}]", "handoff", rule.reason, rule.say, "", when(rule.when))
    if topic.legal_aid is not None:
        aid = topic.legal_aid
        yield Node("legal_aid", "aid", "法律援助", aid.say, "", when(aid.when), aid.cite)
    if topic.apply is not None:
        yield Node("apply", "apply", "代为提交申请", topic.apply.ask, "", when(topic.apply.when))
    for draft in topic.documents:
        yield Node(f"documents.{draft.use}", "document", draft.use, "", "", when(draft.when))


def _edges(topic: Topic) -> Iterator[Edge]:
    drawn = {node for node, _ in _conditions(topic)}
    for end, source in _conditions(topic):
        names = topic.expression(source).names
        yield from (Edge(f"facts.{fact.id}", end, "condition") for fact in topic.facts if fact.id in names)
    for end, condition, facts in topic.told():
        if end in drawn:
            more = facts - topic.expression(condition).names
            yield from (Edge(f"facts.{fact.id}", end, "text") for fact in topic.facts if fact.id in more)
    for draft in topic.documents:
        named: frozenset[str] = frozenset()
        for line in (*draft.claims, *draft.story):
            named |= placeholders(line.say) | topic.expression(line.when).names
        named -= topic.expression(draft.when).names
        end = f"documents.{draft.use}"
        yield from (Edge(f"facts.{fact.id}", end, "text") for fact in topic.facts if fact.id in named)


def _conditions(topic: Topic) -> Iterator[tuple[str, str]]:
    """(node, condition) of every node."""
    for fact in topic.facts:
        yield f"facts.{fact.id}", fact.when or "true"
    for part, source in topic.conditions():
        node = part.removesuffix(".when")
        if node.split(".")[0].split("[")[0] in {"findings", "deadlines", "handoff", "legal_aid", "apply"}:
            yield node, source
    for draft in topic.documents:
        yield f"documents.{draft.use}", draft.when
