"""What a message means that only makes sense after an opinion, a search or a problem put off for later."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import yaml

from bot.interviews.facts import Facts, FactValue
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.rasa.intents import TOPIC, Meaning
from bot.rasa.ranking import SURE
from bot.rasa.related import related
from bot.rasa.situation import Situation
from bot.rasa.wording import AFTER_OPINION
from bot.understanding.follow_ups import asks_about, goes_back, is_person, supposition, wants_next

LEXICON = Path(__file__).resolve().parents[2] / "training_data" / "lexicon"
SUPPOSED = LEXICON / "supposed.yaml"
_FIRST = frozenset({"apply", "ask_person", "danger", "nothing_said", "start_again"})
"""Comes before any follow-up."""
_NAMES_ONE = re.compile(r"问题|事|件|呢|下一|另")
_SETTLED = _FIRST | {"answer", "decline", "matter_status", "start_over"}
"""No supposition and no question about somebody else is one of these."""


def follow_up(
    words: str, meaning: Meaning, situation: Situation, topics: Mapping[str, Topic], today: date
) -> Meaning | None:
    """The meaning of `words` as a follow-up, `meaning` being what they say by themselves; None where they are none."""
    answers = meaning.intent == "answer" and meaning.confidence >= 1 and not _of_what_waits(words, situation)
    chosen = (situation.offer or {}).get("kind") == "clarify" and meaning.intent.startswith(TOPIC)
    if wants_next(words) and meaning.intent not in _FIRST | {"change_topic"} and not (answers or chosen):
        return Meaning("next_topic", 1.0)
    if situation.stage == "interview" or meaning.intent in _SETTLED:
        return None
    topic = topics.get(situation.topic) if situation.stage == "told" else None
    if topic is not None and words in AFTER_OPINION:
        return Meaning("follow_up", 1.0)  # what the bot itself offers is no topic of its own
    if topic is not None:
        clause = supposition(words)
        if clause and supposed(topic, situation.known(), clause, today):
            return Meaning("suppose", 1.0)
        if clause and meaning.intent.startswith(TOPIC) and meaning.intent != TOPIC + topic.id:
            # 「那如果没签合同呢」 supposes it, and tells of no matter of that kind.
            other = meaning.intent.removeprefix(TOPIC)
            if other in topics and supposed(topics[other], {}, clause, today):
                return Meaning("suppose", 1.0, (other,))
            return Meaning("ask_law", 1.0)
    if topic is not None or _searched(situation):
        about = asks_about(words)
        if about and topic is not None and (other := related(topic.id, about, at_the_end=True)) in topics:
            return Meaning(TOPIC + other, 1.0)
        if about and is_person(about):
            return Meaning("ask_whom", 1.0)
    if _searched(situation) and goes_back(words) and not _is_clear(meaning):
        return Meaning("ask_law", 1.0)
    return None


def _of_what_waits(words: str, situation: Situation) -> bool:
    """Whether 「第二个」 means a problem that waits, and not the second answer to the question that stands."""
    return bool(situation.pending) and _NAMES_ONE.search(words) is not None


def supposed(topic: Topic, facts: Facts, clause: str, today: date) -> dict[str, FactValue]:
    """The facts that the supposition changes; read as if nothing had been answered yet."""
    for said in _ways_to_say(clause):
        told = read_answers(topic, {}, None, said, today).facts
        changed = {
            one: value
            for one, value in told.items()
            if value.value is not None and (one not in facts or facts[one].value != value.value)
        }
        if changed:
            return changed
    return {}


def _ways_to_say(clause: str) -> Iterator[str]:
    """The clause as said, then out of its frame (「是我自己走的」), then as topics may put it."""
    yield from dict.fromkeys((clause, clause.removeprefix("是")))
    for when, ways in _paraphrases():
        if when.search(clause):
            yield from ways


def _searched(situation: Situation) -> bool:
    """Articles were shown last, for a question that is still known."""
    offer = situation.offer or {}
    return situation.stage == "" and offer.get("kind") == "person" and bool(offer.get("said"))


def _is_clear(meaning: Meaning) -> bool:
    return meaning.intent.startswith(TOPIC) and meaning.confidence >= SURE


@functools.cache
def _paraphrases() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    rows = yaml.safe_load(SUPPOSED.read_text(encoding="utf-8"))
    return tuple((re.compile(row["when"]), tuple(row["say"])) for row in rows)
