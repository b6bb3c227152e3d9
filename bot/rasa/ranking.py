"""The classifier's ranking of intents: how likely is likely enough, and which topic it speaks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.interviews.topic import Topic
from bot.rasa.cues import HAN, LEGAL, QUESTION
from bot.rasa.intents import TOPIC

Ranking = Sequence[tuple[str, float]]

SURE = 0.55
"""A topic this likely is taken up without asking back."""
SOCIAL = 0.50
"""A greeting, thanks or question about the bot must be this likely."""
PROCEDURE = "procedure"
"""Area of the topics that every other matter touches: evidence, costs, how to sue."""
POSSIBLE = 0.15
"""A topic this likely is worth an either/or question."""
BRIEF = 12
"""Chinese characters; what is longer than this and asks or names a matter is no greeting and no plain answer."""
WORDY = 20
"""Chinese characters; nobody greets, thanks or chats at this length."""
LASTING = 0.80
"""A long complaint or question about the bot must be this likely."""
_BRIEF = frozenset(
    {"greet", "thanks", "goodbye", "affirm", "deny", "dont_know", "inform", "correct", "repeat", "restart", "ask_why"}
)
"""Nobody needs a long sentence for these; in one they are the courtesy or the detail beside the matter."""
_LASTING = frozenset({"bot_challenge", "complaint", "matter_status", "handoff"})
"""A long sentence may well be one of these, if nothing else is likely."""


def of_the_matter(words: str, ranking: Ranking) -> Ranking:
    """The ranking without small talk and plain answers where the words are too long for them."""
    length = len(HAN.findall(words))
    if length <= BRIEF or not (length > WORDY or QUESTION.search(words) or LEGAL.search(words)):
        return ranking
    left = [
        (intent, chance)
        for intent, chance in ranking
        if intent not in _BRIEF and (intent not in _LASTING or chance >= LASTING)
    ]
    # As if nothing else had been possible: 「离婚起诉要多少钱，谢谢」 is as sure as without the thanks.
    taken = sum(chance for _, chance in ranking) - sum(chance for _, chance in left)
    return [(intent, chance / max(1.0 - taken, chance)) for intent, chance in left]


def is_topic(intent: str, topics: Mapping[str, Topic]) -> bool:
    """Whether the intent stands for a topic that exists."""
    return intent.startswith(TOPIC) and intent.removeprefix(TOPIC) in topics


def other_topic(ranking: Ranking, current: str, topics: Mapping[str, Topic]) -> tuple[str, float] | None:
    """The best-ranked intent as (topic id, chance) if it is a topic other than the current one."""
    if not ranking or not is_topic(ranking[0][0], topics) or ranking[0][0] == TOPIC + current:
        return None
    return ranking[0][0].removeprefix(TOPIC), ranking[0][1]
