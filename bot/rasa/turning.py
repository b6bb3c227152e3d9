"""Where a message leads that says to leave the interview for something else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.rasa.danger_heard import hear_danger
from bot.rasa.intents import TOPIC, Meaning
from bot.rasa.opening import fresh
from bot.rasa.ranking import Ranking
from bot.rasa.situation import Situation
from bot.understanding.speech_acts import wants_person


def turn_away(
    words: str,
    ranking: Ranking,
    areas: Ranking,
    situation: Situation,
    topics: Mapping[str, Topic],
    today: date,
    plain: bool,
) -> Meaning | None:
    """The topic to go to, or what is asked that fits none; None where the words still belong to the interview.

    `plain`: the wish leaves the matter whatever `words`, the rest of the message, are about.
    """
    if situation.stage != "interview" or situation.topic not in topics:
        return None
    if hear_danger(words) is not None or wants_person(words):
        return None
    meaning = fresh(words, ranking, areas, topics)
    if meaning.intent.startswith(TOPIC):
        other = meaning.intent.removeprefix(TOPIC)
        return None if other == situation.topic else Meaning("change_topic", meaning.confidence, (other,))
    if meaning.intent == "unclear":
        others = tuple(one for one in meaning.candidates if one != situation.topic)
        waiting = {one["topic"] for one in situation.pending}
        others = tuple(one for one in others if one in waiting)[:1] or others  # back to what was put off
        return Meaning("change_topic" if len(others) == 1 else "leave_topic", meaning.confidence, others)
    if not plain:
        return None
    reading = read_answers(topics[situation.topic], situation.known(), situation.asked or None, words, today)
    if reading.understood or reading.facts or reading.corrected:
        return None
    if meaning.intent == "ask_law":
        return Meaning("leave_topic", meaning.confidence, parts=(words,))
    return Meaning("leave_topic", meaning.confidence) if meaning.intent == "nlu_fallback" else None
