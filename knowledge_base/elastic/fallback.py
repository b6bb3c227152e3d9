"""A searcher that asks a remote engine and, when that fails or dawdles, answers from the embedded index."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import date
from typing import Protocol

from knowledge_base.article import Article
from knowledge_base.citation import Citation
from knowledge_base.elastic.connection import ElasticUnavailable
from knowledge_base.embedded import EmbeddedSearcher
from knowledge_base.law_names import LawNames
from knowledge_base.manifest import Manifest
from knowledge_base.searcher import Filters, Hit, Searcher
from knowledge_base.validity import Repealed

logger = logging.getLogger(__name__)


_PROBE = "劳动合同解除的经济补偿"
"""A question as people ask it: what answers it in time is fit to be asked again."""


class Remote(Searcher, Protocol):
    """The engine that may be lost; its searches raise ElasticUnavailable when it is."""

    async def aclose(self) -> None:
        """Close its connections."""
        ...


class FallbackSearcher:
    """Implements Searcher. Once the remote engine has failed it is left alone but for a probe in the background.

    The probe is started by a search, never waited for, and at most once in `pause` seconds. A look-up by number needs
    no engine.
    """

    def __init__(
        self,
        remote: Remote,
        embedded: EmbeddedSearcher,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        patience: float = 0.8,
        pause: float = 2.0,
    ) -> None:
        """`patience`: seconds a search waits for `remote`; the rest of a second is ample for the embedded engine."""
        self._remote = remote
        self._embedded = embedded
        self._monotonic = monotonic
        self._patience = patience
        self._pause = pause
        self._failed_at: float | None = None
        self._probe: asyncio.Task[None] | None = None

    @property
    def degraded(self) -> bool:
        """The embedded index answers at present."""
        return self._failed_at is not None

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
        if self._failed_at is None:
            try:
                async with asyncio.timeout(self._patience):
                    return await self._remote.search(query, filters, limit)
            except TimeoutError:
                self._lost(f"no answer within {self._patience} s")
            except ElasticUnavailable as error:
                self._lost(str(error))
        else:
            self._look(self._failed_at)
        return await self._embedded.search(query, filters, limit)

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
        probe = self._probing()
        if probe is not None:
            await asyncio.gather(probe, return_exceptions=True)

    async def aclose(self) -> None:
        """End a probe that is under way and close the connections."""
        probe = self._probing()
        if probe is not None:
            probe.cancel()
            await asyncio.gather(probe, return_exceptions=True)
        await self._remote.aclose()

    def _lost(self, why: str) -> None:
        if self._failed_at is None:  # many searches may fail at once
            logger.warning("search: the embedded index answers from now on: %s", why)
        self._failed_at = self._monotonic()

    def _look(self, failed_at: float) -> None:
        """Start a probe if one is due."""
        if self._probing() is None and self._monotonic() - failed_at >= self._pause:
            self._probe = asyncio.get_running_loop().create_task(self._recover())

    def _probing(self) -> asyncio.Task[None] | None:
        """The probe under way. One that a closed event loop left behind does not count."""
        probe = self._probe
        if probe is None or probe.done() or probe.get_loop() is not asyncio.get_running_loop():
            return None
        return probe

    async def _recover(self) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await self._remote.search(_PROBE, limit=1)
        except (ElasticUnavailable, TimeoutError):
            self._failed_at = self._monotonic()
        else:
            self._failed_at = None
            logger.warning("search: Elasticsearch answers again")
