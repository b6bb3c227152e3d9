"""Articles by number and version: a SQLite file written once at build time and only read afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from knowledge_base.article import Article, Status
from knowledge_base.validity import DatedArticle, Decisions, Repealed

FILE_NAME = "articles.db"
_SCHEMA = """
CREATE TABLE article (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, law TEXT NOT NULL, number TEXT NOT NULL, key TEXT NOT NULL,
  text TEXT NOT NULL, chapter TEXT NOT NULL, section TEXT NOT NULL, level TEXT NOT NULL, issuer TEXT NOT NULL,
  kind TEXT NOT NULL, published TEXT NOT NULL, effective TEXT NOT NULL, ended TEXT, version TEXT NOT NULL,
  repealed INTEGER NOT NULL, warning TEXT NOT NULL, ended_by TEXT NOT NULL, weight REAL NOT NULL);
CREATE INDEX article_law ON article (law, key);
CREATE TABLE repealed (law TEXT NOT NULL, by_law TEXT NOT NULL, article TEXT NOT NULL, on_day TEXT NOT NULL);
"""
_COLUMNS = (
    "seq, id, law, number, key, text, chapter, section, level, issuer, kind, published, effective, ended,"
    " version, repealed, warning, ended_by, weight"
)


class ArticleStore:
    """Read-only view of one articles.db. Not shared between processes: each opens its own."""

    def __init__(self, path: Path, source: str) -> None:
        self._source = source
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def laws(self) -> list[str]:
        """Every full title."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT law FROM article ORDER BY law")]

    def repealed(self) -> list[Repealed]:
        """Every law another law of the index repealed."""
        rows = self._db.execute("SELECT law, by_law, article, on_day FROM repealed")
        return [Repealed(r[0], r[1], r[2], date.fromisoformat(r[3])) for r in rows]

    def weights(self) -> dict[int, float]:
        """Ranking weight per article, by row number; only those other than 1."""
        return dict(self._db.execute("SELECT seq, weight FROM article WHERE weight <> 1.0"))

    def by_rows(self, rows: Iterable[int], on: date) -> dict[int, Article]:
        """Articles by row number, with their status on `on`."""
        wanted = list(rows)
        marks = ",".join("?" * len(wanted))
        found = self._db.execute(f"SELECT {_COLUMNS} FROM article WHERE seq IN ({marks})", wanted)
        return {row[0]: self._article(row, on) for row in found}

    def versions(self, law: str, key: str, on: date) -> list[Article]:
        """Every version of one article, latest effective first, with the status on `on`."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM article WHERE law = ? AND key = ? ORDER BY effective DESC, seq", (law, key)
        )
        return [self._article(row, on) for row in rows]

    def _article(self, row: tuple[object, ...], on: date) -> Article:
        (_, id_, law, number, key, text, chapter, section, level, issuer, _kind, published, effective, ended,
         version, repealed, warning, ended_by, _weight) = row  # fmt: skip
        begins = date.fromisoformat(str(effective))
        ends = date.fromisoformat(str(ended)) if ended else None
        status = _status(begins, ends, bool(repealed), str(ended_by), on)
        return Article(
            id=str(id_), law=str(law), number=str(number), key=str(key), text=str(text), chapter=str(chapter),
            section=str(section), level=str(level), issuer=str(issuer), published=date.fromisoformat(str(published)),
            effective=begins, ended=ends, version=str(version), status=status,
            warning=_day_warning(status, begins, ends, str(ended_by)) + str(warning), source=self._source,
        )  # fmt: skip


def write_store(path: Path, decisions: Decisions, weights: Iterable[float]) -> None:
    """Write `decisions` to a new file at `path`; row numbers follow the order of the articles, from 0."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        marks = ",".join("?" * 19)
        rows = (_row(seq, a, w) for seq, (a, w) in enumerate(zip(decisions.articles, weights, strict=True)))
        db.executemany(f"INSERT INTO article ({_COLUMNS}) VALUES ({marks})", rows)
        repealed = [(r.law, r.by, r.article, r.on.isoformat()) for r in decisions.repealed]
        db.executemany("INSERT INTO repealed VALUES (?, ?, ?, ?)", repealed)


def status_on(article: DatedArticle, on: date) -> Status:
    """Whether `article` binds on `on`."""
    return _status(article.effective, article.ended, article.repealed, article.ended_by, on)


def _row(seq: int, a: DatedArticle, weight: float) -> tuple[object, ...]:
    return (
        seq, a.id, a.law, a.number, a.key, a.text, a.chapter, a.section, a.level, a.issuer, a.kind,
        a.published.isoformat(), a.effective.isoformat(), a.ended.isoformat() if a.ended else None,
        a.version.isoformat(), int(a.repealed), a.warning, a.ended_by, weight,
    )  # fmt: skip


def _status(effective: date, ended: date | None, repealed: bool, ended_by: str, on: date) -> Status:
    if repealed:
        return Status.REPEALED
    if on < effective:
        return Status.NOT_YET
    if ended is not None and on >= ended:
        return Status.REPEALED if ended_by.endswith("废止") else Status.SUPERSEDED
    return Status.IN_FORCE


def _day_warning(status: Status, effective: date, ended: date | None, ended_by: str) -> str:
    if status is Status.NOT_YET:
        return f"这一版本自{_said(effective)}起施行，现在还没有生效。"
    if ended is None:
        return ""
    if status is Status.IN_FORCE:
        return f"这一版本施行到{_said(ended)}为止，届时{ended_by}。"
    return f"这一版本自{_said(ended)}起已{ended_by}，不再适用。"


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
