"""A remote search engine that does what a test tells it."""

from __future__ import annotations

import asyncio
from datetime import date

from knowledge_base.article import Article
from knowledge_base.citation import Citation
from knowledge_base.searcher import Filters, Hit


class FakeRemote:
    """Finds nothing; raises `error` or waits for ever where told to."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.hangs = False
        self.asked = 0
        self.closed = False

    async def search(self, query: str, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
        """No hit at all, by which it is told from the embedded index."""
        self.asked += 1
        if self.hangs:
            await asyncio.Event().wait()
        if self.error is not None:
            raise self.error
        return []

    async def get(self, citation: Citation, as_of: date | None = None) -> Article | None:
        """Nothing."""
        return None

    async def aclose(self) -> None:
        """Remembered."""
        self.closed = True
