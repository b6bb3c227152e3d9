"""A topic as its page shows it: every text with what may be corrected and the articles it rests on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.interviews.cited import read_cited
from bot.interviews.correction import Field, fields
from bot.interviews.outline import CERTAINTY, TYPES, term_words, when_words
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Reference
from channels.desk.diagram import slug
from channels.services import Laws

AREAS = {
    "labour": "劳动", "family": "婚姻家庭", "service": "服务", "criminal": "刑事", "housing": "住房",
    "consumer": "消费", "procedure": "打官司", "administrative": "行政", "injury": "人身损害", "minors": "未成年人",
    "land": "土地", "debt": "债务", "network": "网络", "elderly": "老年人", "inheritance": "继承", "women": "妇女",
    "company": "公司", "contract": "合同", "disabled": "残疾人", "traffic": "交通", "veterans": "退役军人",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its article; None where the index has none."""

    text: str
    article: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One text of an entry."""

    label: str
    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A question, a finding, a line."""

    slug: str
    title: str
    note: str
    rows: tuple[Row, ...]
    cited: tuple[Cited, ...] = ()
    cite_field: Field | None = None
    refer: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one kind."""

    slug: str
    title: str
    entries: tuple[Entry, ...]


def topic_groups(topic: Topic, titles: Mapping[str, str], articles: Mapping[str, Cited]) -> list[Group]:
    """The whole topic as a document."""
    view = _View(topic, titles, articles)
    groups = [
        Group("questions", "问什么", tuple(view.questions())),
        Group("findings", "告诉什么", tuple(view.findings())),
        Group("deadlines", "期限", tuple(view.deadlines())),
        Group("steps", "怎么办", tuple(view.lines("steps"))),
        Group("evidence", "准备什么", tuple(view.lines("evidence"))),
        Group("where", "去哪里", tuple(view.lines("where"))),
        Group("more", "法律援助、转人工和文书", tuple(view.more())),
    ]
    return [group for group in groups if group.entries]


async def cited_articles(topic: Topic, laws: Laws) -> dict[str, Cited]:
    """Every citation of the topic with its article in force."""
    texts = list(dict.fromkeys(text for _, text in topic.cited()))

    async def one(text: str) -> Cited:
        citation = read_cited(text)
        return Cited(text, await laws.article(citation.law, citation.key))

    return dict(zip(texts, await asyncio.gather(*map(one, texts)), strict=True))


class _View:
    def __init__(self, topic: Topic, titles: Mapping[str, str], articles: Mapping[str, Cited]) -> None:
        self._topic = topic
        self._titles = titles
        self._articles = articles
        self._fields = {field.key: field for field in fields(topic)}

    def _cited(self, texts: tuple[str, ...]) -> tuple[Cited, ...]:
        return tuple(self._articles[text] for text in texts)

    def _row(self, label: str, text: str, key: str) -> Row:
        return Row(label, text, self._fields.get(key))

    def _when(self, source: str | None, key: str) -> Row:
        return self._row("条件", when_words(self._topic, source) or "任何情况", f"{key}.when")

    def questions(self) -> Iterator[Entry]:
        """Facts."""
        for fact in self._topic.facts:
            key = f"facts.{fact.id}"
            kind = TYPES[fact.type] + ("：" + "、".join(one.label for one in fact.options) if fact.options else "")
            rows = (
                self._row("问题", fact.question, f"{key}.question"),
                Row("回答", kind),
                self._row("为什么问", fact.why, f"{key}.why"),
                self._row("解释", fact.help or "（没有）", f"{key}.help"),
                self._when(fact.when, key),
            )
            cite = self._fields[f"{key}.why_cite"]
            yield Entry(slug(key), fact.label, "", rows, self._cited(fact.why_cite), cite)

    def findings(self) -> Iterator[Entry]:
        """Findings."""
        for one in self._topic.findings:
            key = f"findings.{one.id}"
            rows = [
                self._row("标题", one.title, f"{key}.title"),
                self._row("说明", one.say, f"{key}.say"),
                self._when(one.when, key),
                self._row("情况不明时", one.unless_known or "（没有）", f"{key}.unless_known"),
            ]
            note = CERTAINTY[one.certainty] + ("，算出金额" if one.calculate is not None else "")
            cite = self._fields[f"{key}.cite"]
            yield Entry(slug(key), one.title, note, tuple(rows), self._cited(one.cite), cite, one.refer)

    def deadlines(self) -> Iterator[Entry]:
        """Deadlines."""
        for one in self._topic.deadlines:
            key = f"deadlines.{one.id}"
            rows = (
                self._row("标题", one.title, f"{key}.title"),
                Row("怎么算", f"从「{self._topic.fact(one.from_).label}」起{term_words(one.plus)}"),
                self._row("还没到期时", one.say, f"{key}.say"),
                self._row("起算日不明时", one.open, f"{key}.open"),
                self._row("过期后", one.overdue, f"{key}.overdue"),
                self._when(one.when, key),
            )
            cite = self._fields[f"{key}.cite"]
            yield Entry(slug(key), one.title, "", rows, self._cited(one.cite), cite, one.refer)

    def lines(self, group: str) -> Iterator[Entry]:
        """Steps, evidence, places."""
        for at, line in enumerate(getattr(self._topic, group)):
            key = f"{group}[{at}]"
            rows = (self._row("内容", line.say, f"{key}.say"), self._when(line.when, key))
            yield Entry(slug(key), f"第{at + 1}条", getattr(line, "phone", ""), rows)

    def more(self) -> Iterator[Entry]:
        """Legal aid, handoff rules, application, documents."""
        aid = self._topic.legal_aid
        if aid is not None:
            rows = (self._row("说明", aid.say, "legal_aid.say"), self._when(aid.when, "legal_aid"))
            cite = self._fields["legal_aid.cite"]
            yield Entry("legal_aid", "法律援助", "", rows, self._cited(aid.cite), cite, aid.refer)
        for at, rule in enumerate(self._topic.handoff):
            key = f"handoff[{at}]"
            rows = (Row("告诉当事人", rule.say), self._when(rule.when, key))
            yield Entry(
                slug(key), f"转人工：{rule.reason}", {"urgent": "紧急", "high": "优先"}.get(rule.priority, ""), rows
            )
        if self._topic.apply is not None:
            rows = (Row("先问", self._topic.apply.ask), self._when(self._topic.apply.when, "apply"))
            yield Entry("apply", "代为提交申请", "", rows)
        for draft in self._topic.documents:
            claims = tuple(Row("请求", claim.say) for claim in draft.claims)
            story = tuple(Row("事实", line.say) for line in draft.story)
            key = f"documents.{draft.use}"
            title = f"文书：{self._titles.get(draft.use, draft.use)}"
            yield Entry(slug(key), title, "", (self._when(draft.when, key), *claims, *story))
