"""What is decided about a law: its articles with the days they bind, and the laws it repealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge_base.record import SourceLaw
from knowledge_base.validity.anomaly import Anomaly


@dataclass(frozen=True, slots=True)
class DatedArticle:
    """One article in one version with the days it binds; status follows from these and the day asked about."""

    id: str
    law: str
    number: str
    key: str
    text: str
    chapter: str
    section: str
    level: str
    issuer: str
    department: str
    kind: str
    published: date
    effective: date
    ended: date | None
    """First day on which it no longer binds."""
    version: date
    repealed: bool
    """Held to be repealed although the day is not known."""
    warning: str
    """True on every day; what depends on the day is added when the article is read."""
    ended_by: str
    """What ends it, for the reader; empty while nothing does."""
    source: str = ""
    region: str = ""
    amended: tuple[date, ...] = ()
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Repealed:
    """A law that another one repealed, whether or not the index holds it."""

    law: str
    by: str
    article: str
    """Printed number of the repealing article."""
    on: date


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the importer made of a source."""

    articles: tuple[DatedArticle, ...]
    repealed: tuple[Repealed, ...]
    anomalies: tuple[Anomaly, ...]


@dataclass(slots=True)
class LawVersion:
    """A version of a law while it is being decided."""

    law: SourceLaw
    effective: date
    known: bool
    """Whether the effective day is stated somewhere, rather than taken from the publication."""
    ended: date | None = None
    ended_by: str = ""
    repealed: bool = False
    warning: str = ""


Versions = dict[str, list[LawVersion]]
"""Versions of each law by its title, oldest first."""


class Notes:
    """Collects what is found wrong."""

    def __init__(self) -> None:
        self.anomalies: list[Anomaly] = []

    def add(self, kind: str, law: SourceLaw, found: str, decided: str, article: str = "") -> None:
        """Note one thing about `law`."""
        self.anomalies.append(Anomaly(kind, law.name, law.version.isoformat(), found, decided, article))


def said(day: date) -> str:
    """The day as a reader writes it, 2024年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
