"""A question of somebody else's that the classifier's correction is learnt from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taught:
    """A question with what is known of it."""

    text: str
    areas: tuple[tuple[str, float], ...]
    """With their shares, which add up to 1."""
    intent: str = ""
    """Empty where only the area is known."""
    weight: float = 1.0
