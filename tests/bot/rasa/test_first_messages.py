"""First messages that opened the wrong topic, none, or an either/or question that nobody needs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.topic_file import load_topics
from bot.rasa.context import TOPIC, decide
from bot.rasa.opening import fresh
from bot.rasa.ranking import Ranking
from bot.rasa.situation import Situation

TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")
MESSAGES = Path(__file__).with_name("first_messages.tsv")
TODAY = date(2026, 11, 23)


def ranked(cell: str) -> Ranking:
    """「topic_divorce 0.64 topic_custody 0.31」 as the model gave it."""
    parts = cell.split()
    return [(name, float(chance)) for name, chance in zip(parts[::2], parts[1::2], strict=True)]


def told() -> list[tuple[str, Ranking, Ranking, str]]:
    """The lines of the file."""
    lines = MESSAGES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(meant, ranked(intents), ranked(areas), words) for meant, intents, areas, words in rows]


@pytest.mark.parametrize(("wanted", "intents", "areas", "words"), told())
def test_a_first_message_opens_its_topic(wanted: str, intents: Ranking, areas: Ranking, words: str) -> None:
    meaning = decide(words, intents, Situation(), TOPICS, TODAY, areas)
    assert meaning.intent.removeprefix(TOPIC) == wanted


LONG = "我去年三月在网上认识了一个人，后来他叫我一起做事，前前后后好几个月，说了很多话，钱也没有下文"


@pytest.mark.parametrize(
    ("words", "second", "intent"),
    [
        (LONG, 0.1, TOPIC + "divorce"),
        (LONG, 0.3, "unclear"),  # half as likely: asked
        (LONG[:20], 0.1, "unclear"),  # no story yet
        (LONG + "，彩礼要退吗", 0.1, "unclear"),  # what it ends with asks for the second
    ],
)
def test_a_story_is_of_the_topic_that_leads(words: str, second: float, intent: str) -> None:
    assert fresh(words, [(TOPIC + "divorce", 0.6), (TOPIC + "bride_price", second)], (), TOPICS).intent == intent


def test_violence_beside_a_divorce_at_court_is_kept_with_it() -> None:
    words = "我老公起诉离婚，传票收到了，十二月开庭，他以前动手打过我两次，孩子八岁我想要"
    meaning = fresh(words, [(TOPIC + "divorce", 0.6), (TOPIC + "marital_property", 0.1)], (), TOPICS)
    assert (meaning.intent, meaning.candidates) == (TOPIC + "divorce", ("domestic_violence",))


def test_words_far_apart_in_a_long_story_are_said_of_several_things() -> None:
    near = "我在商场试衣间发现有摄像头"
    ranking = [("law_question", 0.2)]
    assert fresh(near, ranking, (), TOPICS).intent == TOPIC + "sexual_harassment"
    far = "我在商场试衣间门口等朋友" + "，后来我们又走了很远的路" * 15 + "，回家看见门口有摄像头"
    assert fresh(far, ranking, (), TOPICS).intent != TOPIC + "sexual_harassment"
