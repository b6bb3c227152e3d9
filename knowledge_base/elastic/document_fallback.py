"""Finds documents in a cluster and, when that fails or dawdles, in the embedded index."""

from __future__ import annotations

import time
from collections.abc import Callable

from knowledge_base.document import Document
from knowledge_base.documents.embedded import EmbeddedDocuments
from knowledge_base.documents.searcher import DocumentFilters, DocumentHit
from knowledge_base.elastic.breaker import Breaker
from knowledge_base.elastic.documents import ElasticDocuments
from knowledge_base.elastic.fallback import PROBE


class FallbackDocuments:
    """Implements DocumentSearcher. A look-up by id needs no engine."""

    def __init__(
        self,
        remote: ElasticDocuments,
        embedded: EmbeddedDocuments,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        patience: float = 0.8,
        pause: float = 2.0,
    ) -> None:
        """`patience` and `pause` as Breaker has them."""
        self._remote = remote
        self._embedded = embedded
        self._breaker = Breaker(
            "documents", lambda: remote.find(PROBE, limit=1), monotonic=monotonic, patience=patience, pause=pause
        )

    @property
    def degraded(self) -> bool:
        """The embedded index answers at present."""
        return self._breaker.lost

    async def find(
        self, query: str, filters: DocumentFilters = DocumentFilters(), limit: int = 10
    ) -> list[DocumentHit]:
        """Documents for `query`, best first, from whichever engine answers; the two rank alike."""
        found = await self._breaker.ask(lambda: self._remote.find(query, filters, limit))
        return await self._embedded.find(query, filters, limit) if found is None else found

    async def document(self, id: str) -> Document | None:
        """The document with this id, in force or not; None if there is none."""
        return await self._embedded.document(id)

    async def settle(self) -> None:
        """Wait for a probe that is under way; for those whose event loop stands still between two searches."""
        await self._breaker.settle()

    async def aclose(self) -> None:
        """End a probe that is under way and close the connections."""
        await self._breaker.aclose()
        await self._remote.aclose()
