"""Reads which country is asked about, in Chinese and English, and what of its dealings with China; words are data."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain
from bot.interviews.cited import read_cited
from bot.interviews.facts import Facts
from bot.interviews.topic import Topic
from bot.services.countries import Country, read_countries
from bot.understanding.english import read_english

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "country_questions.yaml"
_LONGEST = 600
_BRIEF = 12
_HAN = re.compile(r"[\u3400-\u9fff]")
_QUESTION = re.compile(r"[?？]|[吗呢么没不]$|有没有|是不是|能不能|可不可以|怎么|什么|哪")
_KEPT_BY, _ASKED = "；", 30
_FOLLOWS = 60
"""Characters of a message that may only go on about what was asked before: 「what about Laos」."""


@dataclass(frozen=True, slots=True)
class CountryQuestion:
    """One thing that is asked of a country."""

    id: int
    any: re.Pattern[str]
    zh: re.Pattern[str] | None
    """The same in Chinese; None where that is not told apart."""
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
    country, other = read_countries().find(words) or _by_adjective(words), _file().others.search(words)
    asked = _question(words)
    if country is not None or other is not None:
        if asked is None and question is not None and len(words) <= _FOLLOWS:
            asked = _file().questions[question]
        if asked is None and read_english(said).situation is not None:
            return None  # told of life there, and nothing asked of its law
        return AskedOfCountry(
            country, country.name_en if country is not None else other[0].title() if other else "", asked
        )
    if asked is None:
        return None
    if code and (known := read_countries().by_code.get(code)) is not None:
        return AskedOfCountry(known, known.name_en, asked)
    return AskedOfCountry(None, "", asked) if _file().abroad.search(words) else None


def told_of_country(said: str, *, goes_on: bool = False, before: str = "") -> str:
    """What is held of the country that a Chinese question names, on what it asks; "" where it asks nothing of one.

    `goes_on`: a country was talked of, `before` if it was named, so that a mere name asks (「那匈牙利呢」).
    """
    if not (_HAN.search(said) and (_QUESTION.search(said) or (goes_on and len(said) <= _BRIEF))):
        return ""
    named = read_countries().find(said[:_LONGEST])
    asked = next((one for one in _file().questions if one.zh is not None and one.zh.search(said)), None)
    country = named or (read_countries().find(before) if before and asked is not None else None)
    if country is None:
        return ""
    if asked is not None:
        return country.text(asked.labels)
    return country.text() if goes_on and len(said) <= _BRIEF else ""


def told_labels(said: str) -> frozenset[str]:
    """Labels of what was told in answer to the questions that `with_asked` has kept."""
    named, *asked = said.split(_KEPT_BY)
    questions = [one for one in _file().questions if one.zh is not None]
    found = (next((one.labels for one in questions if one.zh is not None and one.zh.search(say)), ()) for say in asked)
    return frozenset(label for labels in found for label in labels)


def with_asked(topic: Topic, facts: Facts, said: str) -> Facts:
    """The facts, with a question about the country that was answered kept behind the words that named it."""
    spec = next((one for one in topic.look_up if one.what == "countries" and one.words), None)
    told = None if spec is None else facts.get(spec.words[0])
    if spec is None or told is None or told.value is None:
        return facts
    named, country = read_countries().find(said), read_countries().find(f"{told.said}{told.value}")
    if named is not None and named is not country:
        return facts  # 「那匈牙利呢」 is told of another
    return {**facts, spec.words[0]: replace(told, said=f"{told.said}{_KEPT_BY}{said[:_ASKED]}")}


def of_countries(topic: Topic) -> bool:
    """Whether the topic looks countries up."""
    return any(one.what == "countries" for one in topic.look_up)


def told_in(topic: Topic, facts: Facts, said: str) -> str:
    """The same in the talk of a topic that looks countries up, where 「那匈牙利呢」 and 「引渡呢」 go on."""
    spec = next((one for one in topic.look_up if one.what == "countries" and one.words), None)
    if spec is None:
        return ""
    known = facts.get(spec.words[0])
    before = "" if known is None or known.value is None else str(known.value)
    return told_of_country(said, goes_on=True, before=before)


def questions() -> tuple[CountryQuestion, ...]:
    """All that can be answered."""
    return _file().questions


def _by_adjective(words: str) -> Country | None:
    """Of a Pakistani court or company; who only is Pakistani asks nothing of Pakistan."""
    found = _file().adjective_of_law.search(words)
    if found is None:
        return None
    for code, adjective in _file().adjectives.items():
        if adjective.fullmatch(found[1]):
            return read_countries().by_code.get(code)
    return None


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
    adjectives: Mapping[str, re.Pattern[str]]
    """By the code of the country."""
    adjective_of_law: re.Pattern[str]
    """An adjective before what has to do with law."""


@functools.cache
def _file() -> _File:
    file: dict[str, Any] = read_plain(FILE)
    held = "|".join(file["adjectives"].values())
    adjective = f"(?:{held}|{file['others_adjectives']})"
    rows = tuple(_row(at, row, file["laws"], adjective) for at, row in enumerate(file["questions"]))
    return _File(
        rows,
        re.compile(file["others"]),
        re.compile(file["from"]),
        re.compile(file["abroad"]),
        {code: re.compile(one) for code, one in file["adjectives"].items()},
        re.compile(rf"\b({held}) {file['of_law']}\b"),
    )


def _row(at: int, row: Mapping[str, Any], laws: Mapping[str, str], adjective: str) -> CountryQuestion:
    unless = re.compile(row["unless"]) if row.get("unless") else None
    cite = tuple(row.get("cite") or ())
    named = (f"{laws[one.split()[0]]}, Article {read_cited(one).key}" for one in cite)
    zh = re.compile(row["zh"]) if row.get("zh") else None
    return CountryQuestion(
        at,
        re.compile(row["any"].replace("ADJECTIVE", adjective)),
        zh,
        unless,
        tuple(row["facts"]),
        row["say"],
        cite,
        "; ".join(dict.fromkeys(named)),
    )
