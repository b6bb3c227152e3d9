"""The benchmark of calls: real callers over SIP and RTP, answered by a service of fakes, and figures that add up."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from bot.clock import SystemClock
from tests.load.answering_service import AnsweringService, Told
from tests.load.callers import Caller, Turn, talk
from tests.load.calls import STAGES, Soak, plain, soak_table, summed, table
from tests.load.known_words import KnownWords
from tests.load.processes import free_port
from tests.load.sayings import Saying, read, saying, write
from voice.media import MediaSession
from voice.recognizer import Heard
from voice.telephony.metronome import Metronome
from voice.telephony.rtp.g711 import PCMA
from voice.telephony.sip.config import SipConfig
from voice.telephony.sip.server import SipServer
from voice.telephony.switchboard import Switchboard

CHANCE = np.random.default_rng(3)
TONE = np.concatenate((np.zeros(3200), 0.3 * np.sin(np.arange(8000) * 0.3), np.zeros(4800)))


def test_speech_ends_where_its_sound_ends(tmp_path: Path) -> None:
    made = saying("people", "老板不发工资。", TONE, CHANCE)
    assert made.last == pytest.approx(10 + 49, abs=1)
    write([made], tmp_path / "said.json")
    assert read(tmp_path / "said.json") == [made]


class Real:
    """Tells something after the tenth frame, and at the end."""

    sample_rate = 8000

    async def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """See `Recognizer`."""
        at = 0
        async for _ in pcm:
            at += 1
            if at == 20:
                yield Heard("무엇", final=False)
        yield Heard("무엇", final=True)


async def test_words_are_given_as_far_as_they_were_said() -> None:
    made = saying("people", "老板不发工资。", TONE, CHANCE)

    async def line() -> AsyncIterator[bytes]:
        for frame in made.frames:
            yield PCMA.decode(frame)

    heard = [one async for one in KnownWords(Real(), [made]).recognize(line())]
    assert [one.final for one in heard] == [False, True]
    assert "老板不发工资".startswith(heard[0].text)
    assert heard[0].text != heard[1].text == "老板不发工资"


def test_stages_add_up_to_the_wait() -> None:
    made = Saying("people", "您好", (b"",), 0)
    turns = [Turn(made, "a", 100.0, 100.6), Turn(made, "a", 200.0, None), Turn(made, "a", 300.0, 300.1, cut_off=True)]
    told = {"a": [Told(50.0, 0.1, 0.1, 0.1), Told(100.58, 0.05, 0.03, 0.1)]}
    found = summed("vosk", 1, turns, 20.0, 1, told)
    assert (found.turns, found.p50, found.unanswered, found.cut_off, found.kept) == (1, 600, 2, 1, True)
    assert [found.stages[stage][0] for stage in STAGES] == [400, 50, 30, 100, 20]
    assert "600" in table([found]).splitlines()[1]
    assert "p95 kept with 1 calls" in table([found])
    soak = Soak(1.0, found, 600, 610, (1000, 1004, 1005))
    assert "1004, 1005 MiB (+0.5 %)" in soak_table(soak)
    assert plain(soak)["waits"]["p50"] == 600
    assert plain([found])[0]["calls"] == 1


def test_what_the_log_tells_is_read(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text(
        "2026-11-28 21:13:42,503 INFO voice.turn_times: call 74a4 (1a9c) answered: silence 0.480 s, "
        "recognition 0.001 s, dialogue 0.038 s, synthesis 0.236 s\nsomething else\n"
    )
    [[one]] = AnsweringService(("127.0.0.1", 5060), 1, log).told().values()
    assert (one.recognition, one.dialogue, one.synthesis) == (0.001, 0.038, 0.236)
    assert one.sounded - one.over == pytest.approx(0.275)


async def test_callers_listen_speak_and_note_when_the_answer_came() -> None:
    """The hotline says a second of sound, listens for one of quiet behind the caller's sound, and says it again."""
    clock, port = SystemClock(), free_port()
    sound = (0.2 * 32767 * np.sin(np.arange(160) * 0.3)).astype("<i2").tobytes()

    async def answer(session: MediaSession) -> None:
        while True:
            for _ in range(25):
                await session.send(sound)
            heard = quiet = 0
            while not heard or quiet < 20:
                if (came := await session.receive()) is None:
                    return
                loud = np.abs(np.frombuffer(came.pcm, "<i2").astype(int)).max() > 2000  # type: ignore[union-attr]
                heard, quiet = heard + loud, 0 if loud else quiet + 1

    server = SipServer(SipConfig(port=port), Switchboard(answer, 5), Metronome(clock), clock)
    await server.start()
    made = saying("people", "老板不发工资。", TONE, CHANCE)
    turns: list[Turn] = []
    caller = Caller(("127.0.0.1", port), itertools.repeat(made), turns.append, seed=1)
    try:
        await asyncio.to_thread(talk, [caller], lambda passed: len(turns) >= 2 or passed > 30)
    finally:
        await server.stop()
    waits = [one.answered - one.ended for one in turns if one.answered is not None]
    assert len(waits) == 2
    assert all(0.4 < one < 2 for one in waits)
    assert caller.refused == 0
    assert caller.seconds > 2
