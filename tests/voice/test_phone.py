"""Whole calls over a line that is not there, on a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fakes.clock import VirtualClock
from tests.fakes.media import FakeSession
from tests.fakes.talking import LOUD, QUIET, Loudness, ScriptedHotline, ScriptedRecognizer, ScriptedSynthesizer
from tests.fakes.ticking import tick, until
from voice.call_events import NoSeat, Position, SeatTook
from voice.conversations import Answer
from voice.phone import Phone
from voice.recordings import Recordings
from voice.speaking.lead_in import Sound
from voice.synthesizer import Voice


class Caller:
    """One call and everything around it."""

    def __init__(self, folder: Path, recognizers: int = 1, takes: bool = True, lead_in: Sound | None = None) -> None:
        self.clock = VirtualClock()
        self.session = FakeSession(self.clock, takes=takes)
        self.hotline, self.voice = ScriptedHotline(), ScriptedSynthesizer()
        self.ears = [ScriptedRecognizer() for _ in range(recognizers)]
        self.recordings = Recordings(folder, bytes(32))
        phone = Phone(self.clock, self.hotline, self.voice, self.ears, self.recordings, Loudness, lead_in=lead_in)
        self.call = asyncio.create_task(phone.answer(self.session))

    async def hear(self, part: str) -> None:
        """Wait for a sentence to be said to its end."""
        await until(self.clock, lambda: any(part in said for said in self.voice.said), beats=3000)
        await until(self.clock, lambda: not self.voice.speaking, beats=3000)
        await tick(self.clock, 5)

    async def say(self, words: str) -> None:
        """Say something that is understood so."""
        self.ears[0].words.append(words)
        for _ in range(10):
            self.session.speak(LOUD)
            await tick(self.clock)
        for _ in range(6):
            self.session.speak(QUIET)
            await tick(self.clock)

    async def over(self) -> None:
        """Wait for the end of the call."""
        await until(self.clock, self.call.done, beats=6000, step=0.1)
        await self.call

    def told(self, what: str) -> list[tuple[object, ...]]:
        """What the hotline was told of that."""
        return [note for note in self.hotline.notes if note[0] == what]


@pytest_asyncio.fixture
async def caller(tmp_path: Path) -> AsyncIterator[Caller]:
    made = Caller(tmp_path)
    yield made
    made.session.leave()
    await made.over()
    assert len(made.told("open")) == len(made.told("close")) == 1
    assert not made.hotline.waiting
    assert not made.voice.speaking
    assert not made.ears[0].listening


async def test_a_consultation_from_question_to_thanks(caller: Caller) -> None:
    caller.hotline.answers = [Answer("老板欠了多少钱？"), Answer("您可以先申请劳动仲裁。", done=True)]
    await caller.hear("您遇到什么事了")
    await caller.say("老板不发工资")
    await caller.hear("老板欠了多少钱")
    await caller.say("一共五千块钱")
    await caller.hear("五千块钱，对吗")
    await caller.say("对")
    await caller.hear("满意按1")
    caller.session.press("1")
    await caller.over()
    assert caller.told("ask") == [("ask", "老板不发工资", True), ("ask", "一共五千块钱", True)]
    assert caller.told("rated") == [("rated", 1)]
    assert caller.told("close") == [("close", "advised")]
    assert len(caller.recordings.of("fake-1")) == 1


async def test_barge_in_is_met_by_silence_within_200_ms(caller: Caller) -> None:
    await tick(caller.clock, 20)
    assert caller.session.heard
    frames = 0
    while frames < 20:
        frames += 1
        before = len(caller.session.heard)
        caller.session.speak(LOUD)
        await tick(caller.clock)
        if len(caller.session.heard) == before:
            break
    assert frames * 20 <= 200
    heard = len(caller.session.heard)
    await tick(caller.clock, 20)
    assert len(caller.session.heard) == heard
    assert not caller.recordings.of("fake-1"), "the notice was not heard to its end"


async def test_a_slow_answer_begins_with_a_word_and_nothing_else_does(tmp_path: Path) -> None:
    word = b"\x07\x03" * 160
    asked: list[Voice] = []

    async def lead_in(voice: Voice) -> Sequence[bytes]:
        asked.append(voice)
        return [word]

    caller = Caller(tmp_path, lead_in=lead_in)
    caller.voice.delay = lambda: caller.clock.sleep(0.3)
    caller.hotline.answers = [Answer("老板欠了多少钱？")]
    await caller.hear("您遇到什么事了")
    assert word not in caller.session.heard
    await caller.say("老板不发工资")
    await caller.hear("老板欠了多少钱")
    assert caller.session.heard.count(word) == 1
    assert len(asked) == 1
    caller.session.leave()
    await caller.over()


async def test_a_seat_sees_the_summary_before_it_rings(caller: Caller) -> None:
    await caller.hear("您遇到什么事了")
    caller.session.press("0")
    await caller.hear("给您找工作人员")
    caller.hotline.news.put_nowait(Position(3))
    await caller.hear("您前面还有3位")
    caller.hotline.news.put_nowait(SeatTook("s1", "8001"))
    await until(caller.clock, lambda: caller.told("brief"))
    assert not caller.session.transfers
    await caller.over()
    assert caller.session.transfers == ["8001"]
    assert caller.told("close") == [("close", "transferred")]


async def test_nobody_there_so_a_message_and_a_promise(caller: Caller) -> None:
    await caller.hear("您遇到什么事了")
    await caller.say("我要人工")
    caller.hotline.news.put_nowait(NoSeat("明天上午十点前"))
    await caller.hear("我们会在明天上午十点前给您回电话。听到嘀声")
    await caller.say("我想问问房子漏水怎么办")
    caller.session.press("#")
    await caller.over()
    (_, recording, text) = caller.told("message")[0]
    assert text == "我想问问房子漏水怎么办"
    assert LOUD in b"".join(caller.recordings.read(str(recording)))
    assert caller.told("call back") == [("call back", "13800138000", "明天上午十点前")]


async def test_danger_is_met_by_the_number_and_a_person(caller: Caller) -> None:
    await caller.hear("您遇到什么事了")
    await caller.say("他在打我")
    await caller.hear("马上打110")
    assert caller.told("queue") == [("queue", True)]


async def test_a_broken_engine_is_a_person(caller: Caller) -> None:
    await caller.hear("您遇到什么事了")
    await caller.say("老板不发工资")
    await caller.hear("我这边出了点问题")
    assert caller.told("queue")


async def test_a_number_by_keys(caller: Caller) -> None:
    caller.hotline.answers = [Answer("好的，五千。")]
    await caller.hear("您遇到什么事了")
    for key in "5000#":
        caller.session.press(key)
        await tick(caller.clock)
    await caller.hear("好的，五千")
    assert caller.told("ask") == [("ask", "5000", True)]


async def test_silence_is_asked_twice_and_then_promised_a_call(caller: Caller) -> None:
    await caller.over()
    asked = [said for said in caller.voice.said if "您还在吗" in said or "没听到您的声音" in said]
    assert len(asked) == 3
    assert caller.told("call back")


async def test_who_does_not_want_a_recording_has_none(caller: Caller) -> None:
    await caller.hear("您遇到什么事了")
    assert caller.recordings.of("fake-1")
    await caller.say("不要录音")
    await caller.hear("好的，不录音了")
    assert not caller.recordings.of("fake-1")


@pytest.mark.parametrize("spare", [0, 1])
async def test_a_recogniser_that_dies_is_told_and_the_call_stays(tmp_path: Path, spare: int) -> None:
    caller = Caller(tmp_path, recognizers=1 + spare)
    await caller.hear("您遇到什么事了")
    caller.ears[0].broken = True
    await caller.say("老板不发工资")
    await caller.hear("请您再说一遍" if spare else "听不清您说的话")
    assert bool(caller.told("queue")) is not bool(spare)
    caller.session.leave()
    await caller.over()


@pytest.mark.parametrize("beats", [0, 1, 7, 60, 200, 500])
async def test_hanging_up_at_any_moment(caller: Caller, beats: int) -> None:
    caller.hotline.answers = [Answer("老板欠了多少钱？")]
    await tick(caller.clock, beats)
    caller.session.leave()
    await caller.over()
    assert caller.told("close") == [("close", "hung_up")]
