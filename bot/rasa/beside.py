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


def read_beside_opening(topic: str, words: str) -> str:
    """The same of the words that opened `topic`: what is lost where the second matter is not noted at once."""
    others = _file()["opening"].get(topic, ())
    return next((other for other in others if re.search(_file()["words"][other], words)), "")


def read_both(first: str, second: str, words: str) -> tuple[str, ...]:
    """The matters that people have together and that `words` name, the most pressing first, where an either/or question
    between `first` and `second` would ask for one of them; () where they are no such matters.

    「欠我工资，一直没签合同」 is no question of which of the two.
    """
    for group in _file()["both"]:
        found = {one: match for one in group if (match := re.search(_file()["words"].get(one, r"(?!)"), words))}
        if group[0] in found and len(found) > 1 and {first, second} & found.keys():
            return (group[0], *sorted(found.keys() - {group[0]}, key=lambda one: found[one].start()))
    return ()


def names(topic: str, words: str) -> bool:
    """Whether `words` name the topic by what belongs to it alone: 「彩礼」."""
    return re.search(_file()["words"].get(topic, r"(?!)"), words) is not None


def keeps(topic: str, other: str) -> bool:
    """Whether `topic` answers what by itself would open `other`: a pregnant worker who is to be dismissed."""
    return other in _file()["keeps"].get(topic, ())


@functools.cache
def _file() -> Mapping[str, Any]:
    file: dict[str, Any] = read_plain(FILE)
    return file


@functools.cache
def beside() -> Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]:
    """Pattern and topic of each, by the topic of the interview."""
    file = _file()
    words = {topic: re.compile(pattern) for topic, pattern in file["words"].items()}
    return {topic: tuple((words[other], other) for other in others) for topic, others in file["beside"].items()}
