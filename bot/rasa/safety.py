"""The questions whether somebody is in danger now, which are neither put without end nor passed over in silence."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "safety.yaml"


@dataclass(frozen=True, slots=True)
class SafetyQuestion:
    """One such question."""

    fact: str
    say: str
    """What is said once more to whoever did not answer it."""


@functools.cache
def safety_questions() -> Mapping[str, SafetyQuestion]:
    """By topic id."""
    file: dict[str, Any] = read_plain(FILE)
    return {topic: SafetyQuestion(row["fact"], row["say"]) for topic, row in file["questions"].items()}
