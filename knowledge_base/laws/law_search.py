"""What every searcher of law has in common: the local files, kept fresh, and all that is answered from them alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from knowledge_base.article import Article, Status
from knowledge_base.citation import Citation
from knowledge_base.citations.law_names import LawNames
from knowledge_base.index.generation import current
from knowledge_base.index.manifest import Manifest
from knowledge_base.laws.local_index import LocalIndex
from knowledge_base.searcher import Filters, Hit
from knowledge_base.validity.validity import Repealed

POOL = 60
"""Candidates an engine gives before they are ranked; enough that no article that should be shown is outside."""


class LawSearch:
    """Over one index folder. Opens the files on first use, again in every forked process and for every generation."""

    def __init__(self, path: Path, clock: Callable[[], date], files: LawSearch | None = None) -> None:
        """`files`: a searcher on the same folder whose open files serve this one too."""
        self._files = files
        self._path = path
        self._clock = clock
        self._opened: tuple[int, Path, LocalIndex] | None = None

    @property
    def local(self) -> LocalIndex:
        """The files of the current generation. Raises IndexUnavailable when they cannot be used."""
        if self._files is not None:
            return self._files.local
        now = current(self._path)
        if self._opened is None or self._opened[0] != os.getpid() or self._opened[1] != now:
            self._opened = (os.getpid(), now, LocalIndex(now))
        return self._opened[2]

    @property
    def manifest(self) -> Manifest:
        """Where the current index came from."""
        return self.local.manifest

    @property
    def names(self) -> LawNames:
        """Names of every law in the index and of those they repealed."""
        return self.local.names

    async def get(self, citation: Citation, as_of: date | None = None) -> Article | None:
        """The article in the version binding on `as_of` (today if None); None if there is none."""
        found = await self.versions(citation, as_of)
        return next((a for a in found if a.status is Status.IN_FORCE), None)

    async def versions(self, citation: Citation, as_of: date | None = None) -> list[Article]:
        """Every version of the article, binding or not, latest first, with the status on `as_of`."""
        return self.local.versions(citation, as_of or self._clock())

    async def repealed(self, law: str) -> Repealed | None:
        """Which law repealed `law` (full title), None if none in the index did."""
        title = self.names.resolve(law) or law
        return next((r for r in self.local.store.repealed() if r.law == title), None)

    def _day(self, filters: Filters) -> date:
        return filters.as_of or self._clock()

    @staticmethod
    def _merge(cited: list[Hit], ranked: list[Hit], limit: int) -> list[Hit]:
        seen = {hit.article.id for hit in cited}
        return (cited + [hit for hit in ranked if hit.article.id not in seen])[:limit]
