"""Matters of daily life that an office decides and no legal consultation: who does, and where to ask."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "elsewhere.yaml"
_LONGEST = 40
"""Characters; a longer message tells a story, and a topic or a search reads it."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One such matter."""

    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    who: str
    say: str
    cite: tuple[str, ...]
    """Articles that fit, in topic form."""
    appeal: bool
    """Whether what the office decides can be contested."""
    outright: bool = False
    """Whether it is that matter whatever topic the message looks like."""

    def means(self, said: str) -> bool:
        """Whether it is what was said."""
        return bool(self.words.search(said)) and not (self.unless is not None and self.unless.search(said))


@dataclass(frozen=True, slots=True)
class Refused:
    """What is added where the office refused."""

    when: re.Pattern[str]
    say: str
    cite: tuple[str, ...]


def find_elsewhere(said: str) -> Elsewhere | None:
    """The matter that `said` is about; None where it is none of them."""
    return next((one for one in matters() if one.means(said)), None) if len(said) <= _LONGEST else None


@functools.cache
def matters() -> tuple[Elsewhere, ...]:
    """All of them, in the order of the file."""
    return tuple(_matters())


@functools.cache
def refused() -> Refused:
    """The same for every matter."""
    file = _file()
    return Refused(re.compile(file["refused_when"]), file["refused"], tuple(file["refused_cite"]))


def _matters() -> Iterator[Elsewhere]:
    for row in _file()["matters"]:
        unless = re.compile(row["unless"]) if row.get("unless") else None
        cite, appeal = tuple(row.get("cite") or ()), bool(row.get("appeal", True))
        outright = bool(row.get("outright"))
        yield Elsewhere(re.compile(row["words"]), unless, row["who"], row["say"], cite, appeal, outright)


@functools.cache
def _file() -> dict[str, Any]:
    file: dict[str, Any] = read_plain(FILE)
    return file
