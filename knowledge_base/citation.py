"""A pointer to an article as people and documents write it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a text points: law, article and, if given, paragraph and item."""

    law: str
    """Full title when the short name is known, else the name as written."""
    key: str
    """Canonical article number, "47" or "133-1"."""
    paragraph: int | None = None
    item: int | None = None
    text: str = ""
    """As written in the source text; empty for a citation built in code."""
    start: int = 0
    """Offset of `text` in the source text."""
