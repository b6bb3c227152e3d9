"""Which services make appointments, and whether a message tells another time for one that was registered."""

from __future__ import annotations

from datetime import date

from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.meant import meant
from bot.understanding.time_wanted import time_wanted


def time_fact(topic: Topic) -> Fact | None:
    """The fact that keeps when somebody wants to come; None where the service makes no appointments."""
    return next((one for one in topic.facts if one.first == "time"), None)


def time_of(topic: Topic, text: str, today: date) -> str:
    """The time that `text` asks for once the wish is registered; "" for none."""
    return time_wanted(str(meant(text)), today, alone=True) if time_fact(topic) is not None else ""
