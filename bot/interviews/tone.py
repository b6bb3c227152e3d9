"""The tone of hotline work: what no text may say, and what some texts must."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "tone.yaml"
_BEFORE = 10
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」")


@dataclass(frozen=True, slots=True)
class Tone:
    """Patterns from training_data/lexicon/tone.yaml."""

    forbidden: tuple[tuple[re.Pattern[str], re.Pattern[str] | None, str], ...]
    """(pattern, what excuses it right before, why)"""
    required: Mapping[str, tuple[re.Pattern[str], ...]]
    """By the name of a fixed text."""
    never: frozenset[str] = frozenset()
    """Of the whys: those that no reason excuses."""

    def faults(self, text: str) -> Iterator[str]:
        """What is wrong with a text that we say; what it quotes is somebody else's."""
        own = _QUOTED.sub("“”", text)
        for why, found in self._matches(own):
            yield f"{why}: {found[0]!r} in {own[max(0, found.start() - 10) : found.end() + 10]!r}"

    def found(self, text: str) -> Iterator[tuple[str, str]]:
        """(why, words) of the same faults."""
        for why, found in self._matches(_QUOTED.sub("“”", text)):
            yield why, found[0]

    def _matches(self, own: str) -> Iterator[tuple[str, re.Match[str]]]:
        for pattern, excuse, why in self.forbidden:
            for found in pattern.finditer(own):
                if excuse is None or not excuse.search(own, max(0, found.start() - _BEFORE), found.start()):
                    yield why, found
                    break

    def missing(self, name: str, text: str) -> list[str]:
        """What the fixed text `name` must say and does not. Raises KeyError for a text of which nothing is asked."""
        return [pattern.pattern for pattern in self.required[name] if not pattern.search(text)]


@lru_cache(maxsize=1)
def read_tone(path: Path = FILE) -> Tone:
    """The tone of hotline work."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Tone(
        tuple(
            (re.compile(pattern), re.compile(rule["unless"]) if "unless" in rule else None, rule["why"])
            for rule in data["forbidden"]
            for pattern in rule["patterns"]
        ),
        {rule["text"]: tuple(map(re.compile, rule["patterns"])) for rule in data["required"]},
        frozenset(rule["why"] for rule in data["forbidden"] if rule.get("never")),
    )
