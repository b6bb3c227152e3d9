"""Cuts a big text file into records and blocks of records, so that an import can go on where it stopped."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.record import SourceError
from knowledge_base.sources.importer import Unit

_OPEN_LINES = 30
"""A quotation mark open for longer than this was never meant to be closed."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line, or the lines that a quotation mark holds together."""

    number: int
    """1-based, empty ones counted."""
    data: bytes
    closed: bool = True
    """False when a quotation mark was never closed; then the record is its first line alone."""


def records(path: Path, offset: int = 0, size: int = 0, first: int = 1, quoted: bool = False) -> Iterator[Record]:
    """The records of a file, or of `size` bytes from `offset`, numbered from `first`. Raises OSError."""
    with path.open("rb") as file:
        file.seek(offset)
        left = size or -1
        waiting: deque[bytes] = deque()

        def following() -> bytes:
            nonlocal left
            if waiting:
                return waiting.popleft()
            line = file.readline() if left else b""
            left -= len(line) if left > 0 else 0
            return line

        number = first
        while line := following():
            held, closed = [line], True
            if quoted and line.count(b'"') % 2:
                closed = False
                while not closed and len(held) < _OPEN_LINES and (more := following()):
                    held.append(more)
                    closed = bool(more.count(b'"') % 2)
                if not closed:
                    waiting.extendleft(reversed(held[1:]))
                    held = held[:1]
            yield Record(number, b"".join(held), closed)
            number += 1


def blocks(
    path: Path, name: str, count: int, keys: Callable[[bytes], Iterable[str]], quoted: bool = False
) -> tuple[list[Unit], dict[int, int]]:
    """Units of `count` records each, and for every record with a key that came before: its number and the first one's.

    A unit's checksum also covers which of its records are such repeats and the head of the file, so that a block is
    read again when either changes. A record without keys is never a repeat. Raises SourceError when the file cannot be
    read.
    """
    units: list[Unit] = []
    repeats: dict[int, int] = {}
    first_with: dict[str, int] = {}
    head = b""
    offset, start, begin = 0, 1, 0
    digest = hashlib.sha256()
    try:
        for record in records(path, quoted=quoted):
            head = head or record.data
            if record.number == start + count:
                units.append(Unit(f"{name}:{start}", digest.hexdigest(), path, begin, offset - begin, start))
                begin, start, digest = offset, record.number, hashlib.sha256(head)
            digest.update(record.data)
            offset += len(record.data)
            named = [*keys(record.data)]
            first = min((first_with[key] for key in named if key in first_with), default=0)
            if first:
                repeats[record.number] = first
                digest.update(f"repeats {first}".encode())
            else:
                first_with |= dict.fromkeys(named, record.number)
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the path and its rights") from error
    if offset > begin:
        units.append(Unit(f"{name}:{start}", digest.hexdigest(), path, begin, offset - begin, start))
    return units, repeats
