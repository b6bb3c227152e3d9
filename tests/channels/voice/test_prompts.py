"""What can be rendered before anyone calls is what the bot will say to them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.interviews.topic import Topic
from bot.interviews.topic_file import read_topic
from bot.rasa import wording
from channels.voice import wiring as voice_wiring
from channels.voice.prompts import prompts
from tests.fakes.clock import VirtualClock
from tests.fakes.synthesizer import FakeVoice
from tests.fakes.ticking import until
from voice.sentences import Sentences

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


async def test_they_are_made_while_nobody_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake, clock, calls = FakeVoice(), VirtualClock(), [1]
    monkeypatch.setattr(voice_wiring, "NeuralVoice", lambda: fake)
    voices = voice_wiring.Voices(tmp_path, Sentences())
    voices.keep(["签合同了吗？", "您住在哪儿？"])
    making = asyncio.create_task(voices.render(["签合同了吗？", "您住在哪儿？"], [8000], lambda: calls[0] > 0, clock))
    await until(clock, lambda: clock.monotonic() > 100, step=1)
    assert fake.said == [], "somebody is on the line"
    calls[0] = 0
    clock.advance(60)
    await making
    assert [text for text, _ in fake.said] == ["签合同了吗？", "您住在哪儿？"]
    await voices.render(["签合同了吗？", "您住在哪儿？"], [8000], lambda: False, clock)
    assert len(fake.said) == 2, "and once"
