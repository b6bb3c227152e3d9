"""The topic that answers what is brought up after the opinion on another: the child after a divorce."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "related.yaml"


def related(topic: str, words: str, at_the_end: bool = False) -> str:
    """Id of that topic, by the longest name in `words`, or `at_the_end` of them; "" for none."""
    names = _table().get(topic) or {}
    known = sorted(names, key=len, reverse=True)
    return next((names[one] for one in known if (words.endswith(one) if at_the_end else one in words)), "")


@functools.cache
def _table() -> Mapping[str, Mapping[str, str]]:
    table: dict[str, Any] = read_plain(FILE)
    return table
