"""The score sheet of a consultation: what is judged, what it is worth, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

FILE = Path(__file__).with_name("sheet.yaml")
Kind = Literal["rules", "person"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is judged."""

    id: str
    name: str
    """As people read it."""
    most: int
    """Points for doing it well."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The judgement of one criterion."""

    criterion: Criterion
    points: int | None
    """None where it does not apply."""
    seq: int | None = None
    """Of the message that shows it."""
    words: str = ""
    """Why, in Simplified Chinese; never what a citizen said."""


@lru_cache(maxsize=2)
def criteria(kind: Kind) -> Mapping[str, Criterion]:
    """What is judged by rules or by a person, in order."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))[kind]
    return {one["id"]: Criterion(one["id"], one["name"], one["most"]) for one in told}


def total(marks: Iterable[Mark]) -> int:
    """0 to 100 over what applies; 100 where nothing does."""
    applied = [(mark.points, mark.criterion.most) for mark in marks if mark.points is not None]
    most = sum(one for _, one in applied)
    return round(100 * sum(points for points, _ in applied) / most) if most else 100


def to_json(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """As it is stored."""
    return [{"id": m.criterion.id, "points": m.points, "seq": m.seq, "words": m.words} for m in marks]


def from_json(kind: Kind, stored: Iterable[Mapping[str, Any]]) -> tuple[Mark, ...]:
    """The inverse; a criterion that is no longer judged keeps its id as its name."""
    known = criteria(kind)
    return tuple(
        Mark(known.get(m["id"], Criterion(m["id"], m["id"], 0)), m["points"], m["seq"], m["words"]) for m in stored
    )
