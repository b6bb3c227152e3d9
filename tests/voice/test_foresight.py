"""While a caller pauses, what would be said to them is made ready; it is said once they are done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.fakes.clock import VirtualClock
from tests.fakes.media import FakeSession
from tests.fakes.talking import LOUD, QUIET, ScriptedHotline, ScriptedRecognizer, ScriptedSynthesizer, Stillness
from tests.fakes.ticking import tick, until
from voice.conversations import Answer
from voice.phone import Phone
from voice.recordings import Recordings

QUESTION = "老板欠了多少钱？"


class Line:
    """One call, on which a pause is as long as it is."""

    def __init__(self, folder: Path) -> None:
        self.clock = VirtualClock()
        self.session = FakeSession(self.clock)
        self.hotline, self.voice, self.ear = ScriptedHotline(), ScriptedSynthesizer(), ScriptedRecognizer()
        phone = Phone(self.clock, self.hotline, self.voice, [self.ear], Recordings(folder, bytes(32)), Stillness)
        self.call = asyncio.create_task(phone.answer(self.session))

    async def greeted(self) -> None:
        """Until it is the caller's turn."""
        await until(self.clock, lambda: self.voice.said and not self.voice.speaking, beats=3000)
        await tick(self.clock, 5)

    async def hear(self, words: str, pause: int) -> None:
        """These words, and a pause of so many frames."""
        self.ear.words.append(words)
        for sound in [LOUD] * 10 + [QUIET] * pause:
            self.session.speak(sound)
            await tick(self.clock)

    @property
    def asked(self) -> list[object]:
        """What the hotline was asked."""
        return [note[1] for note in self.hotline.notes if note[0] == "ask"]


@pytest_asyncio.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    made = Line(tmp_path)
    await made.greeted()
    yield made
    made.session.leave()
    await until(made.clock, made.call.done, beats=6000, step=0.1)
    await made.call
    assert not made.voice.speaking, "nothing that was made ready stays open"


async def test_an_answer_is_ready_before_it_is_asked_for(line: Line) -> None:
    line.hotline.answers = [Answer(QUESTION)]
    await line.hear("老板不发工资", 12)
    assert line.asked == []
    assert line.voice.said[-1] == QUESTION
    await tick(line.clock)
    for _ in range(60):
        line.session.speak(QUIET)
        await tick(line.clock)
    assert line.asked == ["老板不发工资"]
    assert line.voice.said.count(QUESTION) == 1, "it was made once"
    assert line.session.heard


async def test_who_goes_on_is_not_answered_and_what_was_ready_is_forgotten(line: Line) -> None:
    line.hotline.answers = [Answer(QUESTION)]
    await line.hear("老板不发工资", 12)
    heard = len(line.session.heard)
    line.hotline.answers = [Answer("您在那里做了多久？")]
    await line.hear("三个月了", 12)
    assert line.asked == []
    assert len(line.session.heard) == heard, "nothing was said meanwhile"
    await line.hear("", 80)
    assert line.asked == ["老板不发工资，三个月了"]
    assert line.voice.said[-1] == "您在那里做了多久？"


async def test_what_is_to_be_said_back_is_made_ready_without_asking(line: Line) -> None:
    await line.hear("一共欠了五千块钱", 12)
    assert "五千块钱，对吗" in line.voice.said[-1]
    assert line.hotline.notes[-1][0] != "ask"


async def test_nothing_is_made_ready_for_half_a_sentence(line: Line) -> None:
    line.hotline.answers = [Answer(QUESTION)]
    await line.hear("老板不发工资因为", 12)
    assert line.voice.said[-1] != QUESTION


async def test_a_hotline_that_cannot_look_ahead_answers_all_the_same(line: Line) -> None:
    async def broken(call: str, text: str) -> str:
        raise ConnectionError(call + text)

    line.hotline.foresee = broken  # type: ignore[method-assign]
    line.hotline.answers = [Answer(QUESTION)]
    await line.hear("老板不发工资", 80)
    assert line.voice.said[-1] == QUESTION
