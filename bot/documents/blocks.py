"""What a paper is made of: plain blocks that Word and PDF draw alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from re import compile as pattern
from typing import Literal

OpinionStyle = Literal["title", "meta", "heading", "finding", "text", "bullet", "law", "note", "warning"]
FormStyle = Literal["form_title", "form_heading", "form_text", "form_flush", "form_sign", "form_note"]
Style = OpinionStyle | FormStyle
ADDRESSED = "此致"
"""Before the name of whom a paper is handed to: there its closing begins."""
ATTACHED = "附："
"""Before the list of what is handed in with it."""
CLOSING: tuple[Style, ...] = ("form_flush", "form_sign")
"""Styles of its closing."""

_GAP = pattern(r"(【[^【】]*】)")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph in one of the styles."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the head, a last row starting with 合计 the total."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """Relative column widths."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block = Line | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to draw."""

    title: str
    """For the properties of the file."""
    blocks: tuple[Block, ...]
    footer: str = ""
    """Stands before the page number."""
    form: bool = False
    """A paper to hand in: wide margins, and the places still to fill, 【…】, stand out."""


def gap(label: str) -> str:
    """The mark of something still to be filled in."""
    return f"【{label}】"


def split_gaps(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each is a gap."""
    for at, piece in enumerate(_GAP.split(text)):
        if piece:
            yield piece, at % 2 == 1


def count_gaps(blocks: tuple[Block, ...]) -> int:
    """How many places are still to be filled in."""
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            texts.append(block.text)
        elif isinstance(block, Table):
            texts += [cell for row in block.rows for cell in row]
    return sum(len(_GAP.findall(text)) for text in texts)
