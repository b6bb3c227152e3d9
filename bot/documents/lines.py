"""Breaks Chinese text into lines of a width: between characters, never inside a number, no line begins with 「，」."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.documents.blocks import split_gaps

_ATOMS = re.compile(r"[A-Za-z0-9,.%:/\-_]+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。、；：？！）》」』】”’％…")
_NOT_LAST = frozenset("（《「『【“‘")

Piece = tuple[str, bool]
"""Words, and whether they are a gap."""


def break_lines(text: str, width: Callable[[str], float], room: float, first: float) -> Iterator[list[Piece]]:
    """Lines no wider than `room`, the first no wider than `first`; each in pieces that look alike."""
    line: list[Piece] = []
    used, limit = 0.0, first
    for atom, is_gap in _words(text):
        wide = width(atom)
        if line and used + wide > limit:
            yield _joined(line)
            line, used, limit = [], 0.0, room
        line.append((atom, is_gap))
        used += wide
    if line:
        yield _joined(line)


def _words(text: str) -> Iterator[Piece]:
    """What must stay together on one line."""
    held: list[Piece] = []
    for piece, is_gap in split_gaps(text):
        for atom in _ATOMS.findall(piece):
            if held and (atom[0] in _NOT_FIRST or held[-1][0][-1] in _NOT_LAST) and len(held[-1][0]) < 8:
                if held[-1][1] == is_gap:
                    held[-1] = (held[-1][0] + atom, is_gap)
                    continue
            held.append((atom, is_gap))
    yield from held


def _joined(line: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for words, is_gap in line:
        if joined and joined[-1][1] == is_gap:
            joined[-1] = (joined[-1][0] + words, is_gap)
        else:
            joined.append((words, is_gap))
    return joined
