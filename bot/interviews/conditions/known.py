"""With what an expression is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.interviews.conditions.kind import Value


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when an expression is evaluated."""

    values: Mapping[str, Value]
    """Facts that have a value."""
    today: date
    stuck: frozenset[str] = frozenset()
    """Facts that will stay unknown: the citizen does not know, or the question does not apply."""
