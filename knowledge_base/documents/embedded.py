"""The embedded engine for documents: the files of the current index generation, no server."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from knowledge_base.document import Document
from knowledge_base.documents.local import LocalDocuments
from knowledge_base.documents.plan import Asked, DocumentConditions, conditions
from knowledge_base.documents.searcher import DocumentFilters, DocumentHit
from knowledge_base.documents.write import FOLDER
from knowledge_base.index.generation import current


class EmbeddedDocuments:
    """Implements DocumentSearcher over one index folder.

    Opens the files on first use, again in every forked process and for every generation. Another engine overrides
    `candidates` alone.
    """

    def __init__(self, path: Path, clock: Callable[[], date]) -> None:
        self._path = path
        self._clock = clock
        self._opened: tuple[int, Path, LocalDocuments] | None = None

    @property
    def local(self) -> LocalDocuments:
        """The files of the current generation. Raises IndexUnavailable when they cannot be used."""
        now = current(self._path) / FOLDER
        if self._opened is None or self._opened[0] != os.getpid() or self._opened[1] != now:
            self._opened = (os.getpid(), now, LocalDocuments(now))
        return self._opened[2]

    async def find(
        self, query: str, filters: DocumentFilters = DocumentFilters(), limit: int = 10
    ) -> list[DocumentHit]:
        """Documents for `query`, best first; see DocumentSearcher."""
        local, found, seen = self.local, list[DocumentHit](), set[str]()
        if limit <= 0:
            return []
        asked = local.planner.ask(query)
        if not asked.plan and not (filters.kinds or filters.region or filters.area):
            return []
        for step in conditions(filters, self._clock().toordinal()):
            candidates = await self.candidates(asked, step, limit + len(found))
            hits = local.hits(asked, candidates, limit + len(found))
            found += [hit for hit in hits if hit.document.id not in seen]
            seen |= {hit.document.id for hit in hits}
            if len(found) >= limit:
                break
        return found[:limit]

    async def candidates(self, asked: Asked, step: DocumentConditions, limit: int) -> list[tuple[int, float]]:
        """The best `limit` row numbers with their scores, from the words in the files."""
        return self.local.candidates(asked, step, limit)

    async def document(self, id: str) -> Document | None:
        """The document with this id, in force or not; None if there is none."""
        return self.local.store.get(id)
