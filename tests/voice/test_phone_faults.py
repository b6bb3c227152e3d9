"""Whatever breaks around a call: the caller gets a person or a message, the call ends, nothing is left over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.clock import VirtualClock
from tests.fakes.media import FakeSession
from tests.fakes.talking import LOUD, QUIET, Loudness, ScriptedHotline, ScriptedRecognizer, ScriptedSynthesizer
from tests.fakes.ticking import settle, tick, until
from voice.call_actions import Outcome
from voice.call_events import NoSeat, Position, SeatTook
from voice.conversations import Answer
from voice.media import Call
from voice.phone import Phone
from voice.recognizer import Heard
from voice.recordings import Recordings
from voice.synthesizer import SpeechFailed, Voice


class Broken(ScriptedHotline):
    """Everything fails but what notes the end."""

    async def open(self, call: Call) -> None:
        """Fails."""
        raise ConnectionError

    async def ask(self, call: str, text: str, confirmed: bool) -> Answer:
        """Fails."""
        raise ConnectionError

    async def queue(self, call: str, urgent: bool) -> AsyncIterator[Position | SeatTook | NoSeat]:
        """Fails."""
        raise ConnectionError
        yield

    async def close(self, call: str, outcome: Outcome) -> None:
        """Note it."""
        self.notes.append(("close", outcome))


class Mute(ScriptedSynthesizer):
    """Says nothing."""

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """Fails."""
        self.said.append(text)
        raise SpeechFailed
        yield b""


class Stuck(ScriptedSynthesizer):
    """Never begins."""

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """Waits for ever."""
        self.said.append(text)
        await asyncio.Event().wait()
        yield b""


class Dead(ScriptedRecognizer):
    """Takes what it is given until it is broken, and then neither fails nor does anything."""

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """Waits for ever."""
        async for _ in pcm:
            if self.broken:
                await asyncio.Event().wait()
        yield Heard("", final=True)


class NoSummary(ScriptedHotline):
    """The desk shows nothing."""

    async def brief(self, call: str, seat: str) -> None:
        """Waits for ever."""
        await asyncio.Event().wait()


def call(folder: Path, clock: VirtualClock, hotline: ScriptedHotline, voice: ScriptedSynthesizer) -> Phone:
    return Phone(clock, hotline, voice, [ScriptedRecognizer()], Recordings(folder, bytes(32)), Loudness)


async def test_nothing_works_and_yet_a_message_is_taken(tmp_path: Path) -> None:
    clock, hotline, voice = VirtualClock(), Broken(), ScriptedSynthesizer()
    session = FakeSession(clock)
    talk = asyncio.create_task(call(tmp_path, clock, hotline, voice).answer(session))
    await tick(clock, 5)
    session.press("0")
    await until(clock, talk.done, beats=3000, step=0.1)
    assert [note[0] for note in hotline.notes] == ["message", "call back", "close"]
    assert session.over


@pytest.mark.parametrize("voice", [Mute(), Stuck()], ids=["mute", "stuck"])
async def test_without_a_voice_the_call_goes_on_and_ends(tmp_path: Path, voice: ScriptedSynthesizer) -> None:
    clock, hotline = VirtualClock(), ScriptedHotline()
    session = FakeSession(clock)
    talk = asyncio.create_task(call(tmp_path, clock, hotline, voice).answer(session))
    await tick(clock, 5)
    session.press("0")
    await tick(clock, 5)
    assert hotline.waiting == 1
    await until(clock, talk.done, beats=3000, step=1)
    assert hotline.notes[-1] == ("close", "message")
    assert not hotline.waiting


async def test_a_recogniser_that_does_nothing_any_more_is_replaced_within_two_seconds(tmp_path: Path) -> None:
    clock, hotline, voice = VirtualClock(), ScriptedHotline(), ScriptedSynthesizer()
    session, ears = FakeSession(clock), [Dead(), ScriptedRecognizer()]
    hotline.answers = [Answer("老板欠了多少钱？")]
    phone = Phone(clock, hotline, voice, ears, Recordings(tmp_path, bytes(32)), Loudness)
    talk = asyncio.create_task(phone.answer(session))
    await until(clock, lambda: any("您遇到什么事了" in said for said in voice.said), beats=3000)
    await until(clock, lambda: not voice.speaking, beats=3000)
    await tick(clock, 5)
    ears[0].broken, since = True, clock.monotonic()
    while not any("请您再说一遍" in said for said in voice.said):
        session.speak(LOUD)
        await tick(clock)
        assert clock.monotonic() - since < 2
    await until(clock, lambda: not voice.speaking, beats=3000)
    ears[1].words.append("老板不发工资")
    for frame in [QUIET] * 5 + [LOUD] * 10 + [QUIET] * 6:
        session.speak(frame)
        await tick(clock)
    assert ("ask", "老板不发工资", True) in hotline.notes
    session.leave()
    await until(clock, talk.done, beats=500, step=0.1)


async def test_a_person_matters_more_than_the_summary(tmp_path: Path) -> None:
    clock, hotline, voice = VirtualClock(), NoSummary(), ScriptedSynthesizer()
    session = FakeSession(clock)
    talk = asyncio.create_task(call(tmp_path, clock, hotline, voice).answer(session))
    await tick(clock, 5)
    session.press("0")
    hotline.news.put_nowait(SeatTook("s1", "8001"))
    await until(clock, talk.done, beats=500, step=0.1)
    assert session.transfers == ["8001"]
    assert hotline.notes[-1] == ("close", "transferred")


async def test_two_seats_that_do_not_pick_up_are_a_message(tmp_path: Path) -> None:
    clock, hotline, voice = VirtualClock(), ScriptedHotline(), ScriptedSynthesizer()
    session = FakeSession(clock, takes=False)
    talk = asyncio.create_task(call(tmp_path, clock, hotline, voice).answer(session))
    await tick(clock, 5)
    session.press("0")
    hotline.news.put_nowait(SeatTook("s1", "8001"))
    await until(clock, lambda: ("release", "s1") in hotline.notes, beats=500, step=0.1)
    hotline.news.put_nowait(SeatTook("s2", "8002"))
    await until(clock, talk.done, beats=1000, step=0.1)
    assert session.transfers == ["8001", "8002"]
    assert hotline.notes[-1] == ("close", "message")


async def test_stopping_the_service_closes_the_matter_and_leaves_nothing(tmp_path: Path) -> None:
    clock, hotline, voice = VirtualClock(), ScriptedHotline(), ScriptedSynthesizer()
    session = FakeSession(clock)
    talk = asyncio.create_task(call(tmp_path, clock, hotline, voice).answer(session))
    await tick(clock, 300)
    session.press("0")
    await tick(clock, 3)
    talk.cancel()
    await settle()
    assert talk.cancelled()
    assert hotline.notes[-1] == ("close", "hung_up")
    assert not hotline.waiting
    assert not voice.speaking
    session.leave()
    await settle()
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_full_disk_costs_the_recording_not_the_call(tmp_path: Path) -> None:
    clock, hotline, voice = VirtualClock(), ScriptedHotline(), ScriptedSynthesizer()
    session = FakeSession(clock)
    no_folder = tmp_path / "file"
    no_folder.write_bytes(b"")
    talk = asyncio.create_task(call(no_folder, clock, hotline, voice).answer(session))
    await tick(clock, 100)
    session.press("0")
    hotline.news.put_nowait(NoSeat("明天上午"))
    await until(clock, talk.done, beats=3000, step=0.1)
    await talk
    assert ("message", "", "") in hotline.notes
    assert ("call back", "13800138000", "明天上午") in hotline.notes
