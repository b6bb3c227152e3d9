"""Breaks Chinese text into lines of a width: between characters, never inside a number, no line begins with 「，」."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.documents.blocks import split_gaps

# A number or word of a foreign language; one too long for a line may be broken.
_ATOMS = re.compile(r"[A-Za-z0-9,.%:/\-_]{1,24}|.", re.DOTALL)
MOST_TOGETHER = 6
_NOT_FIRST = frozenset("，。、；：？！）》」』】”’％…")
_NOT_LAST = frozenset("（《「『【“‘")

Piece = tuple[str, bool]
"""Words, and whether they are a gap."""


def break_lines(text: str, width: Callable[[str], float], room: float, first: float) -> Iterator[list[Piece]]:
    """Lines no wider than `room`, the first no wider than `first`; each in pieces that look alike."""
    line: list[Piece] = []
    used, limit = 0.0, first
    for unit in _units(text):
        wide = sum(width(words) for words, _ in unit)
        if line and used + wide > limit:
            yield _joined(line)
            line, used, limit = [], 0.0, room
        line += unit
        used += wide
    if line:
        yield _joined(line)


def _units(text: str) -> Iterator[list[Piece]]:
    """What must stay together on one line; no more than a few characters, so that every line can be filled."""
    unit: list[Piece] = []
    for piece, is_gap in split_gaps(text):
        for atom in _ATOMS.findall(piece):
            together = unit and (atom[0] in _NOT_FIRST or unit[-1][0][-1] in _NOT_LAST) and len(unit) < MOST_TOGETHER
            if unit and not together:
                yield unit
                unit = []
            unit = [*unit, (atom, is_gap)]
    if unit:
        yield unit


def _joined(line: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for words, is_gap in line:
        if joined and joined[-1][1] == is_gap:
            joined[-1] = (joined[-1][0] + words, is_gap)
        else:
            joined.append((words, is_gap))
    return joined
