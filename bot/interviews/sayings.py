"""What citizens are known to say, cut into words: the examples of all topics and what is said beside them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.interviews.topic import Topic
from bot.understanding.meant import meant
from bot.understanding.words import cutter

_DATA = Path(__file__).resolve().parents[2] / "training_data"
_GENERAL = _DATA / "nlu" / "general.yml"
_SPOKEN = _DATA / "lexicon" / "spoken.yaml"
_OFTEN = 6
"""How many times what is said in one word counts, beside the examples."""


def sayings(topics: Iterable[Topic]) -> list[list[str]]:
    """Sentences of words."""
    examples = [text for topic in topics for text in topic.examples]
    said: dict[str, str] = yaml.safe_load(_SPOKEN.read_text(encoding="utf-8"))
    short = [word for words in said.values() for word in words.split()]
    return [cutter().lcut(meant(text)) for text in (*examples, *_general(), *short * _OFTEN)]


def _general() -> list[str]:
    """What is said beside the topics: danger, answers, questions about the law."""
    blocks = yaml.safe_load(_GENERAL.read_text(encoding="utf-8"))["nlu"]
    lines = (line for block in blocks for line in str(block.get("examples") or "").splitlines())
    return [text for line in lines if (text := line.strip().removeprefix("-").strip())]
