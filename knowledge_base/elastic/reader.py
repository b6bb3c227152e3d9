"""Searches the generation that an alias points to, and refuses answers from any other one than the local files hold."""

from __future__ import annotations

import asyncio
from typing import Any

from elasticsearch import AsyncElasticsearch

from knowledge_base.elastic.connection import ElasticUnavailable, connect, reported, shown
from knowledge_base.index.plan import Clause

MOST = 10_000
"""Hits that a cluster gives for one search."""


class AliasReader:
    """Raises ElasticUnavailable when the cluster does not answer in time or holds something else."""

    def __init__(self, url: str, alias: str, timeout: float) -> None:
        """`timeout` is seconds per request."""
        self._url = url
        self._alias = alias
        self._timeout = timeout
        self._connected: tuple[asyncio.AbstractEventLoop, AsyncElasticsearch] | None = None

    async def found(self, body: dict[str, Any], mark: str) -> list[tuple[str, float]]:
        """Id and score of every hit of a search; `mark` ends the name of the generation they must come from."""
        hits = await self._hits({**body, "docvalue_fields": ["id"]})
        if not hits:  # nothing tells whose nothing it is
            for hit in await self._hits({"query": {"match_all": {}}, "size": 1}):
                self._require(hit, mark)
                return []
            raise ElasticUnavailable(f"Elasticsearch at {shown(self._url)}: {self._alias} is empty")
        for hit in hits:
            self._require(hit, mark)
        return [(hit["fields"]["id"][0], float(hit.get("_score") or 0.0)) for hit in hits]

    async def aclose(self) -> None:
        """Close the connections."""
        if self._connected is not None:
            await self._connected[1].close()
            self._connected = None

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

    def _require(self, hit: dict[str, Any], mark: str) -> None:
        if not hit["_index"].endswith(mark):
            raise ElasticUnavailable(
                f"Elasticsearch at {shown(self._url)}: {hit['_index']} holds other articles or documents than the local"
                " index; import it with `faxian index`"
            )

    def _client(self) -> AsyncElasticsearch:
        """Connections belong to one event loop, and so to one process."""
        loop = asyncio.get_running_loop()
        if self._connected is None or self._connected[0] is not loop:
            self._connected = (loop, connect(self._url, self._timeout))
        return self._connected[1]


def clause_query(clause: Clause) -> dict[str, Any]:
    """The query of one clause of a plan."""
    if clause.constant:
        return {"constant_score": {"filter": {"term": {clause.field: clause.term}}, "boost": clause.boost}}
    return {"term": {clause.field: {"value": clause.term, "boost": clause.boost}}}


def day_filters(day: int | None) -> list[dict[str, Any]]:
    """What holds on `day`, a proleptic ordinal; anything for None."""
    if day is None:
        return []
    return [{"range": {"effective": {"lte": day}}}, {"range": {"ended": {"gt": day}}}]
