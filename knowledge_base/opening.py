"""Opens the searcher that the settings ask for: embedded alone, or a cluster with the embedded one behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from knowledge_base.embedded import EmbeddedSearcher

if TYPE_CHECKING:
    from knowledge_base.elastic.fallback import FallbackSearcher


@runtime_checkable
class Settling(Protocol):
    """A searcher that does something between searches."""

    async def settle(self) -> None:
        """Wait for it; for those whose event loop stands still between two searches."""
        ...


def open_searcher(
    path: Path, clock: Callable[[], date], url: str = "", pause: float = 5.0
) -> EmbeddedSearcher | FallbackSearcher:
    """A searcher on the index at `path`, on the cluster at `url` where one is given; `clock` gives today.

    `pause`: seconds between two looks at a cluster that was lost. Raises IndexUnavailable when there is no index at
    `path`; a cluster that does not answer is no error, since the embedded index answers for it.
    """
    embedded = EmbeddedSearcher.open(path, clock)
    if not url:
        return embedded
    # The client is heavy; who has no cluster does not pay for it.
    from knowledge_base.elastic.fallback import FallbackSearcher
    from knowledge_base.elastic.searcher import ElasticSearcher

    return FallbackSearcher(ElasticSearcher(path, clock, url, files=embedded), embedded, pause=pause)
