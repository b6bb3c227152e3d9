"""The Elasticsearch engine for documents: finds candidates in a cluster; everything else comes from the local files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from knowledge_base.documents.embedded import EmbeddedDocuments
from knowledge_base.documents.local import LocalDocuments
from knowledge_base.documents.plan import Asked, DocumentConditions
from knowledge_base.elastic.connection import DOCUMENTS_ALIAS
from knowledge_base.elastic.marks import analysis_of, mark
from knowledge_base.elastic.reader import MOST, AliasReader, clause_query, day_filters


class ElasticDocuments(EmbeddedDocuments):
    """Implements DocumentSearcher over one cluster and one index folder, which must hold the same documents.

    Searches raise ElasticUnavailable when the cluster does not answer in time or holds other documents than the folder.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], date],
        url: str,
        *,
        alias: str = DOCUMENTS_ALIAS,
        timeout: float = 0.8,
        files: EmbeddedDocuments | None = None,
    ) -> None:
        """`clock` gives today; `timeout` is seconds per request; `files` has opened the folder already."""
        super().__init__(path, clock)
        self._files = files
        self._reader = AliasReader(url, alias, timeout)
        self._mark: tuple[LocalDocuments, str] | None = None

    @property
    def local(self) -> LocalDocuments:
        """The files of the current generation. Raises IndexUnavailable when they cannot be used."""
        return super().local if self._files is None else self._files.local

    async def candidates(self, asked: Asked, step: DocumentConditions, limit: int) -> list[tuple[int, float]]:
        """The best `limit` row numbers with their scores, from the cluster; in the order of import for no words."""
        local = self.local
        if self._mark is None or self._mark[0] is not local:
            self._mark = (local, mark(local.store.mark, analysis_of(local.path.parent)))
        query: dict[str, Any] = {"filter": _filters(step)}
        body: dict[str, Any] = {"query": {"bool": query}, "size": min(limit, MOST)}
        if asked.plan:
            query |= {"should": [clause_query(c) for c in asked.plan.clauses], "minimum_should_match": 1}
        else:
            body["sort"] = ["seq"]
        found = await self._reader.found(body, self._mark[1])
        rows = local.store.rows(id_ for id_, _ in found)
        return [(rows[id_], score) for id_, score in found]

    async def aclose(self) -> None:
        """Close the connections."""
        await self._reader.aclose()


def _filters(step: DocumentConditions) -> list[dict[str, Any]]:
    out = day_filters(step.day)
    for field, terms in (("kind", step.kinds), ("region", step.regions)):
        if terms:
            out.append({"terms": {field: list(terms)}})
    if step.area:
        out.append({"term": {"area": step.area}})
    return out
