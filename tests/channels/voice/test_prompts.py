"""What can be rendered before anyone calls is what the bot will say to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.interviews.topic import Topic
from bot.interviews.topic_file import read_topic
from bot.rasa import wording
from channels.voice.prompts import prompts

TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture
def topic() -> Topic:
    return read_topic(next(iter(sorted(TOPICS.glob("*.yaml")))))


def test_the_bots_own_words_and_its_questions(topic: Topic) -> None:
    made = prompts([topic])
    assert "嗯，这些我记着了。" in made
    assert topic.facts[0].question in made
    assert wording.CLARIFY not in made
    assert not [one for one in made if "{" in one or one[-1] not in "。！？"]
    assert len(set(made)) == len(made)
