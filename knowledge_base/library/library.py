"""Everything imported so far, by source and unit, in one SQLite file: what the next index is built from."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tqdm import tqdm

from knowledge_base.document import Document
from knowledge_base.record import SourceError, SourceLaw
from knowledge_base.sources.importer import Batch, Importer, Rejection, Unit

FILE_NAME = "library.db"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS unit (
  source TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, checksum TEXT NOT NULL, live INTEGER NOT NULL,
  id INTEGER PRIMARY KEY, UNIQUE (source, key, live));
CREATE TABLE IF NOT EXISTS law (unit INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS document (unit INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rejected (
  unit INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE, file TEXT NOT NULL, line INTEGER NOT NULL,
  reason TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, licence TEXT NOT NULL, imported TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS law_unit ON law (unit);
CREATE INDEX IF NOT EXISTS document_unit ON document (unit);
CREATE INDEX IF NOT EXISTS rejected_unit ON rejected (unit);
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """The report of one import."""

    source: str
    units: int
    read: int
    """Units that were new or changed."""
    laws: int
    documents: int
    rejected: tuple[Rejection, ...]


class Library:
    """Read by the index builder, written by imports; one writer at a time, guarded by SQLite's own lock."""

    def __init__(self, path: Path, max_pages: int = 0) -> None:
        """Opens or creates the file; `max_pages` limits its size, 0 does not.

        Raises SourceError when it is no library or cannot be written.
        """
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;" + _SCHEMA)
            if max_pages:
                self._db.execute(f"PRAGMA max_page_count={max_pages}")
        except (sqlite3.Error, OSError) as error:
            raise SourceError(
                f"the library {path} cannot be opened ({error}); move it away and import again"
            ) from error

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def take(self, importer: Importer, path: Path, today: date, progress: bool = False) -> Imported:
        """Import the source at `path`, replacing what the same importer brought before.

        Each unit is written as it is read, aside; all of them become visible in one step at the end, so an import that
        fails changes nothing, and one that was broken off goes on where it stopped. Raises SourceError, also when the
        disk is full.
        """
        try:
            units = list(importer.units(path))
            read = self._stage(importer, units, progress)
            return self._go_live(importer, units, read, today)
        except (sqlite3.Error, OSError) as error:
            told = f"importing {path} into {self._path} stopped: {error}"
            raise SourceError(f"{told}; nothing was changed, run the import again") from error

    def forget(self, source: str) -> bool:
        """Take back everything that `source` brought; False when it brought nothing."""
        with self._transaction():
            known = self._db.execute("DELETE FROM source WHERE name = ?", (source,)).rowcount
            return bool(known + self._db.execute("DELETE FROM unit WHERE source = ?", (source,)).rowcount)

    def laws(self) -> Iterator[SourceLaw]:
        """Every imported law version, source by source."""
        for (data,) in self._db.execute(
            "SELECT data FROM law JOIN unit ON unit.id = law.unit WHERE live = 1 ORDER BY source, key, law.rowid"
        ):
            yield SourceLaw.from_json(data)

    def documents(self) -> Iterator[Document]:
        """Every imported document, source by source."""
        for (data,) in self._db.execute(
            "SELECT data FROM document JOIN unit ON unit.id = document.unit WHERE live = 1"
            " ORDER BY source, key, document.rowid"
        ):
            yield Document.from_json(data)

    def sources(self) -> list[tuple[str, str, str]]:
        """(name, licence note, day of the last import, ISO) of every source."""
        return [
            (r[0], r[1], r[2]) for r in self._db.execute("SELECT name, licence, imported FROM source ORDER BY name")
        ]

    def checksum(self) -> str:
        """Changes when anything visible does; "" for an empty library."""
        rows = self._db.execute("SELECT source, key, version, checksum FROM unit WHERE live = 1 ORDER BY source, key")
        digest, some = hashlib.sha256(), False
        for row in rows:
            some = True
            digest.update(repr(row).encode())
        return digest.hexdigest() if some else ""

    def _stage(self, importer: Importer, units: list[Unit], progress: bool) -> int:
        """Write aside what is new; a unit that is live or staged with the same bytes is not read again."""
        read = 0
        for unit in tqdm(
            units, desc=f"导入 {importer.name}", unit="份", disable=None if progress else True, mininterval=0.5
        ):
            mark = (importer.name, unit.key, importer.version, unit.checksum)
            other = "source = ? AND key = ? AND live = 0 AND (version <> ? OR checksum <> ?)"
            self._db.execute(f"DELETE FROM unit WHERE {other}", mark)  # left by an import that was broken off
            same = "source = ? AND key = ? AND version = ? AND checksum = ?"
            if self._db.execute(f"SELECT 1 FROM unit WHERE {same}", mark).fetchone():
                continue
            batch = importer.read(unit)
            with self._transaction():
                row = self._db.execute(
                    "INSERT INTO unit (source, key, version, checksum, live) VALUES (?, ?, ?, ?, 0)", mark
                ).lastrowid
                self._write(row, batch)
            read += 1
        return read

    def _write(self, unit: int | None, batch: Batch) -> None:
        self._db.executemany("INSERT INTO law VALUES (?, ?)", ((unit, law.to_json()) for law in batch.laws))
        self._db.executemany("INSERT INTO document VALUES (?, ?)", ((unit, d.to_json()) for d in batch.documents))
        self._db.executemany(
            "INSERT INTO rejected VALUES (?, ?, ?, ?)", ((unit, r.file, r.line, r.reason) for r in batch.rejected)
        )

    def _go_live(self, importer: Importer, units: list[Unit], read: int, today: date) -> Imported:
        keys = {unit.key for unit in units}
        name = importer.name
        with self._transaction():
            for row, key, live in self._db.execute(
                "SELECT id, key, live FROM unit WHERE source = ?", (name,)
            ).fetchall():
                if key not in keys:
                    self._db.execute("DELETE FROM unit WHERE id = ?", (row,))
                elif not live:
                    self._db.execute("DELETE FROM unit WHERE source = ? AND key = ? AND live = 1", (name, key))
                    self._db.execute("UPDATE unit SET live = 1 WHERE id = ?", (row,))
            self._db.execute(
                "INSERT OR REPLACE INTO source VALUES (?, ?, ?)", (name, importer.licence, today.isoformat())
            )
        counts = [
            self._db.execute(
                f"SELECT count(*) FROM {table} JOIN unit ON unit.id = {table}.unit WHERE source = ?", (name,)
            ).fetchone()[0]
            for table in ("law", "document")
        ]
        return Imported(name, len(units), read, counts[0], counts[1], tuple(self.rejected(name)))

    def rejected(self, source: str) -> list[Rejection]:
        """What the last import of `source` did not take, file by file."""
        with closing(
            self._db.execute(
                "SELECT file, line, reason FROM rejected JOIN unit ON unit.id = rejected.unit WHERE source = ?"
                " ORDER BY key, line",
                (source,),
            )
        ) as rows:
            return [Rejection(*row) for row in rows]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
