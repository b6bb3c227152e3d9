"""The library of imports in a data folder, for as long as it is worked with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge_base.library.library import FILE_NAME, Library


@contextmanager
def opened(data: Path) -> Iterator[Library | None]:
    """None while nothing was imported."""
    path = data / FILE_NAME
    library = Library(path) if path.is_file() else None
    try:
        yield library
    finally:
        if library is not None:
            library.close()
