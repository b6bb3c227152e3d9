"""A searcher that asks a remote engine and, when that fails or dawdles, answers from the embedded index."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Protocol

from knowledge_base.article import Article
from knowledge_base.citation import Citation
from knowledge_base.citations.law_names import LawNames
from knowledge_base.elastic.breaker import Breaker
from knowledge_base.index.manifest import Manifest
from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.searcher import Filters, Hit, Searcher
from knowledge_base.validity.validity import Repealed

PROBE = "劳动合同解除的经济补偿"
"""A question as people ask it: what answers it in time is fit to be asked again."""


class Remote(Searcher, Protocol):
    """The engine that may be lost; its searches raise ElasticUnavailable when it is."""

    async def aclose(self) -> None:
        """Close its connections."""
        ...


class FallbackSearcher:
    """Implements Searcher. A look-up by number needs no engine."""

    def __init__(
        self,
        remote: Remote,
        embedded: EmbeddedSearcher,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        patience: float = 0.8,
        pause: float = 2.0,
    ) -> None:
        """`patience` and `pause` as Breaker has them."""
        self._remote = remote
        self._embedded = embedded
        self._breaker = Breaker(
            "search", lambda: remote.search(PROBE, limit=1), monotonic=monotonic, patience=patience, pause=pause
        )

    @property
    def degraded(self) -> bool:
        """The embedded index answers at present."""
        return self._breaker.lost

    @property
    def manifest(self) -> Manifest:
        """Where the index came from."""
        return self._embedded.manifest

    @property
    def names(self) -> LawNames:
        """Names of every law in the index and of those they repealed."""
        return self._embedded.names

    async def search(self, query: str, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
        """Articles for `query`, best first, from whichever engine answers; the two rank alike."""
        found = await self._breaker.ask(lambda: self._remote.search(query, filters, limit))
        return await self._embedded.search(query, filters, limit) if found is None else found

    async def get(self, citation: Citation, as_of: date | None = None) -> Article | None:
        """The article in the version binding on `as_of` (today if None); None if there is none."""
        return await self._embedded.get(citation, as_of)

    async def versions(self, citation: Citation, as_of: date | None = None) -> list[Article]:
        """Every version of the article, binding or not, latest first, with the status on `as_of`."""
        return await self._embedded.versions(citation, as_of)

    async def repealed(self, law: str) -> Repealed | None:
        """Which law repealed `law` (full title), None if none in the index did."""
        return await self._embedded.repealed(law)

    async def settle(self) -> None:
        """Wait for a probe that is under way; for those whose event loop stands still between two searches."""
        await self._breaker.settle()

    async def aclose(self) -> None:
        """End a probe that is under way and close the connections."""
        await self._breaker.aclose()
        await self._remote.aclose()
