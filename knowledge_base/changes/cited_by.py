"""Lists what cites an article that was changed, superseded or repealed, with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from knowledge_base.article import Article
from knowledge_base.citation import Citation
from knowledge_base.citations.law_names import LawNames
from knowledge_base.citations.references import parse_citations
from knowledge_base.citations.verify import LawIndex, verify
from knowledge_base.searcher import Searcher
from knowledge_base.text.numerals import format_number

DELIBERATE = "citation: deliberate"
"""A comment with these words on a line says that what the line cites need not hold."""
THEN = "cited_then"
"""The key under which a case lists the law of its time, which may have ended."""
_KEY = re.compile(r"[ -]*([a-z_]+):(?:\s|$)")
_ENDED = re.compile(r"[^（(，。；\n]{0,4}[（(][^（）()\n]{0,30}(?:废止|失效)[^（）()\n]{0,10}[）)]")
"""Said right after a citation: the writer knows that the law has ended."""
_CHECKED = re.compile(r"^checked:(?:\s*\n(?:[ \t]+.*\n)*?[ \t]+on:)?[ \t]*(\d{4}-\d\d-\d\d)", re.M)
_SOON = timedelta(days=90)
"""A version that ends within this time is worth a note."""


class Weight(StrEnum):
    """What a finding asks for."""

    PROBLEM = "problem"
    """To be corrected."""
    NOTE = "note"
    """Soon to be corrected, or where wrong citations are part of the matter."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that may cite law."""

    path: str
    """As shown to the reader."""
    text: str
    strict: bool
    """False where a citation that does not hold is only worth a note: tests cite wrong articles on purpose."""


@dataclass(frozen=True, slots=True)
class Place:
    """One citation in a source."""

    path: str
    line: int
    """From 1."""
    citation: Citation


@dataclass(frozen=True, slots=True)
class Finding:
    """One citation that does not hold as it stands."""

    place: Place
    weight: Weight
    message: str
    """What is wrong (Simplified Chinese)."""

    def __str__(self) -> str:
        cited = self.place.citation
        mark = "" if self.weight is Weight.PROBLEM else "（提示）"
        law = f"《{cited.law}》{format_number(cited.key)}"
        return f"{self.place.path}:{self.place.line} {law}: {mark}{self.message}"


@dataclass(frozen=True, slots=True)
class CitedBy:
    """What a look through all sources gave."""

    findings: tuple[Finding, ...]
    citations: int
    outside: int
    """Citations of laws that the index does not hold, which therefore nobody checked."""

    @property
    def problems(self) -> int:
        """Findings to be corrected."""
        return sum(finding.weight is Weight.PROBLEM for finding in self.findings)


def places(source: Source, names: LawNames) -> list[Place]:
    """Every citation of a source, line by line, structured or in a sentence, without the deliberate ones."""
    found: dict[tuple[int, str, str, int | None, int | None], Place] = {}
    then = False
    for number, line in enumerate(source.text.splitlines(), 1):
        if key_line := _KEY.match(line):
            then = key_line[1] == THEN
        if then or DELIBERATE in line or not any(char in line for char in "条條法典释"):
            continue
        for citation in parse_citations(line, names):
            if _ENDED.match(line, citation.start + len(citation.text)):
                continue
            key = (number, citation.law, citation.key, citation.paragraph, citation.item)
            found.setdefault(key, Place(source.path, number, citation))
    return list(found.values())


def checked_on(text: str) -> date | None:
    """The day on which a topic or case says that it was last checked; None when it does not say."""
    match = _CHECKED.search(text)
    try:
        return date.fromisoformat(match[1]) if match is not None else None
    except ValueError:
        return None


async def cited_by(sources: Iterable[Source], searcher: Searcher, today: date) -> CitedBy:
    """Look up on `today` whatever the sources cite. The searcher must offer LawIndex; raises TypeError else."""
    if not isinstance(searcher, LawIndex):
        raise TypeError("citations can only be looked through with a searcher that knows the names of its laws")
    findings: list[Finding] = []
    known: dict[tuple[str, str, int | None, int | None], tuple[Article | None, str]] = {}
    citations = outside = 0
    for source in sources:
        since = checked_on(source.text)
        for place in places(source, searcher.names):
            citations += 1
            cited = place.citation
            if not searcher.names.candidates(cited.law):
                outside += 1
                continue
            key = (cited.law, cited.key, cited.paragraph, cited.item)
            if key not in known:
                verified = await verify(cited, searcher, today)
                known[key] = verified.article, verified.reason
            article, reason = known[key]
            weight = Weight.PROBLEM if source.strict else Weight.NOTE
            if article is None:
                findings.append(Finding(place, weight, reason))
            elif since is not None and article.effective is not None and article.effective > since:
                begun = f"自{_said(article.effective)}起施行的是{article.version}的版本"
                told = f"{begun}，上次核对是{_said(since)}，请重新核对。"
                findings.append(Finding(place, weight, told))
            elif article.ended is not None and article.ended - today <= _SOON:
                findings.append(Finding(place, Weight.NOTE, article.warning))
    return CitedBy(tuple(findings), citations, outside)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
