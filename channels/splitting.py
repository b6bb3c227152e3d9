"""Long text cut where a reader would pause, never inside a character or an address, by bytes of UTF-8."""

from __future__ import annotations

import re
import unicodedata

_SENTENCE = re.compile(r"(?:(?:[。！？…；]|[!?;](?![\w/=&%]))+[”’」』）)】》\"']*|\n)\s*", re.ASCII)
_PAUSE = re.compile(r"[，、：]\s*|\s+")
_WORD = re.compile(r"[\w./:?&=%#@+\-]", re.ASCII)
_JOINERS = "\u200d\ufe0f\ufe0e"
LEAST = 16
"""Bytes that a limit must leave; a character with all that belongs to it fits."""


def split(text: str, limit: int | None) -> list[str]:
    """`text` in pieces of at most `limit` bytes, each as long as it can be; blank pieces are left out.

    Nothing but white space where it is cut gets lost. Raises ValueError for a limit below LEAST.
    """
    if limit is not None and limit < LEAST:
        raise ValueError(f"a piece needs {LEAST} bytes, not {limit}")
    pieces: list[str] = []
    rest = text.strip()
    while rest:
        end = _reach(rest, limit)
        if end < len(rest):
            end = _cut(rest, end)
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return pieces


def _reach(text: str, limit: int | None) -> int:
    """How many characters fit."""
    if limit is None or len(text) * 4 <= limit:
        return len(text)
    return len(text[:limit].encode("utf-8", "replace")[:limit].decode("utf-8", "ignore"))


def _cut(text: str, most: int) -> int:
    """Where to cut at the latest: after a sentence, else after a pause, else between words, else characters."""
    for ends in (_SENTENCE, _PAUSE):
        # One character more is looked at: it tells whether a question mark ends a sentence or is of an address.
        last = max((found.end() for found in ends.finditer(text, 0, most + 1) if found.end() <= most), default=0)
        if last > most // 4:
            return last
    at = most
    while at > most // 2 and _WORD.match(text[at - 1]) and _WORD.match(text[at]):
        at -= 1
    if at <= most // 2:
        at = most
    while at > 1 and (unicodedata.combining(text[at]) or text[at] in _JOINERS or text[at - 1] == "\u200d"):
        at -= 1
    return at
