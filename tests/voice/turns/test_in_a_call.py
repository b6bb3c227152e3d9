"""A whole call with real sound: people interrupt our voice, over its echo, and are answered when they are done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import chain, repeat
from pathlib import Path

import numpy as np
import pytest

from tests.fakes.clock import VirtualClock
from tests.fakes.media import FakeSession
from tests.fakes.talking import ScriptedHotline
from tests.fakes.ticking import settle, tick
from tests.voice.turns.callers import clips, frames, line, spoken
from voice.conversations import Answer
from voice.phone import Phone
from voice.recognizer import Heard
from voice.recordings import Recordings
from voice.synthesizer import Voice
from voice.turns.attention import Attention

pytestmark = pytest.mark.skipif(not clips(), reason="no recorded speech: set FAXIAN_SHARED")
RATE = 8000
QUIET = bytes(320)
ECHO, DELAY = 10 ** (-20 / 20), 10
"""What comes back of our voice, and after how many frames."""


class Reader:
    """Says whatever it is to say in somebody's voice, for ten seconds."""

    name = "reader"

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """See `Synthesizer`."""
        for pcm in frames(2 * np.concatenate([spoken(path, RATE)[0] for path in clips()[:3]]), RATE):
            yield pcm


class Whole:
    """Understands a turn when it is over."""

    sample_rate = RATE

    def __init__(self, text: str) -> None:
        self.text, self.turns = text, 0

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """See `Recognizer`."""
        async for _ in pcm:
            pass
        self.turns += 1
        yield Heard(self.text, final=True)


class Line:
    """A call whose echo comes back."""

    def __init__(self, folder: Path, understood: str) -> None:
        self.clock, self.hotline, self.ear = VirtualClock(), ScriptedHotline(), Whole(understood)
        self.session = FakeSession(self.clock)
        self.hotline.answers = [Answer("您可以申请劳动仲裁。")] * 3
        phone = Phone(self.clock, self.hotline, Reader(), [self.ear], Recordings(folder, bytes(32)), Attention)
        self.call = asyncio.create_task(phone.answer(self.session))
        self._sent: list[bytes] = [QUIET] * DELAY

    async def beat(self, theirs: bytes) -> bool:
        """20 ms; whether we were heard in it."""
        before = len(self.session.heard)
        echo = np.frombuffer(self._sent[-DELAY], "<i2") * ECHO
        self.session.speak((np.frombuffer(theirs, "<i2") + echo).astype("<i2").tobytes())
        await tick(self.clock)
        spoke = len(self.session.heard) > before
        self._sent.append(self.session.heard[-1] if spoke else QUIET)
        return spoke

    async def end(self) -> None:
        """They hang up."""
        self.session.leave()
        await settle()
        await self.call


def talk(number: int) -> tuple[Iterator[bytes], float]:
    """A clip over the line, and the second at which it begins."""
    sound, onset = spoken(clips()[number], RATE)
    return frames(line(sound, RATE, 30), RATE), onset


@pytest.mark.parametrize("number", [4, 9, 14, 20])
async def test_who_interrupts_has_silence_within_200_ms_and_then_an_answer(tmp_path: Path, number: int) -> None:
    call = Line(tmp_path, "公司不给我发工资怎么办")
    for _ in range(200):
        await call.beat(QUIET)
    theirs, onset = talk(number)
    heard = [await call.beat(pcm) for pcm in theirs]
    silent = next(at for at in range(len(heard)) if not any(heard[at : at + 25]))
    assert silent / 50 - onset <= 0.2
    waited = 0
    while not await call.beat(QUIET):
        waited += 1
        assert waited < 75, "an answer after 1.5 s at the latest"
    assert ("ask", "公司不给我发工资怎么办", True) in call.hotline.notes
    await call.end()


async def test_our_own_echo_never_interrupts_us_and_a_nod_lets_us_go_on(tmp_path: Path) -> None:
    call = Line(tmp_path, "嗯")
    heard = [await call.beat(QUIET) for _ in range(250)]
    assert all(heard[5:])
    assert call.ear.turns == 0
    sound, onset = spoken(clips()[4], RATE)
    nod = frames(line(sound[int(onset * RATE) :][: int(0.4 * RATE)], RATE, 30), RATE)
    heard = [await call.beat(pcm) for pcm in chain(nod, repeat(QUIET, 75))]
    assert not all(heard)
    assert call.ear.turns == 1
    assert all(heard[-10:]), "what was left to say is said"
    assert not call.hotline.notes[1:]
    await call.end()
