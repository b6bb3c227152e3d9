"""Articles by number and version: a SQLite file written once at build time and only read afterwards."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from functools import lru_cache
from pathlib import Path

from knowledge_base.article import Article, Status
from knowledge_base.index.indexed import FOREVER, IndexedArticle
from knowledge_base.validity.validity import DatedArticle, Repealed

FILE_NAME = "articles.db"
_SCHEMA = """
CREATE TABLE article (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, law TEXT NOT NULL, number TEXT NOT NULL, key TEXT NOT NULL,
  text TEXT NOT NULL, chapter TEXT NOT NULL, section TEXT NOT NULL, level TEXT NOT NULL, issuer TEXT NOT NULL,
  published TEXT NOT NULL, effective TEXT NOT NULL, ended TEXT, version TEXT NOT NULL,
  repealed INTEGER NOT NULL, warning TEXT NOT NULL, ended_by TEXT NOT NULL, region TEXT NOT NULL,
  amended TEXT NOT NULL, source TEXT NOT NULL, checksum TEXT NOT NULL);
CREATE INDEX article_law ON article (law, key);
CREATE TABLE analysed (
  seq INTEGER PRIMARY KEY, digest TEXT NOT NULL, weight REAL NOT NULL, title TEXT NOT NULL, chapter TEXT NOT NULL,
  body TEXT NOT NULL, said TEXT NOT NULL, asked TEXT NOT NULL, questions TEXT NOT NULL, questioned TEXT NOT NULL);
CREATE TABLE repealed (law TEXT NOT NULL, by_law TEXT NOT NULL, article TEXT NOT NULL, on_day TEXT NOT NULL);
"""
_COLUMNS = (
    "seq, id, law, number, key, text, chapter, section, level, issuer, published, effective, ended,"
    " version, repealed, warning, ended_by, region, amended, source, checksum"
)


class ArticleStore:
    """Read-only view of one articles.db. Not shared between processes: each opens its own."""

    def __init__(self, path: Path) -> None:
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
        return dict(self._db.execute("SELECT seq, weight FROM analysed WHERE weight <> 1.0"))

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

    def law_versions(self, law: str) -> list[str]:
        """Version dates (ISO) of one law, oldest first."""
        rows = self._db.execute("SELECT DISTINCT version FROM article WHERE law = ? ORDER BY version", (law,))
        return [row[0] for row in rows]

    def articles(self, law: str, version: str, on: date) -> list[Article]:
        """Every article of one version of a law, in printed order, with the status on `on`."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM article WHERE law = ? AND version = ? ORDER BY seq", (law, version)
        )
        return [self._article(row, on) for row in rows]

    def digests(self) -> dict[str, str]:
        """Id → digest of every article."""
        return dict(self._db.execute("SELECT id, digest FROM article JOIN analysed USING (seq) ORDER BY id"))

    def mark(self) -> str:
        """Equal for two stores that hold the same articles, whatever their row numbers."""
        return hashlib.sha256(repr(self.digests()).encode()).hexdigest()[:16]

    def rows(self, ids: Iterable[str]) -> dict[str, int]:
        """Row number by id; ids that are not there are left out."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        return dict(self._db.execute(f"SELECT id, seq FROM article WHERE id IN ({marks})", wanted))

    def indexed(self) -> Iterator[IndexedArticle]:
        """Every article as an engine gets it, by row number."""
        rows = self._db.execute(
            "SELECT seq, id, digest, law, level, effective, ended, repealed, analysed.title, analysed.chapter, body,"
            " text, said, asked, questions, questioned FROM article JOIN analysed USING (seq) ORDER BY seq"
        )
        for seq, id_, digest, law, level, effective, ended, repealed, *words in rows:
            begins = FOREVER if repealed else date.fromisoformat(effective).toordinal()
            ends = date.fromisoformat(ended).toordinal() if ended else FOREVER
            yield IndexedArticle(seq, id_, digest, law, level, begins, ends, *words)

    def _article(self, row: tuple[object, ...], on: date) -> Article:
        (_, id_, law, number, key, text, chapter, section, level, issuer, published, effective, ended,
         version, repealed, warning, ended_by, region, amended, source, checksum) = row  # fmt: skip
        begins = _day(effective)
        ends = _day(ended) if ended else None
        status = _status(begins, ends, bool(repealed), str(ended_by), on)
        return Article(
            id=str(id_), law=str(law), number=str(number), key=str(key), text=str(text), chapter=str(chapter),
            section=str(section), level=str(level), issuer=str(issuer), published=_day(published),
            effective=begins, ended=ends, version=str(version), status=status,
            warning=_day_warning(status, begins, ends, str(ended_by)) + str(warning), source=str(source),
            region=str(region), amended=tuple(_day(day) for day in str(amended).split()),
            checksum=str(checksum),
        )  # fmt: skip


@lru_cache(maxsize=20_000)
def _day(text: object) -> date:
    """Laws share their days: a search of a hundred articles reads three hundred."""
    return date.fromisoformat(str(text))


def write_store(
    path: Path,
    articles: Mapping[int, DatedArticle],
    repealed: Iterable[Repealed],
    analysed: Iterable[tuple[IndexedArticle, float]],
) -> None:
    """Write a new file at `path`: articles by row number, each with its analysis and its ranking weight."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        db.executemany(
            f"INSERT INTO article ({_COLUMNS}) VALUES ({','.join('?' * 21)})",
            (_row(seq, article) for seq, article in articles.items()),
        )
        db.executemany(
            "INSERT INTO analysed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (a.seq, a.digest, weight, a.title, a.chapter, a.body, a.said, a.asked, a.questions, a.questioned)
                for a, weight in analysed
            ),
        )
        rows = [(r.law, r.by, r.article, r.on.isoformat()) for r in repealed]
        db.executemany("INSERT INTO repealed VALUES (?, ?, ?, ?)", rows)


def status_on(article: DatedArticle, on: date) -> Status:
    """Whether `article` binds on `on`."""
    return _status(article.effective, article.ended, article.repealed, article.ended_by, on)


def _row(seq: int, a: DatedArticle) -> tuple[object, ...]:
    return (
        seq, a.id, a.law, a.number, a.key, a.text, a.chapter, a.section, a.level, a.issuer,
        a.published.isoformat(), a.effective.isoformat(), a.ended.isoformat() if a.ended else None,
        a.version.isoformat(), int(a.repealed), a.warning, a.ended_by, a.region,
        " ".join(day.isoformat() for day in a.amended), a.source, a.checksum,
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
