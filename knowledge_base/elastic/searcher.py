"""The Elasticsearch engine: finds candidates in a cluster; everything else comes from the local files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from knowledge_base.elastic.connection import ALIAS
from knowledge_base.elastic.marks import mark
from knowledge_base.elastic.reader import MOST, AliasReader, clause_query, day_filters
from knowledge_base.index.plan import MAX_QUERY, Conditions, Plan
from knowledge_base.laws.law_search import POOL, LawSearch
from knowledge_base.laws.local_index import LocalIndex
from knowledge_base.searcher import Filters, Hit


class ElasticSearcher(LawSearch):
    """Implements Searcher over one cluster and one index folder, which must hold the same generation.

    Searches raise ElasticUnavailable when the cluster does not answer in time or holds other articles than the folder.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], date],
        url: str,
        *,
        alias: str = ALIAS,
        timeout: float = 0.8,
        files: LawSearch | None = None,
    ) -> None:
        """`clock` gives today; `timeout` is seconds per request; `files` as LawSearch has it."""
        super().__init__(path, clock, files)
        self._reader = AliasReader(url, alias, timeout)
        self._mark: tuple[LocalIndex, str] | None = None

    async def search(self, query: str, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
        """Articles for `query`, best first; an exact reference in the query comes first."""
        if limit <= 0:
            return []
        local, on, query = self.local, self._day(filters), query[:MAX_QUERY]
        plan = local.planner.plan(query)
        conditions = local.conditions(filters, on)
        found = await self._candidates(local, plan, conditions, max(POOL, limit)) if plan else []
        ranked = local.ranked(query, found, conditions, on, limit)
        return self._merge(local.cited(query, filters, on)[:limit], ranked, limit)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._reader.aclose()

    async def _candidates(
        self, local: LocalIndex, plan: Plan, conditions: Conditions, size: int
    ) -> list[tuple[int, float]]:
        body = {
            "query": {
                "bool": {
                    "should": [clause_query(clause) for clause in plan.clauses],
                    "minimum_should_match": 1,
                    "filter": _filters(conditions),
                }
            },
            "size": min(size, MOST),
        }
        if self._mark is None or self._mark[0] is not local:
            self._mark = (local, mark(local.store.mark(), local.manifest.analysis))
        found = await self._reader.found(body, self._mark[1])
        rows = local.store.rows(id_ for id_, _ in found)
        return [(rows[id_], score) for id_, score in found]


def _filters(conditions: Conditions) -> list[dict[str, Any]]:
    out = day_filters(conditions.day)
    if conditions.levels:
        out.append({"terms": {"level": list(conditions.levels)}})
    if conditions.law:
        out.append({"term": {"law": conditions.law}})
    return out
