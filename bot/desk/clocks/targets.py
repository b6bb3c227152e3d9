"""The house's own targets, read from `targets.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from bot.desk.clocks.business import BusinessTime
from bot.desk.clocks.term import Term, Unit

TargetKind = Literal["first_answer", "next_answer", "resolution"]
TIMERS: dict[str, str] = {"first_answer": "首次答复", "next_answer": "下次答复", "resolution": "办结"}
"""Kinds of timers that no law gives, and what people call them."""
_FILE = Path(__file__).with_name("targets.yaml")


@dataclass(frozen=True, slots=True)
class Target:
    """One line of the file."""

    term: Term
    priorities: tuple[int, ...]
    kinds: tuple[str, ...]

    def fits(self, priority: int, kind: str) -> bool:
        """Whether the line is meant for a matter of this priority and kind."""
        return (not self.priorities or priority in self.priorities) and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Targets:
    """All targets, and the hours they count by."""

    opens: time
    closes: time
    lines: Mapping[str, tuple[Target, ...]]

    def term(self, timer: TargetKind, priority: int, kind: str) -> Term:
        """The term of this timer for such a matter."""
        return next(line.term for line in self.lines[timer] if line.fits(priority, kind))

    def business(self, days: Mapping[date, bool]) -> BusinessTime:
        """Business time with the days that somebody entered."""
        return BusinessTime(self.opens, self.closes, days)


def read_targets(text: str) -> Targets:
    """The targets in `text`. Raises ValueError naming what cannot be used."""
    data = yaml.safe_load(text)
    lines = {kind: tuple(_target(kind, line) for line in data[kind]) for kind in get_args(TargetKind)}
    for kind, found in lines.items():
        if not found or found[-1].priorities or found[-1].kinds:
            raise ValueError(f"the last line of {kind} must fit every matter")
    opens, closes = (time.fromisoformat(data["business"][name]) for name in ("opens", "closes"))
    if opens >= closes:
        raise ValueError("business must open before it closes")
    return Targets(opens, closes, lines)


@lru_cache(maxsize=1)
def targets() -> Targets:
    """The targets that are shipped."""
    return read_targets(_FILE.read_text(encoding="utf-8"))


def _target(kind: str, line: dict[str, Any]) -> Target:
    when = line.get("when", {})
    if line["unit"] not in get_args(Unit) or not isinstance(line["length"], int) or line["length"] <= 0:
        raise ValueError(f"{kind}: {line} has no usable length and unit")
    return Target(Term(line["length"], line["unit"]), tuple(when.get("priority", ())), tuple(when.get("kind", ())))
