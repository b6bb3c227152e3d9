"""What a source hands over: one law in one version, as the source has it, nothing decided yet."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


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
    """Unique within its source; ids of articles are made from it."""
    name: str
    """Full title without book-title marks, e.g. 中华人民共和国民法典."""
    kind: str
    """法律, 修正案, 修改决定, 立法解释, 宪法, 行政法规, 司法解释, 部门规章, 地方性法规, 国际条约."""
    level: str
    """宪法, 法律, 行政法规, 司法解释, 部门规章, 地方性法规, 国际条约."""
    issuer: str
    department: str
    """Branch of law as the source sorts it, e.g. 民法商法; may be empty."""
    published: date
    effective: date | None
    """As the source claims; may belong to another version."""
    version: date
    label: str
    """The source's status word; evidence only, never the decision."""
    articles: tuple[SourceArticle, ...]
    source: str = ""
    """Name of the importer; "" for the package that is always there."""
    region: str = ""
    """Administrative division code of a local regulation; "" for the whole country."""
    amended: tuple[date, ...] = ()
    """Days of earlier amendments, oldest first, as far as the source tells."""
    checksum: str = ""
    """SHA-256 of the file it came from."""
    basis: tuple[str, ...] = ()
    """Titles of the laws that its preamble says it rests on, as far as the source has a preamble."""

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, default=date.isoformat)

    @classmethod
    def from_json(cls, line: str) -> SourceLaw:
        """The law that `to_json` wrote. Raises ValueError or KeyError for anything else."""
        data: dict[str, Any] = json.loads(line)
        for name in ("published", "effective", "version"):
            data[name] = date.fromisoformat(data[name]) if data[name] else None
        data["amended"] = tuple(date.fromisoformat(day) for day in data["amended"])
        data["basis"] = tuple(data.get("basis", ()))
        data["articles"] = tuple(SourceArticle(**article) for article in data["articles"])
        return cls(**data)
