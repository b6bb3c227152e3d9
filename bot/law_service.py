"""Law as the channels ask for it: search, one article, citations of a text verified; plain JSON values out."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from knowledge_base.article import Article
from knowledge_base.citation import Citation
from knowledge_base.citations.references import parse_citations
from knowledge_base.citations.verify import verify_text
from knowledge_base.searcher import Filters, Searcher
from knowledge_base.text.numerals import format_number, read_number

_DIGITS = "[0-9零〇一二两三四五六七八九十百千]"
ARTICLE_NUMBER = re.compile(f"第?(?P<main>{_DIGITS}{{1,12}})条?(?:[之-](?P<sub>{_DIGITS}{{1,6}}))?")
"""How an article number may be written; the app API's document says the same."""


class BadArticleNumber(ValueError):
    """What was given is not an article number."""


class LawService:
    """Wraps a searcher for those who may not know the knowledge base."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    async def search(self, query: str, limit: int, as_of: date | None = None) -> list[dict[str, Any]]:
        """Articles for `query` in force on `as_of` (today if None), best first, each with its `score`."""
        hits = await self._searcher.search(query, Filters(as_of=as_of), limit)
        return [{**article_json(hit.article), "score": round(hit.score, 4)} for hit in hits]

    async def article(self, law: str, number: str, as_of: date | None = None) -> dict[str, Any] | None:
        """The article of a law by full or short name; `number` as 第四十七条, 四十七, 47, 133-1. None if there is none.

        Raises BadArticleNumber when `number` is no article number.
        """
        key = _key(number)
        if key is None:
            return None
        found = parse_citations(f"《{law.strip('《》')}》{format_number(key)}")
        citation = Citation(found[0].law, key) if found else Citation(law.strip("《》"), key)
        article = await self._searcher.get(citation, as_of)
        return None if article is None else article_json(article)

    async def why_not(self, law: str, number: str, as_of: date | None = None) -> str:
        """Why `article` gives none: law unknown, repealed with its successor, other version (Simplified Chinese)."""
        key = _key(number)
        if key is None:
            return "没有找到这一条。"
        found = await verify_text(f"《{law.strip('《》')}》{format_number(key)}", self._searcher, as_of)
        return found[0].reason if found and found[0].reason else "没有找到这一条。"

    async def verify(self, text: str, as_of: date | None = None) -> list[dict[str, Any]]:
        """Every citation in `text`, in order: where it stands, what it points to, and why not if to nothing."""
        return [
            {
                "text": verified.citation.text,
                "start": verified.citation.start,
                "law": verified.citation.law,
                "number": format_number(verified.citation.key),
                "paragraph": verified.citation.paragraph,
                "item": verified.citation.item,
                "resolved": verified.article is not None,
                "reason": verified.reason,
                "article": None if verified.article is None else article_json(verified.article),
                "successors": [article_json(article) for article in verified.successors],
            }
            for verified in await verify_text(text, self._searcher, as_of)
        ]


def _key(number: str) -> str | None:
    """The canonical key of an article number in any of its spellings; None when no law counts that far.

    Raises BadArticleNumber.
    """
    match = ARTICLE_NUMBER.fullmatch(number.strip())
    if match is None:
        raise BadArticleNumber(number)
    try:
        main = read_number(match["main"])
        sub = read_number(match["sub"]) if match["sub"] else None
    except ValueError:
        return None
    if not main or sub == 0:
        return None
    return str(main) if sub is None else f"{main}-{sub}"


def article_json(article: Article) -> dict[str, Any]:
    """An article as plain JSON."""
    return {
        "law": article.law,
        "number": article.number,
        "key": article.key,
        "text": article.text,
        "chapter": article.chapter,
        "section": article.section,
        "level": article.level,
        "issuer": article.issuer,
        "published": _iso(article.published),
        "effective": _iso(article.effective),
        "ended": _iso(article.ended),
        "version": article.version,
        "status": str(article.status),
        "warning": article.warning,
        "source": article.source,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
