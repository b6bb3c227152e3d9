"""Checks every law reference in a text against the index and says what is wrong with those that do not hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from knowledge_base.amendments import split_paragraphs
from knowledge_base.article import Article, Status
from knowledge_base.citation import Citation
from knowledge_base.law_names import LawNames
from knowledge_base.references import parse_citations
from knowledge_base.searcher import Searcher
from knowledge_base.validity import Repealed


@runtime_checkable
class LawIndex(Protocol):
    """What an index can offer beyond `Searcher`, so that a reference that does not hold gets its exact reason."""

    @property
    def names(self) -> LawNames:
        """Names of the laws it holds or knows to be repealed."""
        ...

    async def versions(self, citation: Citation, as_of: date | None = None) -> list[Article]:
        """Every version of an article, latest first, with its status on `as_of`."""
        ...

    async def repealed(self, law: str) -> Repealed | None:
        """Which law repealed `law`."""
        ...


@dataclass(frozen=True, slots=True)
class Verified:
    """One reference and what the index says about it."""

    citation: Citation
    article: Article | None
    """The version binding on the day asked about; None when the reference does not hold."""
    reason: str
    """Why not, or what to mind (Simplified Chinese); empty when all is well."""


async def verify_text(text: str, searcher: Searcher, as_of: date | None = None) -> list[Verified]:
    """Every reference in `text`, in order, resolved on `as_of` (today if None). Never raises for odd input."""
    names = searcher.names if isinstance(searcher, LawIndex) else None
    return [await verify(citation, searcher, as_of) for citation in parse_citations(text, names)]


async def verify(citation: Citation, searcher: Searcher, as_of: date | None = None) -> Verified:
    """One reference resolved on `as_of`."""
    binding = await searcher.get(citation, as_of)
    if binding is not None:
        missing = _missing_part(citation, binding)
        return Verified(citation, None if missing else binding, missing or binding.warning)
    if isinstance(searcher, LawIndex):
        return Verified(citation, None, await _why_not(citation, searcher, as_of))
    return Verified(citation, None, f"《{citation.law}》中没有查到现行有效的这一条。")


async def _why_not(citation: Citation, index: LawIndex, as_of: date | None) -> str:
    versions = await index.versions(citation, as_of)
    if versions:  # the version that would come next tells more than one long gone
        coming = [a for a in versions if a.status is Status.NOT_YET]
        return (coming[-1] if coming else versions[0]).warning
    repeal = await index.repealed(citation.law)
    if repeal is not None:
        day = f"{repeal.on.year}年{repeal.on.month}月{repeal.on.day}日"
        return f"《{repeal.law}》已自{day}起被《{repeal.by}》{repeal.article}废止。"
    if index.names.resolve(citation.law) is None:
        return f"《{citation.law}》不在法条库中，无法核对，请以官方文本为准。"
    return f"《{citation.law}》中没有查到这一条。"


def _missing_part(citation: Citation, article: Article) -> str:
    """What paragraph or item the article does not have; empty when it has all."""
    paragraphs = split_paragraphs(article.text)
    if citation.paragraph and citation.paragraph > len(paragraphs):
        return f"{article.number}只有{len(paragraphs)}款，没有第{citation.paragraph}款。"
    if citation.item:
        scope = paragraphs[citation.paragraph - 1] if citation.paragraph else article.text
        items = sum(1 for line in scope.split("\n") if line.startswith("（") and "）" in line[:6])
        if citation.item > items:
            return f"{article.number}没有第{citation.item}项。"
    return ""
