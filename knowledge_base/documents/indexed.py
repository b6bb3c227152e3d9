"""A document as a full-text engine gets it: cut into words by our own analysis, so that every engine sees the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from knowledge_base.document import Document
from knowledge_base.index.indexed import FOREVER
from knowledge_base.text.analysis import bigrams, normalise

SCORED_FIELDS = ("title", "gist", "body", "grams")
"""Scored by BM25; words separated by spaces."""
EXACT_FIELDS = ("id", "kind", "area", "region", "citation")
"""Terms taken as they are; region and citation may have several, the others have one."""
EMPTY = "␀"
"""Stands in a scored field without words. Lucene reckons rarity and length among the documents that have the field,
tantivy among all; with a word in each the two agree. No analysis gives this word."""
NATION = "00"
"""Region term of what holds in the whole country."""
_ITEM = re.compile("》(第[^款项]+?条(?:之[一二三四五六七八九十百]+)?)")
_GRAMS_FROM = 500
"""Characters of title, keywords, gist and text that are also indexed in pairs: where a case says what it is about.
Pairs of whole texts would double the index for nothing measurable."""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What is written for one document."""

    seq: int
    """Row number in the document store; ties are broken by it."""
    id: str
    kind: str
    area: str
    effective: int
    """Proleptic ordinal of the first day on which it holds; 0 when it always did."""
    ended: int
    """Proleptic ordinal of the first day on which it no longer holds."""
    regions: tuple[str, ...]
    """Its division and those above it: 330106, 3301, 33; or NATION."""
    citations: tuple[str, ...]
    """《law》第…条 of every article cited, without paragraph and item."""
    title: str
    gist: str
    body: str
    grams: str

    @classmethod
    def of(cls, document: Document, seq: int, cut: Callable[[str], str]) -> IndexedDocument:
        """`document` in words; `cut` gives the words of normalised text, separated by spaces."""
        title, gist = normalise(document.title), normalise(f"{' '.join(document.keywords)} {document.gist}")
        extra = " ".join(v for k, v in document.fields.items() if k in _SEARCHED)
        text = normalise(f"{document.text} {extra}")
        return cls(
            seq=seq,
            id=document.id,
            kind=document.kind.value,
            area=document.area,
            effective=document.effective.toordinal() if document.effective else 0,
            ended=document.ended.toordinal() if document.ended else FOREVER,
            regions=region_terms(document.region),
            citations=tuple(dict.fromkeys(article_term(c) for c in document.citations)),
            title=cut(title),
            gist=cut(gist),
            body=cut(text),
            grams=" ".join(bigrams(f"{title} {gist} {text}"[:_GRAMS_FROM])),
        )

    @property
    def texts(self) -> dict[str, str]:
        """Text of every scored field."""
        words = {"title": self.title, "gist": self.gist, "body": self.body, "grams": self.grams}
        return {name: text or EMPTY for name, text in words.items()}


_SEARCHED = ("地址", "执业机构", "类别", "业务范围", "执业证号", "统一社会信用代码")
"""Fields of institutions and practitioners that people search by."""


def region_terms(code: str) -> tuple[str, ...]:
    """A division code and those above it, narrowest first, without trailing zeros; NATION for ""."""
    if not code:
        return (NATION,)
    steps = (code, code[:4], code[:2])
    return tuple(dict.fromkeys(s for s in steps if len(s) == 2 or not s.endswith("00")))


def article_term(citation: str) -> str:
    """A citation as documents are found by it: to the article, not to paragraph or item."""
    found = _ITEM.search(citation)
    return citation[: found.end()] if found else citation
