"""Words that contradict what a topic takes for granted, so that its interview is left: 「不是老公，是主任」."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain
from bot.interviews.topic import Topic
from bot.rasa.intents import TOPIC, Meaning
from bot.rasa.own_words import own_outright
from bot.rasa.ranking import POSSIBLE, PROCEDURE, Ranking, is_topic
from bot.rasa.related import related
from bot.rasa.situation import Situation

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "premises.yaml"
SERIOUS = 0.35
"""A topic this likely is what somebody insists on."""
_LONGEST = 60
"""Characters; a longer message tells a story in which such a word may be said of anybody."""


@dataclass(frozen=True, slots=True)
class Premise:
    """What speaks against a topic."""

    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    to: str

    def contradicted(self, said: str) -> bool:
        """Whether `said` speaks against it."""
        return bool(self.words.search(said)) and not (self.unless is not None and self.unless.search(said))


def leaves_premise(words: str, ranking: Ranking, situation: Situation, topics: Mapping[str, Topic]) -> Meaning | None:
    """Where a message leads that contradicts the topic of the interview, or insists on another; None for nowhere."""
    if len(words) > _LONGEST:
        return None
    against = _against(situation.topic, words)
    if against is not None:
        others = (name.removeprefix(TOPIC) for name, chance in ranking if is_topic(name, topics) and chance >= POSSIBLE)
        other = own_outright(words) or next((one for one in others if one != situation.topic), against.to)
        if other in topics and other != situation.topic:
            return Meaning("change_topic", 1.0, (other,))
        return Meaning("leave_topic", 1.0)
    if _insists().search(words) is None:
        return None
    likely = [(name, chance) for name, chance in ranking if is_topic(name, topics)][:1]
    plainly = next((name.removeprefix(TOPIC) for name, chance in likely if chance >= SERIOUS), "")
    other = own_outright(words) or related(situation.topic, words) or plainly
    if other not in topics or other == situation.topic or topics[other].area == PROCEDURE:
        return None
    return Meaning("change_topic", 1.0, (other,))


def of_the_side(words: str, ranking: Ranking, topic: str) -> Ranking:
    """The ranking without topics of a side that nobody says they are on, as if those had been impossible.

    `topic` is the one at hand, which stays.
    """
    out = {TOPIC + one for one, side in _sides().items() if one != topic and side.search(words) is None}
    taken = sum(chance for name, chance in ranking if name in out)
    return [(name, chance / max(1.0 - taken, chance)) for name, chance in ranking if name not in out]


def contradicts(topic: str, words: str) -> bool:
    """Whether `words` speak against what `topic` takes for granted: it was opened by mistake."""
    return len(words) <= _LONGEST and _against(topic, words) is not None


def _against(topic: str, words: str) -> Premise | None:
    return next((one for one in _premises().get(topic, ()) if one.contradicted(words)), None)


@functools.cache
def _insists() -> re.Pattern[str]:
    return re.compile("".join(_file()["insists"].split("\n")).strip())


@functools.cache
def _sides() -> Mapping[str, re.Pattern[str]]:
    return {topic: re.compile(words) for topic, words in _file()["sides"].items()}


@functools.cache
def _premises() -> Mapping[str, tuple[Premise, ...]]:
    return {
        topic: tuple(
            Premise(re.compile(row["words"]), re.compile(row["unless"]) if row.get("unless") else None, row["to"])
            for row in rows
        )
        for topic, rows in _file()["topics"].items()
    }


def _file() -> dict[str, Any]:
    file: dict[str, Any] = read_plain(FILE)
    return file
