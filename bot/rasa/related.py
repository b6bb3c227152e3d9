"""The topic that answers what is brought up after the opinion on another: the child after a divorce."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "related.yaml"


def related(topic: str, words: str, at_the_end: bool = False) -> str:
    """Id of that topic, by the longest name in `words`, or `at_the_end` of them; "" for none."""
    names = _table().get(topic) or {}
    known = sorted((one for one in names if not _refused(one, words)), key=len, reverse=True)
    return next((names[one] for one in known if (words.endswith(one) if at_the_end else one in words)), "")


def _refused(name: str, words: str) -> bool:
    """「我不想离婚，就想让他别打了」 wants no divorce."""
    return (
        re.search(rf"(?:不(?:想|要|愿意?|打算|会)|没想过?)(?:跟他|跟她|和他|和她)?{re.escape(name)}", words) is not None
    )


@functools.cache
def _table() -> Mapping[str, Mapping[str, str]]:
    table: dict[str, Any] = read_plain(FILE)
    return table
