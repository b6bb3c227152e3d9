"""What a source hands over: one law in one version, as the source has it, nothing decided yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class SourceError(Exception):
    """A source could not be read; the message names the file and what to do."""


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """One row of a source."""

    row: int
    number: str
    """As the source prints it; may be a stand-in such as 全文 or 条目三."""
    chapter: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceLaw:
    """One version of a law with its articles in printed order."""

    id: str
    name: str
    kind: str
    """法律, 修正案, 修改决定, 立法解释, 宪法."""
    level: str
    issuer: str
    department: str
    published: date
    effective: date | None
    """As the source claims; may belong to another version."""
    version: date
    label: str
    """The source's status word; evidence only, never the decision."""
    articles: tuple[SourceArticle, ...]
