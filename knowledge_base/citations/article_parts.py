"""Reads which paragraphs (款) and items (项) of an article a reference points to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge_base.text.numerals import read_number

_N = "(?:[零一二两三四五六七八九十百]{1,5}|[0-9]{1,3})"
_TO = r"(?:至|到|-{1,2})"
_AND = r"(?:、|,|和|与|及|或)"
_AND_LONG = re.compile(rf"(?:{_AND}|以及|或者)")
_PARAGRAPHS = re.compile(rf"第?{_N}(?:款?(?:{_AND}|{_TO})第?{_N}){{0,20}}款")
_ITEMS = re.compile(rf"第?（?{_N}）?(?:项?(?:{_AND}|{_TO})第?（?{_N}）?){{0,20}}项")
_ONE = re.compile(rf"({_TO})?(?:{_AND}|第|款|项|（|）)*({_N})")
_MAX = 40


@dataclass(frozen=True, slots=True)
class Parts:
    """What follows an article number."""

    found: tuple[tuple[int | None, int | None], ...]
    """(paragraph, item) of each part named; empty when the reference is to the whole article."""
    end: int
    """Where the last of them ends."""


def read_parts(text: str, start: int) -> Parts:
    """Paragraphs and items named in folded `text` from `start` on: 第一款第（二）项、第（三）项和第三款."""
    found: list[tuple[int | None, int | None]] = []
    paragraph: int | None = None
    end = at = start
    while len(found) < _MAX:
        match = _PARAGRAPHS.match(text, at)
        if match is not None:
            paragraphs = _numbers(match[0])
            if not paragraphs:
                break
            paragraph, end = paragraphs[-1], match.end()
            items = _ITEMS.match(text, end)
            inside = _numbers(items[0]) if items is not None else []
            found += [(one, None) for one in (paragraphs[:-1] if inside else paragraphs)]
        else:
            items = _ITEMS.match(text, at)
            inside = _numbers(items[0]) if items is not None else []
            if not inside:
                break
        if items is not None and inside:
            found += [(paragraph, one) for one in inside]
            end = items.end()
        join = _AND_LONG.match(text, end)
        if join is None:
            break
        at = join.end()
    return Parts(tuple(found[:_MAX]), end)


def _numbers(text: str) -> list[int]:
    """The numbers of a list with its ranges filled in; empty when one cannot be read or is zero."""
    out: list[int] = []
    try:
        for to, number in _ONE.findall(text):
            value = read_number(number)
            if not value:
                return []
            out += range(out[-1] + 1, min(value, out[-1] + _MAX) + 1) if to and out else [value]
    except ValueError:
        return []
    return out
