"""The Elasticsearch engine: finds candidates in a cluster; everything else comes from the local files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from elasticsearch import AsyncElasticsearch

from knowledge_base.elastic.connection import ALIAS, ElasticUnavailable, connect, reported, shown
from knowledge_base.law_search import POOL, LawSearch
from knowledge_base.local_index import LocalIndex
from knowledge_base.plan import MAX_QUERY, Clause, Conditions, Plan
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
        self._url = url
        self._alias = alias
        self._timeout = timeout
        self._connected: tuple[asyncio.AbstractEventLoop, AsyncElasticsearch] | None = None
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
        if self._connected is not None:
            await self._connected[1].close()
            self._connected = None

    async def _candidates(
        self, local: LocalIndex, plan: Plan, conditions: Conditions, size: int
    ) -> list[tuple[int, float]]:
        body = {
            "query": {
                "bool": {
                    "should": [_clause(clause) for clause in plan.clauses],
                    "minimum_should_match": 1,
                    "filter": _filters(conditions),
                }
            },
            "size": size,
            "docvalue_fields": ["id"],
        }
        scores: dict[str, float] = {}
        hits = await self._hits(body)
        for hit in hits:
            self._require(local, hit)
            scores[hit["fields"]["id"][0]] = float(hit["_score"])
        if not hits:
            await self._check(local)  # nothing tells whose nothing it is
        rows = local.store.rows(scores)
        return [(rows[id_], score) for id_, score in scores.items()]

    async def _hits(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        fixed = {"_source": False, "stored_fields": "_none_", "track_total_hits": False}
        with reported(self._url):
            answer = await self._client().search(
                index=self._alias,
                body={**body, **fixed},
                allow_partial_search_results=False,
                filter_path="hits.hits._index,hits.hits._score,hits.hits.fields",
            )
        found: list[dict[str, Any]] = answer.get("hits", {}).get("hits", [])
        return found

    async def _check(self, local: LocalIndex) -> None:
        """Raises ElasticUnavailable unless the alias points to articles, and to those of the folder."""
        hits = await self._hits({"query": {"match_all": {}}, "size": 1})
        if not hits:
            raise ElasticUnavailable(f"Elasticsearch at {shown(self._url)}: {self._alias} is empty")
        self._require(local, hits[0])

    def _require(self, local: LocalIndex, hit: dict[str, Any]) -> None:
        """The name of a generation ends with the mark of its articles."""
        if self._mark is None or self._mark[0] is not local:
            self._mark = (local, local.store.mark())
        if not hit["_index"].endswith(self._mark[1]):
            raise ElasticUnavailable(
                f"Elasticsearch at {shown(self._url)}: {hit['_index']} holds other articles than the local index;"
                " import it with `faxian index`"
            )

    def _client(self) -> AsyncElasticsearch:
        """Connections belong to one event loop, and so to one process."""
        loop = asyncio.get_running_loop()
        if self._connected is None or self._connected[0] is not loop:
            self._connected = (loop, connect(self._url, self._timeout))
        return self._connected[1]


def _clause(clause: Clause) -> dict[str, Any]:
    if clause.constant:
        return {"constant_score": {"filter": {"term": {clause.field: clause.term}}, "boost": clause.boost}}
    return {"term": {clause.field: {"value": clause.term, "boost": clause.boost}}}


def _filters(conditions: Conditions) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    if conditions.day is not None:
        out.append({"range": {"effective": {"lte": conditions.day}}})
        out.append({"range": {"ended": {"gt": conditions.day}}})
    if conditions.levels:
        out.append({"terms": {"level": list(conditions.levels)}})
    if conditions.law:
        out.append({"term": {"law": conditions.law}})
    return out
