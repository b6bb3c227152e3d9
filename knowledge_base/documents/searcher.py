"""The seam between whoever needs documents — cases, guides, institutions — and whatever engine finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge_base.document import Document, Kind


@dataclass(frozen=True, slots=True)
class DocumentFilters:
    """What a hit must satisfy."""

    kinds: tuple[Kind, ...] = ()
    """Empty for every kind."""
    region: str = ""
    """Division code of six digits: the county's own documents come first, then those of its city, of its province, of
    the whole country; those of other provinces never. "" for no such order and no such limit."""
    area: str = ""
    as_of: date | None = None
    """The day on which it must hold; None for today by the searcher's clock."""


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document found."""

    document: Document
    score: float
    """Higher is better; comparable within one search and one step of the region only."""
    shared: tuple[str, ...] = ()
    """Words that query and document have in common, the most telling first."""
    likeness: float = 0.0
    """0 to 1: how much of what the query says, weighted by how telling each word is, the document says too."""


class DocumentSearcher(Protocol):
    """Finds documents by words, by cited article and by place."""

    async def find(
        self, query: str, filters: DocumentFilters = DocumentFilters(), limit: int = 10
    ) -> list[DocumentHit]:
        """Documents for `query`, best first. Articles named in the query count where a document rests on them.

        A query without any word lists what the filters allow, in the order of import. Never raises for odd input.
        """
        ...

    async def document(self, id: str) -> Document | None:
        """The document with this id, in force or not; None if there is none."""
        ...
