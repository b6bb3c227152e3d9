"""Opens the searchers that the settings ask for: the embedded index alone, or a cluster that it stands in for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from knowledge_base.documents.embedded import EmbeddedDocuments
from knowledge_base.laws.embedded import EmbeddedSearcher

if TYPE_CHECKING:
    from knowledge_base.elastic.document_fallback import FallbackDocuments
    from knowledge_base.elastic.fallback import FallbackSearcher


@runtime_checkable
class Settling(Protocol):
    """A searcher with connections, that does something between searches."""

    async def settle(self) -> None:
        """Wait for it; for those whose event loop stands still between two searches."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
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


def open_documents(
    path: Path, clock: Callable[[], date], url: str = "", pause: float = 5.0
) -> EmbeddedDocuments | FallbackDocuments:
    """The same for documents. The files are opened by the first search, which raises IndexUnavailable without them."""
    embedded = EmbeddedDocuments(path, clock)
    if not url:
        return embedded
    from knowledge_base.elastic.document_fallback import FallbackDocuments
    from knowledge_base.elastic.documents import ElasticDocuments

    return FallbackDocuments(ElasticDocuments(path, clock, url, files=embedded), embedded, pause=pause)
