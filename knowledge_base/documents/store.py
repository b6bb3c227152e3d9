"""The documents of one index generation: a SQLite file written once at build time and only read afterwards."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from knowledge_base.document import Document

FILE_NAME = "documents.db"
FORMAT = 2
"""Raise when this file, or what is written to the full-text files, changes shape: then everything is written anew."""
SCHEMA = f"""
CREATE TABLE document (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, effective INTEGER NOT NULL,
  ended INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE law (title TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE mark (value TEXT NOT NULL);
PRAGMA user_version = {FORMAT};
"""


class DocumentStore:
    """Read-only. Not shared between processes: each opens its own."""

    def __init__(self, path: Path) -> None:
        """Opens the file. Raises ValueError when it is missing, damaged or of another format."""
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            found = self._db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise ValueError(f"{path}: {error}") from error
        if found != FORMAT:
            self._db.close()
            raise ValueError(f"{path} has format {found}, expected {FORMAT}")

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM document").fetchone()[0])

    @property
    def mark(self) -> str:
        """Equal for two stores that hold the same documents, whatever their row numbers."""
        return str(self._db.execute("SELECT value FROM mark").fetchone()[0])

    def digests(self) -> Iterator[tuple[str, str]]:
        """Id and digest of every document, by id in the order of its UTF-8 bytes."""
        for id_, digest in self._db.execute("SELECT id, digest FROM document ORDER BY id"):
            yield id_, digest.hex()

    def rows(self, ids: Iterable[str]) -> dict[str, int]:
        """Row number by id; ids that are not there are left out."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        return dict(self._db.execute(f"SELECT id, seq FROM document WHERE id IN ({marks})", wanted))

    def laws(self) -> list[str]:
        """Full title of every law that a document cites."""
        return [row[0] for row in self._db.execute("SELECT title FROM law ORDER BY title")]

    def get(self, id: str) -> Document | None:
        """The document with this id; None if there is none."""
        row = self._db.execute("SELECT data FROM document WHERE id = ?", (id,)).fetchone()
        return unpack(row[0]) if row else None

    def by_rows(self, rows: Iterable[int]) -> dict[int, Document]:
        """Documents by row number; numbers that do not exist are left out."""
        wanted = list(rows)
        marks = ",".join("?" * len(wanted))
        found = self._db.execute(f"SELECT seq, data FROM document WHERE seq IN ({marks})", wanted)
        return {seq: unpack(data) for seq, data in found}

    def every(self) -> Iterator[tuple[int, Document]]:
        """All documents with their row numbers, in order."""
        for seq, _, document in self.digested():
            yield seq, document

    def digested(self, only: Container[str] | None = None) -> Iterator[tuple[int, str, Document]]:
        """Row number, digest and document, in order; of those whose id is in `only`, or all."""
        rows = self._db.execute("SELECT seq, id, digest, data FROM document ORDER BY seq")
        for seq, id_, digest, data in rows:
            if only is None or id_ in only:
                yield seq, digest.hex(), unpack(data)


def pack(document: Document) -> bytes:
    """Chinese text in UTF-8 shrinks to less than half."""
    return zlib.compress(document.to_json().encode(), 4)


def unpack(data: bytes) -> Document:
    """What `pack` made."""
    return Document.from_json(zlib.decompress(data).decode())
