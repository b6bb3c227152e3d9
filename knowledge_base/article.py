"""One article of a law in one version, as the index holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Whether a version binds on a given day; decided from dates and versions, not from the source's label."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one version. Texts are as printed in the source."""

    id: str
    """Stable identifier inside the index."""
    law: str
    """Full title without book-title marks, e.g. 中华人民共和国民法典."""
    number: str
    """As printed, e.g. 第一千二百五十四条; empty where the source has none."""
    key: str
    """Canonical number: "1254", "133-1" for 第一百三十三条之一; empty where the source has none."""
    text: str
    chapter: str
    section: str
    level: str
    """宪法, 法律, 行政法规, 司法解释, …"""
    issuer: str
    published: date | None
    effective: date | None
    ended: date | None
    """First day on which this version no longer binds; None while no end is known."""
    version: str
    """Version date of the law, ISO."""
    status: Status
    """On the day the index was built or, from a search with `as_of`, on that day."""
    warning: str
    """What the reader must be told about this text (Simplified Chinese); empty when nothing."""
    source: str
    """Where the text was imported from."""
    region: str = ""
    """Administrative division code of a local regulation (GB/T 2260); "" for the whole country."""
    amended: tuple[date, ...] = ()
    """Days on which the law was amended before this version, as far as the source tells."""
    checksum: str = ""
    """SHA-256 of the file it came from; "" when the source is one database (its checksum is in the manifest)."""
