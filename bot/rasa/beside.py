"""Hears in the middle of an interview what belongs to another matter of the same person: 「押金三千」, 「没签合同」."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "beside.yaml"


def read_beside(topic: str, words: str) -> str:
    """Id of the topic that `words`, which answer nothing, belong to while `topic` is asked; "" for none."""
    return next((other for pattern, other in beside().get(topic, ()) if pattern.search(words)), "")


@functools.cache
def beside() -> Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]:
    """Pattern and topic of each, by the topic of the interview."""
    file: dict[str, Any] = read_plain(FILE)
    words = {topic: re.compile(pattern) for topic, pattern in file["words"].items()}
    return {topic: tuple((words[other], other) for other in others) for topic, others in file["beside"].items()}
