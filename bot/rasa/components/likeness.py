"""Which of some sentences means most nearly what another says, by the sentence model of this process."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from bot.rasa.components.adapters import Numbers
from bot.rasa.components.sentence_model import SentenceModel

_KEPT = 4096
"""Sentences whose place is remembered, 2 KiB each: opinions are made of the same ones again and again."""
_model: SentenceModel | None = None


def use(model: SentenceModel | None) -> None:
    """Compare by `model` from now on; None where there is none."""
    global _model
    _model = model
    _place.cache_clear()


def likest(question: str, sentences: Sequence[str]) -> tuple[int, float]:
    """The place in `sentences` of the one most like `question`, and its cosine; (-1, 0.0) where nothing compares."""
    if _model is None or not question or not sentences:
        return -1, 0.0
    likeness = np.array([_place(one) for one in sentences]) @ _model.vector(question)
    at = int(likeness.argmax())
    return at, float(likeness[at])


@functools.lru_cache(maxsize=_KEPT)
def _place(sentence: str) -> Numbers:
    assert _model is not None
    return _model.vector(sentence)
