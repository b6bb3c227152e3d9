"""Reads English: danger, the wish for a person, and what the trouble is about; the words are data."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from bot.understanding.danger_said import DangerKind

ENGLISH = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "english.yaml"
_SENTENCE = re.compile(r"[^.!?\n;]+")
_BLANKS = re.compile(r"\s+")
_LONGEST = 2000

Wish = Literal["danger", "person", "situation", "greeting", "thanks", "other"]


@dataclass(frozen=True, slots=True)
class EnglishSituation:
    """One of the commonest troubles."""

    id: str
    name: str
    """Goes on in 「This sounds like …」."""
    zh: str
    """For the person on duty."""
    call: tuple[str, ...]
    """Numbers that serve it, beside 12348."""
    tell: str = ""
    """Of a service, how it is used; "" for a matter of law."""
    cite: tuple[str, ...] = ()
    """Articles that it rests on."""


@dataclass(frozen=True, slots=True)
class EnglishReading:
    """What an English message is."""

    wish: Wish
    danger: DangerKind | None = None
    situation: EnglishSituation | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    dangers: tuple[tuple[DangerKind, re.Pattern[str]], ...]
    no_danger: re.Pattern[str]
    plain: Mapping[str, re.Pattern[str]]
    situations: tuple[tuple[EnglishSituation, re.Pattern[str]], ...]
    common: frozenset[str]


def read_english(text: str) -> EnglishReading:
    """What is meant; danger before everything else. Never raises."""
    said = _BLANKS.sub(" ", text[:_LONGEST].lower().replace("’", "'")).strip()
    words = _words()
    situation = next((one for one, pattern in words.situations if pattern.search(said)), None)
    for kind, pattern in words.dangers:
        if any(_is_meant(sentence, pattern, words.no_danger) for sentence in _SENTENCE.findall(said)):
            return EnglishReading("danger", kind, situation)
    if words.plain["person"].search(said) and not words.plain["no_person"].search(said):
        return EnglishReading("person", None, situation)
    if situation is not None:
        return EnglishReading("situation", None, situation)
    if words.plain["greeting"].search(said):
        return EnglishReading("greeting")
    if words.plain["thanks"].search(said):
        return EnglishReading("thanks")
    return EnglishReading("other")


def english_words() -> frozenset[str]:
    """The commonest words, which pinyin must not be made of."""
    return _words().common


def _is_meant(sentence: str, pattern: re.Pattern[str], denied: re.Pattern[str]) -> bool:
    return any(not denied.search(sentence[: match.start()]) for match in pattern.finditer(sentence))


@functools.cache
def _words() -> _Words:
    data: dict[str, Any] = yaml.safe_load(ENGLISH.read_text(encoding="utf-8"))
    return _Words(
        dangers=tuple((one["so"], _any(one["any"])) for one in data["danger"]),
        no_danger=re.compile(data["no_danger"]),
        plain={name: re.compile(data[name]) for name in ("person", "no_person", "greeting", "thanks")},
        situations=tuple((_situation(one), _any(one["any"])) for one in data["situations"]),
        common=frozenset(data["words"].split()),
    )


def english_situations() -> tuple[EnglishSituation, ...]:
    """All of them."""
    return tuple(one for one, _ in _words().situations)


def _situation(row: Mapping[str, Any]) -> EnglishSituation:
    calls = tuple(map(str, row["call"]))
    return EnglishSituation(
        row["id"], row["name"], row["zh"], calls, row.get("tell") or "", tuple(row.get("cite") or ())
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
