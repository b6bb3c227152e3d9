"""Reads in English which country is asked about, and what of its dealings with China; the words are data."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain
from bot.interviews.cited import read_cited
from bot.services.countries import Country, read_countries
from bot.understanding.english import read_english

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "english_abroad.yaml"
_LONGEST = 600
_FOLLOWS = 60
"""Characters of a message that may only go on about what was asked before: 「what about Laos」."""


@dataclass(frozen=True, slots=True)
class CountryQuestion:
    """One thing that is asked of a country."""

    id: int
    any: re.Pattern[str]
    unless: re.Pattern[str] | None
    labels: tuple[str, ...]
    """Of the country's facts that answer it; empty for all."""
    say: str
    """What Chinese law says of it; "" for nothing."""
    cite: tuple[str, ...]
    basis: str
    """The articles, in English."""


@dataclass(frozen=True, slots=True)
class AskedOfCountry:
    """What a message asks; a `name` without `country` is one of which nothing is held, both empty for none named."""

    country: Country | None
    name: str
    question: CountryQuestion | None


def read_asked(said: str, code: str = "", question: int | None = None) -> AskedOfCountry | None:
    """What `said` asks of a country, where `code` and `question` were asked of last; None where it asks nothing of it.

    Where somebody comes from is not what they ask about.
    """
    words = _file().from_.sub(" ", said[:_LONGEST].lower())
    country, other = read_countries().find(words), _file().others.search(words)
    asked = _question(words)
    if country is not None or other is not None:
        if asked is None and question is not None and len(words) <= _FOLLOWS:
            asked = _file().questions[question]
        if asked is None and read_english(said).situation is not None:
            return None  # told of life there, and nothing asked of its law
        return AskedOfCountry(country, country.name_en if country is not None else other[0].title() if other else "", asked)
    if asked is None:
        return None
    if code and (known := read_countries().by_code.get(code)) is not None:
        return AskedOfCountry(known, known.name_en, asked)
    return AskedOfCountry(None, "", asked) if _file().abroad.search(words) else None


def questions() -> tuple[CountryQuestion, ...]:
    """All that can be answered."""
    return _file().questions


def _question(words: str) -> CountryQuestion | None:
    for one in _file().questions:
        if one.any.search(words) and not (one.unless is not None and one.unless.search(words)):
            return one
    return None


@dataclass(frozen=True, slots=True)
class _File:
    questions: tuple[CountryQuestion, ...]
    others: re.Pattern[str]
    from_: re.Pattern[str]
    abroad: re.Pattern[str]


@functools.cache
def _file() -> _File:
    file: dict[str, Any] = read_plain(FILE)
    rows = tuple(_row(at, row, file["laws"]) for at, row in enumerate(file["questions"]))
    return _File(rows, re.compile(file["others"]), re.compile(file["from"]), re.compile(file["abroad"]))


def _row(at: int, row: Mapping[str, Any], laws: Mapping[str, str]) -> CountryQuestion:
    unless = re.compile(row["unless"]) if row.get("unless") else None
    cite = tuple(row.get("cite") or ())
    named = (f"{laws[one.split()[0]]}, Article {read_cited(one).key}" for one in cite)
    return CountryQuestion(
        at, re.compile(row["any"]), unless, tuple(row["facts"]), row["say"], cite, "; ".join(dict.fromkeys(named))
    )
