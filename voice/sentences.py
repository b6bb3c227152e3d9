"""What the telephone says, read from one file that a person of the hotline can correct."""

from __future__ import annotations

from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("sentences.yaml")


class Sentences:
    """Sentences by name, with their gaps filled."""

    def __init__(self, file: Path = _FILE) -> None:
        self._texts: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))

    def say(self, name: str, **gaps: str) -> str:
        """The sentence of that name."""
        return self._texts[name].format(**gaps)

    @property
    def fixed(self) -> tuple[str, ...]:
        """Those without gaps: they can be rendered before anyone calls."""
        return tuple(text for text in self._texts.values() if "{" not in text)
