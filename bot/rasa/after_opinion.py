"""What a message means after the opinion: a correction, a question about it, or something new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.interviews.afterwards import read_afterwards
from bot.interviews.reading import Reading
from bot.interviews.topic import Topic
from bot.rasa.cues import LAW_REFERENCE, MORE, QUESTION, SHORT
from bot.rasa.intents import OUTSIDE, SMALL_TALK, TOPIC, Meaning
from bot.rasa.ranking import BRIEF, PROCEDURE, SOCIAL, SURE, Ranking, other_topic
from bot.rasa.situation import Situation
from bot.rasa.wording import AFTER_OPINION
from bot.understanding.speech_acts import corrects


def after_opinion(
    words: str, ranking: Ranking, situation: Situation, topics: Mapping[str, Topic], today: date
) -> Meaning | None:
    """A correction, a question about the opinion, or None when the message opens something new."""
    if words in AFTER_OPINION or (len(words) <= BRIEF and MORE.search(words) and not corrects(words)):
        return Meaning("follow_up", 1.0)  # 「要什么证据」 is about this matter, though there is a topic of evidence
    name, chance = ranking[0] if ranking else ("", 0.0)
    other = other_topic(ranking, situation.topic, topics)
    elsewhere = other is not None and other[1] >= SURE and not is_aside(words, other[0], topics)
    question = bool(QUESTION.search(words))
    if not elsewhere or corrects(words):
        reading = read_afterwards(topics[situation.topic], situation.known(), words, today)
        if corrects(words) or (not question and _brings_news(reading)):
            return Meaning("correct", 1.0)
    if elsewhere or LAW_REFERENCE.search(words) or (name == "learn" and chance >= SOCIAL):
        return None
    if MORE.search(words):
        return Meaning("follow_up", 1.0)
    if name == TOPIC + situation.topic and chance >= SURE:
        return Meaning("follow_up" if question else "same_topic", chance)
    if name in SMALL_TALK and chance >= SOCIAL:
        return Meaning(name, chance)
    return Meaning("follow_up", SOCIAL) if question and name != OUTSIDE and len(words) >= 4 else None


def is_aside(words: str, other: str, topics: Mapping[str, Topic]) -> bool:
    """A short 「要准备什么证据」 beside a matter is about that matter, although topics on procedure know it too."""
    return topics[other].area == PROCEDURE and len(words) <= SHORT and bool(MORE.search(words))


def _brings_news(reading: Reading) -> bool:
    return bool(reading.facts or reading.corrected)
