"""Replaces the yes or no told last by what the message says instead."""

from __future__ import annotations

import re

from bot.interviews.facts import FactValue
from bot.interviews.hearing import EARLIER, Hearing
from bot.understanding.speech_acts import read_polarity
from bot.understanding.substance import content


def flip_earlier(hearing: Hearing) -> bool:
    """「刚才说错了，是有的」: the yes or no told last is replaced."""
    last = next(reversed(list(hearing.facts)), None)
    if last is None or hearing.topic.fact(last).type != "yes_no":
        return False
    rest = EARLIER.sub("", content(hearing.said))
    polarity = read_polarity(re.sub(r"^[^,，。]*[,，。]\s*", "", rest) or rest)
    if polarity not in {"yes", "no"}:
        return False
    hearing.new[last] = FactValue(polarity == "yes", False, hearing.said)
    return True
