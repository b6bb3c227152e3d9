"""Lines on which something else is heard than a caller, nothing at all, or our voice no more: the call ends well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.clock import VirtualClock
from tests.fakes.media import FakeSession
from tests.fakes.noises import noises
from tests.fakes.talking import LOUD, Loudness, ScriptedHotline, ScriptedRecognizer, ScriptedSynthesizer
from tests.fakes.ticking import tick, until
from voice.media import FRAME_SECONDS
from voice.patience import Patience
from voice.phone import Phone
from voice.recognizer import Heard
from voice.recordings import Recordings
from voice.speaking.fallback import FallbackVoice
from voice.synthesizer import SpeechFailed, Voice
from voice.turns.attention import Attention


class Measuring(ScriptedRecognizer):
    """Understands nothing, and knows how much sound each turn had."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[float] = []

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """Nothing."""
        frames = 0
        async for _ in pcm:
            frames += 1
        self.turns.append(frames * FRAME_SECONDS)
        yield Heard("", final=True)


async def test_music_that_is_taken_for_speech_is_cut_and_the_call_ends_by_itself(tmp_path: Path) -> None:
    clock, hotline, ear = VirtualClock(), ScriptedHotline(), Measuring()
    session = FakeSession(clock)
    phone = Phone(clock, hotline, ScriptedSynthesizer(), [ear], Recordings(tmp_path, bytes(32)), Loudness)
    talk = asyncio.create_task(phone.answer(session))
    while not talk.done():
        session.speak(LOUD)
        await tick(clock)
        assert clock.monotonic() < 420, "no line is held for ever by a caller who put us on hold"
    assert ear.turns
    assert max(ear.turns) <= 15.5 + 0.02, "15 s of sound, and what was before"
    assert [note[0] for note in hotline.notes] == ["open", "message", "call back", "close"]
    assert not hotline.answers, "the engine was asked nothing"


@pytest.mark.parametrize("noise", ["hold music", "traffic"])
async def test_noise_all_the_time_is_no_caller(tmp_path: Path, noise: str) -> None:
    clock, hotline, ear = VirtualClock(), ScriptedHotline(), Measuring()
    session, patience = FakeSession(clock), Patience(message=10)
    voice, recordings = ScriptedSynthesizer(), Recordings(tmp_path, bytes(32))
    phone = Phone(clock, hotline, voice, [ear], recordings, Attention, patience=patience)
    talk = asyncio.create_task(phone.answer(session))
    sound, at = dict(noises(8000))[noise], 0
    sound = (sound * 32767).astype("<i2").tobytes()
    while not talk.done():
        session.speak(sound[at : at + 320].ljust(320, b"\0"))
        at = (at + 320) % len(sound)
        await tick(clock)
        assert clock.monotonic() < 120
    assert sum(ear.turns) == 0
    assert any("您还在吗" in said for said in voice.said), "they are asked as who is silent"
    assert hotline.notes[-1] == ("close", "message")


class Dying(ScriptedSynthesizer):
    """A voice that fails from a moment on, in the middle of a sentence."""

    dead = False

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """Until it is dead."""
        async for pcm in super().speak(text, voice):
            if self.dead:
                raise SpeechFailed("gone")
            yield pcm


async def test_a_voice_that_dies_in_mid_call_is_followed_by_the_next(tmp_path: Path) -> None:
    clock, hotline, first, second = VirtualClock(), ScriptedHotline(), Dying(), ScriptedSynthesizer()
    session, voice = FakeSession(clock), FallbackVoice([first, second])
    phone = Phone(clock, hotline, voice, [ScriptedRecognizer()], Recordings(tmp_path, bytes(32)), Loudness)
    talk = asyncio.create_task(phone.answer(session))
    await tick(clock, 10)
    first.dead = True
    await until(clock, lambda: any("您还在吗" in said for said in second.said), beats=3000)
    session.press("0")
    await until(clock, lambda: any("工作人员" in said for said in second.said), beats=300)
    session.leave()
    await until(clock, talk.done, beats=100)
