"""A sentence that the classifier learns from, with what its block in the training data says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OUTSIDE = "out_of_scope"
"""This intent is an area of its own: the classifier of areas must be able to say none."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, cut, with what it is an example of."""

    words: tuple[str, ...]
    intent: str = ""
    """Empty when it teaches the area alone."""
    area: str = ""
    """Empty for what belongs to no area (small talk, answers), and for a topic whose area other examples tell."""
    weight: float = 1.0

    @classmethod
    def of(cls, text: str, intent: str, metadata: Mapping[str, Any]) -> Example:
        """`metadata` of the block: `area`, `weight`, `area_only`; see bot.rasa.examples."""
        from bot.rasa.components.tokenizer import cut  # a component of Rasa's, which learning does without

        area = metadata.get("area") or (OUTSIDE if intent == OUTSIDE else "")
        return cls(
            tuple(cut(text)),
            "" if metadata.get("area_only") else intent,
            area,
            float(metadata.get("weight", 1.0)),
        )
