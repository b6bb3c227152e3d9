"""Checks every law reference in a text against the index and says what is wrong with those that do not hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, runtime_checkable

from knowledge_base.article import Article, Status
from knowledge_base.citation import Citation
from knowledge_base.citations.law_names import LawNames
from knowledge_base.citations.references import parse_citations
from knowledge_base.citations.successors import default_successors
from knowledge_base.searcher import Searcher
from knowledge_base.validity.amendments import ITEM, split_paragraphs, squeeze
from knowledge_base.validity.validity import Repealed

_MARKS = str.maketrans("", "", "《》〈〉（）()")
_SHOWN = 5
"""Candidates of an ambiguous name that are listed."""


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
    """As found; with the full title where the name was ambiguous and only one law it can mean binds on that day."""
    article: Article | None
    """The version binding on the day asked about; None when the reference does not hold."""
    reason: str
    """Why not, or what to mind (Simplified Chinese); empty when all is well."""
    successors: tuple[Article, ...] = ()
    """Where the law ended: the articles that took the place of this one and bind on the day asked about."""


async def verify_text(text: str, searcher: Searcher, as_of: date | None = None) -> list[Verified]:
    """Every reference in `text`, in order, resolved on `as_of` (today if None). Never raises for odd input."""
    names = searcher.names if isinstance(searcher, LawIndex) else None
    return [await verify(citation, searcher, as_of) for citation in parse_citations(text, names)]


async def verify(citation: Citation, searcher: Searcher, as_of: date | None = None) -> Verified:
    """One reference resolved on `as_of`."""
    if isinstance(searcher, LawIndex):
        titles = searcher.names.candidates(citation.law)
        if len(titles) > 1:
            return await _choose(citation, titles, searcher, as_of)
        if titles:
            citation = replace(citation, law=titles[0])
    binding = await searcher.get(citation, as_of)
    if binding is not None:
        missing = _missing_part(citation, binding)
        return Verified(citation, None if missing else binding, missing or binding.warning)
    if isinstance(searcher, LawIndex):
        found = await _why_not(citation, searcher, searcher, as_of)
        return found if _named_in_full(citation) else replace(found, reason=_hedged(citation, found.reason))
    return Verified(citation, None, f"《{citation.law}》中没有查到现行有效的这一条。")


def _named_in_full(citation: Citation) -> bool:
    """Interpretations are told apart by a word or a year; a short name may mean a newer one the index lacks."""
    court = citation.law.startswith("最高人民")
    return not court or not citation.text or _bare(citation.law) in _bare(citation.text)


def _bare(text: str) -> str:
    return squeeze(text).replace("中华人民共和国", "").translate(_MARKS)


def _hedged(citation: Citation, reason: str) -> str:
    return f"如果指的是《{citation.law}》：{reason}如果指的是别的文件，请写出它的全称和年份。"


async def _choose(citation: Citation, titles: tuple[str, ...], searcher: Searcher, as_of: date | None) -> Verified:
    """An ambiguous name means the only law of those it can mean that binds; else the reader is asked which."""
    binding = [title for title in titles if await searcher.get(replace(citation, law=title), as_of) is not None]
    if len(binding) == 1:
        return await verify(replace(citation, law=binding[0]), searcher, as_of)
    shown = "、".join(f"《{title}》" for title in (binding or titles)[:_SHOWN])
    more = "等" if len(binding or titles) > _SHOWN else ""
    return Verified(citation, None, f"“{citation.law}”可以指{shown}{more}，请说明是哪一部。")


async def _why_not(citation: Citation, index: LawIndex, searcher: Searcher, as_of: date | None) -> Verified:
    versions = await index.versions(citation, as_of)
    coming = [a for a in versions if a.status is Status.NOT_YET]
    if coming:  # the version that would come next tells more than one long gone
        return Verified(citation, None, coming[-1].warning)
    repeal = await index.repealed(citation.law)
    if repeal is not None:
        return await _after(citation, repeal, versions, searcher, as_of)
    if versions:
        return Verified(citation, None, versions[0].warning)
    if not index.names.candidates(citation.law):
        return Verified(citation, None, f"《{citation.law}》不在法条库中，无法核对，请以官方文本为准。")
    return Verified(citation, None, f"《{citation.law}》中没有查到这一条。")


async def _after(
    citation: Citation, repeal: Repealed, versions: list[Article], searcher: Searcher, as_of: date | None
) -> Verified:
    """What to say of an article whose law ended."""
    law, day = repeal.law, f"{repeal.on.year}年{repeal.on.month}月{repeal.on.day}日"
    if as_of is not None and as_of < repeal.on:
        if versions:
            return Verified(citation, None, versions[0].warning)
        then = f"{as_of.year}年{as_of.month}月{as_of.day}日"
        told = f"《{law}》自{day}起才被《{repeal.by}》{repeal.article}废止，{then}的事要看当时的法律"
        return Verified(citation, None, f"{told}；原文不在法条库中，请以官方文本为准。")
    ended = f"《{law}》已自{day}起被《{repeal.by}》{repeal.article}废止"
    succession = default_successors().of(citation)
    if succession is None:
        return Verified(citation, None, f"{ended}，对应的条文请在《{repeal.by}》中查找。")
    if succession.relation == "dropped":
        return Verified(citation, None, f"{ended}，《{repeal.by}》中没有与这一条直接对应的条文。")
    found = [await searcher.get(successor, as_of) for successor in succession.citations]
    articles = tuple(article for article in found if article is not None)
    if len(articles) < len(found):
        return Verified(citation, None, f"{ended}，对应的条文请在《{repeal.by}》中查找。")
    numbers = "、".join(article.number for article in articles)
    # Even "same" is only nearly the same wording, so nobody may quote the old article under the new number unread.
    changed = "内容有修改" if succession.relation == "changed" else "文字可能有修改"
    told = f"{ended}，这一条的内容现在见《{succession.law}》{numbers}（{changed}），引用前请核对。"
    return Verified(citation, None, told, articles)


def _missing_part(citation: Citation, article: Article) -> str:
    """What paragraph or item the article does not have; empty when it has all."""
    paragraphs = split_paragraphs(article.text)
    if citation.paragraph and citation.paragraph > len(paragraphs):
        return f"{article.number}只有{len(paragraphs)}款，没有第{citation.paragraph}款。"
    if citation.item:
        scope = paragraphs[citation.paragraph - 1] if citation.paragraph else article.text
        items = sum(1 for line in scope.split("\n") if ITEM.match(line))
        if citation.item > items:
            return f"{article.number}没有第{citation.item}项。"
    return ""
