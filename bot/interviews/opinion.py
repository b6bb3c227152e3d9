"""The document a consultation ends with; every citation in it was looked up and is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.documents.draft import EVIDENCE_LIST, blank_form, draft_documents
from bot.documents.drafted import Drafted
from bot.documents.template import Template
from bot.interviews.calculation import Calculation
from bot.interviews.cited import read_cited
from bot.interviews.conclude import Concluded, Conclusions, Due
from bot.interviews.facts import Facts
from bot.interviews.precedent import CAUTION, HEADING, Precedent, precedents
from bot.interviews.topic import Topic
from bot.interviews.wording import day_text, fact_text
from knowledge_base.article import Article, Status
from knowledge_base.documents.searcher import DocumentSearcher
from knowledge_base.searcher import Searcher

TITLE = "法律咨询意见书"
DISCLAIMER = (
    "这份意见由公共法律服务机器人根据您说的情况自动生成，供您参考，不是律师意见，也不代表法院、仲裁机构会这样认定。"
    "情况不全或有出入，结论会不同。涉及期限和重要决定，请尽快咨询律师或拨打12348。"
)
HOW_TO_GET = "在网页的咨询页面，打开意见书就能下载 Word 和 PDF；也可以报事项编号请工作人员给您。"
_STATE = "中华人民共和国"
_CERTAINTY = {
    "sure": "法律规定得比较明确",
    "likely": "多数情况下是这样，要看证据",
    "depends": "要看具体情况，不同情况结果可能不同",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """An article that was looked up."""

    law: str
    number: str
    """As printed, with paragraph and item where the topic names them."""
    text: str
    version: str
    warning: str

    def to_dict(self) -> dict[str, str]:
        """Plain JSON."""
        return {
            "law": self.law,
            "number": self.number,
            "text": self.text,
            "version": self.version,
            "warning": self.warning,
        }


@dataclass(frozen=True, slots=True)
class Told:
    """One fact as the opinion repeats it."""

    label: str
    value: str
    said: str


@dataclass(frozen=True, slots=True)
class OpinionFinding:
    """A conclusion with the law under it."""

    title: str
    text: str
    certainty: str
    citations: tuple[Cited, ...]
    calculation: Calculation | None


@dataclass(frozen=True, slots=True)
class OpinionDeadline:
    """A last day with the law under it."""

    title: str
    text: str
    last_day: date | None
    days_left: int | None
    soon: bool
    overdue: bool
    citations: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The whole opinion; `to_dict` is its JSON, `plain_text` what a text-only channel sends."""

    matter: str
    date: date
    topic: str
    told: tuple[Told, ...]
    findings: tuple[OpinionFinding, ...]
    open: tuple[str, ...]
    deadlines: tuple[OpinionDeadline, ...]
    evidence: tuple[str, ...]
    steps: tuple[str, ...]
    where: tuple[tuple[str, str], ...]
    """(text, phone)"""
    legal_aid: tuple[str, tuple[Cited, ...]] | None
    references: tuple[tuple[str, str], ...]
    """(title, note) of rules outside the index."""
    unverified: tuple[str, ...]
    """Citations that could not be resolved to an article in force; they are shown nowhere else."""
    certainty: str
    cases: tuple[Precedent, ...] = ()
    """Decided cases like this one; for comparison, not a basis of the findings."""
    documents: tuple[Drafted, ...] = ()
    """Drafted from what was told; kept here so that they can be drawn whenever they are asked for."""
    title: str = TITLE
    kind: str = "consultation"
    """Of the topic: a service's paper guides, so what it lists are materials and no evidence."""
    disclaimer: str = DISCLAIMER

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON, the shape every channel and document writer reads."""
        return {
            "title": self.title,
            "kind": self.kind,
            "matter": self.matter,
            "date": self.date.isoformat(),
            "topic": self.topic,
            "told": [{"label": one.label, "value": one.value, "said": one.said} for one in self.told],
            "findings": [
                {
                    "title": one.title,
                    "text": one.text,
                    "certainty": one.certainty,
                    "citations": [cited.to_dict() for cited in one.citations],
                    "calculation": None if one.calculation is None else one.calculation.to_dict(),
                }
                for one in self.findings
            ],
            "open": list(self.open),
            "deadlines": [
                {
                    "title": one.title,
                    "text": one.text,
                    "last_day": None if one.last_day is None else one.last_day.isoformat(),
                    "days_left": one.days_left,
                    "soon": one.soon,
                    "overdue": one.overdue,
                    "citations": [cited.to_dict() for cited in one.citations],
                }
                for one in self.deadlines
            ],
            "evidence": list(self.evidence),
            "steps": list(self.steps),
            "where": [{"text": text, "phone": phone} for text, phone in self.where],
            "legal_aid": None
            if self.legal_aid is None
            else {"text": self.legal_aid[0], "citations": [cited.to_dict() for cited in self.legal_aid[1]]},
            "references": [{"title": title, "note": note} for title, note in self.references],
            "unverified": list(self.unverified),
            "certainty": self.certainty,
            "cases": [one.to_dict() for one in self.cases],
            "documents": [one.to_dict() for one in self.documents],
            "disclaimer": self.disclaimer,
        }

    def plain_text(self) -> str:
        """The opinion as text; articles are named, not quoted."""
        blocks: list[str] = [f"{self.title}\n事项编号：{self.matter}　{day_text(self.date)}　{self.topic}"]
        blocks.append(_block("您告诉我们的情况", (f"{one.label}：{one.value}" for one in self.told)))
        blocks.append(_block("我们的看法", (line for one in self.findings for line in finding_lines(one))))
        blocks.append(_block("还不能确定的", self.open))
        blocks.append(_block("时间期限", (_with_law(one.text, one.citations) for one in self.deadlines)))
        blocks.append(_block("先做什么", self.steps, numbered=True))
        blocks.append(_block("准备这些材料" if self.kind == "service" else "准备这些证据", self.evidence))
        places = (f"{text}，电话{phone}" if phone else text for text, phone in self.where)
        blocks.append(_block("可以去哪里", places))
        if self.documents:
            drafted = (f"{one.title}：{one.purpose}（{one.left}）" for one in self.documents)
            blocks.append(f"{_block('为您起草的文书', drafted)}\n{HOW_TO_GET}")
        if self.legal_aid is not None:
            blocks.append(_block("法律援助", (_with_law(*self.legal_aid),)))
        if self.cases:
            told = [line for one in self.cases for line in _case_lines(one)]
            blocks.append(f"{_block(HEADING, told)}\n{CAUTION}")
        blocks.append(_block("另外参考（请以官方文本为准）", (f"{title}：{note}" for title, note in self.references)))
        blocks += [self.certainty, self.disclaimer]
        return "\n\n".join(block for block in blocks if block)


async def write_opinion(
    topic: Topic,
    facts: Facts,
    conclusions: Conclusions,
    searcher: Searcher,
    today: date,
    matter: str,
    cases: DocumentSearcher | None = None,
    templates: Mapping[str, Template] | None = None,
) -> Opinion:
    """The opinion on `today`. A citation without an article in force is dropped and named under `unverified`.

    `cases` finds decided cases to compare with; None for none. `templates` by id: what documents are drafted from.
    """
    book = _Book(searcher, today)
    findings = [await _finding(one, book) for one in conclusions.findings]
    deadlines = [await _deadline(one, book) for one in conclusions.deadlines]
    aid = None
    if conclusions.legal_aid is not None:
        aid = (conclusions.legal_aid_text, await book.cited(conclusions.legal_aid.cite))
    missing = [
        f"要算出“{one.finding.title}”的金额，还需要知道：{'、'.join(one.missing)}。"
        for one in conclusions.findings
        if one.missing
    ]
    told = tuple(
        Told(fact.label, fact_text(fact, facts[fact.id]), facts[fact.id].said)
        for fact in topic.facts
        if fact.id in facts and facts[fact.id].answered
    )
    story = "。".join([topic.name, *(f"{one.label}：{one.said or one.value}" for one in told)])
    cited = [f"《{one.law}》{one.number}" for finding in findings for one in finding.citations]
    return Opinion(
        matter=matter,
        date=today,
        topic=topic.name,
        told=told,
        findings=tuple(findings),
        open=(*conclusions.open, *missing),
        deadlines=tuple(deadlines),
        evidence=conclusions.evidence,
        steps=conclusions.steps,
        where=tuple((one.text, one.phone) for one in conclusions.where),
        legal_aid=aid,
        references=tuple((one.title, one.note) for one in conclusions.references),
        unverified=tuple(book.unverified),
        certainty=_certainty(topic, conclusions.findings, [*conclusions.open, *missing], book.unverified),
        cases=await precedents(story, cited, topic.area, cases) if topic.kind == "consultation" else (),
        documents=await write_documents(topic, facts, conclusions, templates or {}, searcher, today),
        title=topic.paper or TITLE,
        kind=topic.kind,
    )


class _Book:
    """Looks citations up, each once, and remembers those that failed."""

    def __init__(self, searcher: Searcher, today: date) -> None:
        self._searcher = searcher
        self._today = today
        self._found: dict[str, Cited | None] = {}
        self.unverified: list[str] = []

    async def cited(self, texts: Iterable[str]) -> tuple[Cited, ...]:
        found = [await self._one(text) for text in texts]
        return tuple(one for one in found if one is not None)

    async def _one(self, text: str) -> Cited | None:
        if text not in self._found:
            article = await self._searcher.get(read_cited(text), self._today)
            self._found[text] = _verified(text, article)
            if self._found[text] is None:
                self.unverified.append(text)
        return self._found[text]


def _verified(text: str, article: Article | None) -> Cited | None:
    if article is None or article.status is not Status.IN_FORCE:
        return None
    number = text.split(maxsplit=1)[1]
    return Cited(article.law, number, article.text, article.version, article.warning)


async def _finding(one: Concluded, book: _Book) -> OpinionFinding:
    citations = await book.cited(one.finding.cite)
    certainty = _CERTAINTY[one.finding.certainty]
    if not citations:
        certainty = "法律依据暂时没有核实到，请以律师意见为准"
    calculation = one.calculation
    if calculation is not None and len(citations) < len(one.finding.cite):
        calculation = replace(calculation, basis="；".join(_name(cited) for cited in citations))
    return OpinionFinding(one.finding.title, one.text, certainty, citations, calculation)


async def _deadline(one: Due, book: _Book) -> OpinionDeadline:
    citations = await book.cited(one.deadline.cite)
    return OpinionDeadline(one.deadline.title, one.text, one.last_day, one.days_left, one.soon, one.overdue, citations)


async def write_documents(
    topic: Topic,
    facts: Facts,
    conclusions: Conclusions,
    templates: Mapping[str, Template],
    searcher: Searcher,
    today: date,
) -> tuple[Drafted, ...]:
    """The drafts, with no citation in them that was not looked up."""
    if not templates:
        return ()
    book = _Book(searcher, today)
    used = [templates[one] for one in (EVIDENCE_LIST, *(draft.use for draft in topic.documents)) if one in templates]
    asked = [text for template in used for _, text in template.cited()]
    asked += [text for one in conclusions.findings for text in one.finding.cite]
    await book.cited(dict.fromkeys(asked))
    return draft_documents(topic, facts, conclusions, templates, today, lambda text: text not in book.unverified)


async def write_form(template: Template, searcher: Searcher, today: date) -> Drafted:
    """The form of a paper with nothing filled in."""
    book = _Book(searcher, today)
    await book.cited(text for _, text in template.cited())
    return blank_form(template, lambda text: text not in book.unverified)


def _certainty(topic: Topic, findings: Sequence[Concluded], missing: Sequence[str], unverified: Sequence[str]) -> str:
    levels = {one.finding.certainty for one in findings}
    if not findings:
        text = "现在知道的情况还不够，还不能得出明确的结论。您可以说“转人工”，请值班人员接着帮您，也可以打12348问律师。"
    elif topic.kind == "service":
        text = "以上是按您说的情况给的办事指引，最后以办理机关的决定为准。"
    elif levels == {"sure"}:
        text = "以上看法，法律规定得比较明确；最后能不能实现，还要看证据。"
    elif "depends" in levels:
        text = "以上看法里，有的要看具体情况才能定，请把证据带给律师看一看。"
    else:
        text = "以上看法，多数情况下成立，但要看证据和对方怎么说。"
    if missing:
        text += "有些情况您还不清楚，弄清楚以后结论可能更完整。"
    if unverified:
        text += "有的法律依据这次没有核实到，我们没有写进来，请以律师意见为准。"
    return text


def _name(cited: Cited) -> str:
    return f"《{cited.law.removeprefix(_STATE)}》{cited.number}"


def _with_law(text: str, citations: Sequence[Cited]) -> str:
    return f"{text}（{'、'.join(_name(cited) for cited in citations)}）" if citations else text


def finding_lines(one: OpinionFinding) -> Iterable[str]:
    """The finding with its citations, and its calculation line by line."""
    yield _with_law(f"{one.title}。{one.text}", one.citations)
    if one.calculation is not None:
        for line in one.calculation.to_dict()["lines"]:
            yield f"　{line['label']}：{line['expression'] + ' = ' if line['expression'] else ''}{line['amount']}"
        yield f"　合计：{one.calculation.total_text}。{one.calculation.note}"


def _case_lines(one: Precedent) -> Iterable[str]:
    first, *rest = one.lines
    yield first
    yield from (f"　{line}" for line in rest)


def _block(title: str, lines: Iterable[str], numbered: bool = False) -> str:
    body = [
        line if line.startswith("　") else (f"{at}. " if numbered else "· ") + line for at, line in enumerate(lines, 1)
    ]
    return f"【{title}】\n" + "\n".join(body) if body else ""
