"""Finds foreign countries by the names people write."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from bot.understanding.longest import compile_words

DATA = Path(__file__).resolve().parents[2] / "training_data"
_LETTERS = re.compile(r"[a-z]")
_LETTER = re.compile(r"[a-zà-ÿ]")
_AFTER, _BEFORE_LAW = frozenset("家内外际"), frozenset("司宪方办合国律")
"""哪国法|国内 and 司法|国家 hold 法国 by chance."""


def find_country(text: str) -> tuple[int, int] | None:
    """Where `text` (already folded) names a foreign country first; None where it names none."""
    lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    names = _names()
    for match in _pattern().finditer(lower):
        if not names[match[0]] or _LETTERS.match(match[0]) and _inside_word(lower, *match.span()):
            continue
        before, after = lower[max(0, match.start() - 1) : match.start()], lower[match.end() : match.end() + 1]
        if match[0].endswith("国") and (after in _AFTER or match[0] == "法国" and before in _BEFORE_LAW):
            continue
        return match.span()
    return None


def _inside_word(text: str, start: int, end: int) -> bool:
    """Oman stands in Romania."""
    return any(_LETTER.match(char) for char in (text[max(0, start - 1) : start], text[end : end + 1]))


@functools.cache
def _names() -> Mapping[str, bool]:
    """Name → whether it is a country; False for words that only hold a country's name (内蒙古)."""
    names: dict[str, bool] = {}
    for path in sorted((DATA / "countries").glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            names |= dict.fromkeys(_lower(row.get("unlike") or ()), False)
            names |= dict.fromkeys(_lower((row["name"], row["name_en"], *row["names"])), True)
    more = (DATA / "lexicon" / "other_countries.txt").read_text(encoding="utf-8").splitlines()
    return names | dict.fromkeys((name for line in more if (name := line.strip()) and not name.startswith("#")), True)


def _lower(words: Iterable[str]) -> list[str]:
    return [str(word).lower() for word in words]


@functools.cache
def _pattern() -> re.Pattern[str]:
    return compile_words(_names())
