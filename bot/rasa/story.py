"""What was told so far without opening a topic: people tell a story in pieces, and none of them says it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.interviews.topic import Topic
from bot.rasa.intents import OUTSIDE, TOPIC, Meaning
from bot.rasa.opening import fresh
from bot.rasa.ranking import POSSIBLE, Ranking
from bot.rasa.situation import SAID_CHARACTERS, Situation

GOES_ON = frozenset({"unclear", "ask_law", "nlu_fallback"})
"""Messages after which the story is still open."""
CHOSEN = 1.0
"""A topic that was named outright; no story speaks against it."""
_OPEN = GOES_ON | {OUTSIDE, "follow_up"}  # a paper is asked for at the end of what was told


def longer(story: str, words: str) -> str:
    """The story with `words` at its end; of a long one the end."""
    return "。".join(one for one in (story, words) if one)[-SAID_CHARACTERS:]


def told_before(situation: Situation) -> str:
    """What a message goes on from; empty once a topic is open or an opinion given."""
    return "" if situation.stage else situation.story


def as_a_whole(
    alone: Meaning, story: str, ranking: Ranking, areas: Ranking, situation: Situation, topics: Mapping[str, Topic]
) -> Meaning:
    """The meaning of a message that by itself means `alone`, when all of the `story` it ends is read.

    `ranking` and `areas` are those of the story. A topic that the message names clearly stands unless the story
    speaks against it; then it is asked about.
    """
    if alone.intent.startswith(TOPIC) and alone.confidence >= CHOSEN:
        return alone
    if alone.intent.startswith(TOPIC):
        topic = alone.intent.removeprefix(TOPIC)
        first = next(((name.removeprefix(TOPIC), p) for name, p in ranking if name.startswith(TOPIC)), (topic, 1.0))
        if first[0] == topic or first[0] not in topics or dict(ranking).get(alone.intent, 0.0) >= POSSIBLE:
            return alone
        return replace(alone, intent="unclear", candidates=(topic, first[0])) if first[1] >= POSSIBLE else alone
    if alone.intent not in _OPEN:
        return alone
    whole = fresh(story, ranking, areas, topics)
    if whole.intent.startswith(TOPIC):
        return whole
    if whole.intent == "unclear" and not _asked(whole, situation):
        return whole
    return replace(alone, intent="nlu_fallback", candidates=()) if alone.intent == OUTSIDE else alone


def _asked(meaning: Meaning, situation: Situation) -> bool:
    """Whether this either/or question was the last that was put."""
    offer = situation.offer or {}
    return offer.get("kind") == "clarify" and set(offer["topics"]) == set(meaning.candidates)
