"""Codes of how a matter ended, read from `results.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("results.yaml")


@dataclass(frozen=True, slots=True)
class Result:
    """One code."""

    code: str
    name: str
    kinds: tuple[str, ...] = ()
    """Kinds of matters that may end so; () for all."""


@lru_cache(maxsize=1)
def results() -> dict[str, Result]:
    """All codes."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {code: Result(code, one["name"], tuple(one.get("kinds", ()))) for code, one in data.items()}


def results_of(kind: str) -> list[Result]:
    """The codes that a matter of this kind may end with."""
    return [one for one in results().values() if not one.kinds or kind in one.kinds]
