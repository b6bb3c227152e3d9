"""A question of somebody else's that the classifier's correction is learnt from."""

from __future__ import annotations

from dataclasses import dataclass

NO_DANGER = "none"
"""Told of nobody who is in danger now."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A question with what is known of it."""

    text: str
    areas: tuple[tuple[str, float], ...]
    """With their shares, which add up to 1."""
    intent: str = ""
    """Empty where only the area is known."""
    weight: float = 1.0
    danger: str | None = NO_DANGER
    """The kind of danger that is told of; None where nobody can say."""
