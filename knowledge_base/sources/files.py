"""Reads a file for its checksum, whatever its size."""

from __future__ import annotations

import hashlib
from pathlib import Path

from knowledge_base.record import SourceError


def sha256_of(file: Path) -> str:
    """Hexadecimal SHA-256. Raises SourceError when the file cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(f"{file} cannot be read ({error.strerror}); check that it is there and readable") from error
