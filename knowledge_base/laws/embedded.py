"""The embedded engine: tantivy for words, SQLite for numbers, one folder, no server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from knowledge_base.index.files import IndexUnavailable
from knowledge_base.index.generation import current
from knowledge_base.index.manifest import Manifest
from knowledge_base.index.plan import MAX_QUERY
from knowledge_base.laws.law_search import POOL, LawSearch
from knowledge_base.searcher import Filters, Hit


class EmbeddedSearcher(LawSearch):
    """Implements Searcher over one index folder."""

    @classmethod
    def open(cls, path: Path, clock: Callable[[], date]) -> EmbeddedSearcher:
        """A searcher on the index at `path`; `clock` gives today. Raises IndexUnavailable when there is no index."""
        if Manifest.read(current(path)) is None:
            raise IndexUnavailable(f"there is no law index at {path}; build it with `faxian index`")
        return cls(path, clock)

    async def search(self, query: str, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
        """Articles for `query`, best first; an exact reference in the query comes first. Never raises for odd input."""
        return self.search_now(query, filters, limit)

    def search_now(self, query: str, filters: Filters, limit: int) -> list[Hit]:
        """`search` without a loop; takes a few milliseconds."""
        if limit <= 0:
            return []
        local, on, query = self.local, self._day(filters), query[:MAX_QUERY]
        plan = local.planner.plan(query)
        conditions = local.conditions(filters, on)
        found = local.candidates(plan, conditions, max(POOL, limit)) if plan else []
        ranked = local.ranked(query, found, conditions, on, limit)
        return self._merge(local.cited(query, filters, on)[:limit], ranked, limit)
