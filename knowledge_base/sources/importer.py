"""The seam between a place that law or cases come from and the library that keeps what was imported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from knowledge_base.document import Document
from knowledge_base.record import SourceLaw


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something of a source that was not taken, and why."""

    file: str
    """Path inside the source, or the file's name."""
    line: int
    """1-based; 0 when the whole file is meant. Row number for CSV, record number for JSON lines."""
    reason: str
    """What is wrong and what would be right, for the operator (English)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a source that is read and stored in one step: a file, or a block of lines of a big file."""

    key: str
    """Stable name inside the source; the same part has the same key in the next import."""
    checksum: str
    """SHA-256 of its bytes; equal means nothing to read again."""
    path: Path
    offset: int = 0
    size: int = 0
    """Bytes from `offset`, for a block; 0 for the whole file."""
    first_line: int = 1
    """1-based number of the first line of a block."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one unit gave."""

    laws: tuple[SourceLaw, ...] = ()
    documents: tuple[Document, ...] = ()
    rejected: tuple[Rejection, ...] = ()


class Importer(Protocol):
    """Reads one kind of source. Holds no state: an import that was broken off goes on where it stopped."""

    @property
    def name(self) -> str:
        """Stable, lower case, e.g. lawrefbook."""
        ...

    @property
    def version(self) -> int:
        """Raised when the importer reads the same bytes differently, so that everything is read again."""
        ...

    @property
    def licence(self) -> str:
        """Who may use the texts and under which terms, with the origin, in a sentence or two (English)."""
        ...

    def units(self, path: Path) -> Iterator[Unit]:
        """The parts of the source at `path`, in a stable order. Raises SourceError when it is no such source."""
        ...

    def read(self, unit: Unit) -> Batch:
        """Read one part. Bad records become rejections, never exceptions; SourceError only when the file vanished."""
        ...
