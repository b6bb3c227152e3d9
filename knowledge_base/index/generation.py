"""Generations of an index folder: each is written whole beside the others, and one atomic step makes it current."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CURRENT = "current"
_KEPT = 2
"""The current generation and the one before, which a reader may be opening at the very moment of the change."""


def current(folder: Path) -> Path:
    """Where the files of the current generation lie; need not exist. `folder` itself when it is one generation."""
    link = folder / _CURRENT
    try:
        return folder / link.readlink()
    except OSError:
        return folder


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """An empty folder to write into; it becomes current when the block ends well and vanishes when it raises.

    Searches go on meanwhile: readers hold the files of the old generation until they look again. Raises OSError when
    `folder` cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="new-", dir=folder))
    work.chmod(0o755)
    try:
        yield work
        name = f"{max(_numbers(folder), default=0) + 1:06d}"
        work.rename(folder / name)
        _point(folder, name)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    for old in sorted(_numbers(folder))[:-_KEPT]:
        shutil.rmtree(folder / f"{old:06d}", ignore_errors=True)


def _point(folder: Path, name: str) -> None:
    fresh = folder / f".{_CURRENT}-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(name, target_is_directory=True)
    fresh.replace(folder / _CURRENT)


def _numbers(folder: Path) -> list[int]:
    return [int(entry.name) for entry in folder.iterdir() if entry.name.isdigit()]
