"""A story told in pieces is read as a whole, and one piece opens no other topic against it."""

from __future__ import annotations

from bot.interviews.topic_file import load_topics
from bot.rasa.intents import Meaning
from bot.rasa.situation import SAID_CHARACTERS, Situation
from bot.rasa.story import as_a_whole, longer, told_before
from tests.conftest import TOPICS

TOPIC = load_topics(TOPICS)
STORY = "我老公的事。他外面有人了。房子是婚后买的"
WHOLE = [("topic_divorce", 0.8), ("topic_inheritance", 0.01)]


def whole(alone: Meaning, ranking: list[tuple[str, float]] = WHOLE, situation: Situation | None = None) -> Meaning:
    return as_a_whole(alone, STORY, ranking, (), situation or Situation(story="我老公的事"), TOPIC)


def test_what_says_too_little_alone_is_read_with_what_came_before() -> None:
    assert whole(Meaning("nlu_fallback", 0.2)).intent == "topic_divorce"
    assert whole(Meaning("out_of_scope", 0.9)).intent == "topic_divorce"
    assert whole(Meaning("ask_person", 1.0)).intent == "ask_person"
    assert whole(Meaning("danger", 1.0)).intent == "danger"


def test_a_paper_asked_for_at_its_end_is_of_the_story() -> None:
    assert whole(Meaning("follow_up", 1.0)).intent == "topic_divorce"
    assert whole(Meaning("follow_up", 1.0), [("greet", 0.1)]).intent == "follow_up"


def test_who_tells_a_story_is_not_sent_away() -> None:
    assert whole(Meaning("out_of_scope", 0.9), [("greet", 0.1)]).intent == "nlu_fallback"


def test_a_topic_against_the_story_is_asked_about() -> None:
    against = whole(Meaning("topic_inheritance", 0.85))
    assert (against.intent, against.candidates) == ("unclear", ("inheritance", "divorce"))
    assert whole(Meaning("topic_inheritance", 1.0)).intent == "topic_inheritance", "it was named outright"
    likely = [("topic_divorce", 0.5), ("topic_inheritance", 0.3)]
    assert whole(Meaning("topic_inheritance", 0.85), likely).intent == "topic_inheritance"


def test_the_same_either_or_question_is_not_put_twice() -> None:
    either = [("topic_divorce", 0.5), ("topic_custody", 0.4)]
    assert whole(Meaning("nlu_fallback", 0.2), either).candidates == ("divorce", "custody")
    offer = {"kind": "clarify", "topics": ["custody", "divorce"], "names": ["", ""], "said": "x"}
    asked = Situation(story="我老公的事", offer=offer)
    assert whole(Meaning("nlu_fallback", 0.2), either, asked).intent == "nlu_fallback"


def test_a_story_ends_with_the_topic_it_opens() -> None:
    assert told_before(Situation(story="甲")) == "甲"
    assert told_before(Situation(story="甲", stage="interview")) == ""
    assert longer("甲", "乙") == "甲。乙"
    assert longer("", "乙") == "乙"
    assert len(longer("甲" * SAID_CHARACTERS, "乙")) == SAID_CHARACTERS
