"""Danger as people tell it in their own words, read from the lexicon."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "danger.yaml"
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class ToldDanger:
    """What tells of one kind of danger."""

    told: re.Pattern[str]
    unless: re.Pattern[str]
    """Beside these words the sentence tells of something that is over."""


def told_dangers() -> Mapping[str, ToldDanger]:
    """By kind; `held` is violence that goes on day after day."""
    return _file()


@functools.cache
def _read() -> dict[str, Any]:
    file: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return file


@functools.cache
def _file() -> Mapping[str, ToldDanger]:
    file = _read()
    words: dict[str, str] = file["words"]
    return {
        kind: ToldDanger(_pattern(lines, words), _compiled(file["unless"].get(kind)))
        for kind, lines in file["told"].items()
    }


def _pattern(lines: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern of all lines. Raises KeyError for a name that stands for no words."""
    read = [line for line in map(str.strip, lines.splitlines()) if line and not line.startswith("#")]
    return re.compile("|".join(re.sub(r"<([a-z]+)>", lambda found: _word(found[1], words), line) for line in read))


def _word(name: str, words: Mapping[str, str]) -> str:
    return re.sub(r"<([a-z]+)>", lambda found: words[found[1]], words[name])


def _compiled(unless: str | None) -> re.Pattern[str]:
    return re.compile(re.sub(r"\s+", "", unless)) if unless else _NEVER
