"""Tells a bare word that could be about anything (赔偿, 老板) from one that names a matter (离婚, 工伤)."""

from __future__ import annotations

from collections.abc import Mapping

from bot.interviews.topic import Topic

LONGEST = 3
"""Chinese characters; what is longer says enough."""
MANY = 5
"""Areas of law in which people use a word that says nothing of the area."""


def says_nothing(words: str, topics: Mapping[str, Topic]) -> bool:
    """Whether `words` is one word that people of many areas of law use."""
    if not 0 < len(words) <= LONGEST:
        return False
    areas = {
        topic.area
        for topic in topics.values()
        if topic.kind == "consultation" and sum(words in example for example in topic.examples) >= 2
    }
    return len(areas) >= MANY
