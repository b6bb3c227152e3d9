"""The seam between whoever needs law and whatever engine finds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge_base.article import Article
from knowledge_base.citation import Citation


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must satisfy. `as_of` None means today by the searcher's clock."""

    as_of: date | None = None
    in_force_only: bool = True
    levels: tuple[str, ...] = ()
    law: str = ""
    """Full or short title; empty for every law."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found, with its score (higher is better; comparable within one search only)."""

    article: Article
    score: float


class Searcher(Protocol):
    """Finds articles by words and by citation."""

    async def search(self, query: str, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
        """Articles for `query`, best first; an exact reference in the query comes first. Never raises for odd input."""
        ...

    async def get(self, citation: Citation, as_of: date | None = None) -> Article | None:
        """The article cited, in the version binding on `as_of` (today if None); None if there is none."""
        ...
