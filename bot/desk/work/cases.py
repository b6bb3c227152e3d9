"""Decided cases for a suggestion, from the document index."""

from __future__ import annotations

from collections.abc import Sequence

from bot.interviews.precedent import precedents
from knowledge_base.documents.searcher import DocumentSearcher


class DecidedCases:
    """Implements `bot.desk.work.suggestion.Cases`."""

    def __init__(self, documents: DocumentSearcher) -> None:
        self._documents = documents

    async def alike(self, facts: str, citations: Sequence[str], area: str) -> Sequence[tuple[str, ...]]:
        """Cases like the one told; none rather than one that only shares words."""
        return [one.lines for one in await precedents(facts, citations, area, self._documents)]
