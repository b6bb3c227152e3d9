"""What every recogniser promises, the fakes included; one suite, and the real engines hear it too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from tests.fakes.clock import VirtualClock
from tests.fakes.speech import babble, chunks
from tests.fakes.talking import ScriptedRecognizer
from voice.hearing.resampled import Resampled
from voice.hearing.streaming import StreamingRecognizer
from voice.hearing.vosk_engine import VoskRecognizer
from voice.hearing.watched import Watched
from voice.hearing.whisper import WhisperRecognizer
from voice.recognizer import Heard, Recognizer

PATIENCE = 60.0
"""Seconds: a machine that does other things at the same time is slow, and that is no fault here."""


class VowelEar:
    """A streaming engine of ten lines: loud is a word, half a second of quiet its end."""

    def __init__(self) -> None:
        self._loud = self._quiet = 0

    def hear(self, pcm: bytes) -> Heard | None:
        loud = any(pcm)
        self._loud, self._quiet = self._loud + loud, 0 if loud else self._quiet + len(pcm)
        if self._loud and self._quiet >= 16_000:
            return self.finish()
        return Heard("啊", final=False) if loud else None

    def finish(self) -> Heard | None:
        said, self._loud = "啊" if self._loud else "", 0
        return Heard(said, final=True, confidence=0.5 if said else None)


def streaming() -> Recognizer:
    return StreamingRecognizer(16_000, lambda: None, lambda model: VowelEar(), 2)


def scripted() -> Recognizer:
    one = ScriptedRecognizer()
    one.words = ["啊"] * 100
    return one


MADE: dict[str, Callable[[], Recognizer]] = {
    "scripted": scripted,
    "streaming": streaming,
    "watched": lambda: Watched(streaming(), VirtualClock(), 1.5),
    "resampled": lambda: Resampled(streaming(), 8000),
}


@pytest.fixture(params=[*MADE, "vosk", "whisper"])
def recognizer(request: pytest.FixtureRequest) -> Recognizer:
    if request.param in MADE:
        return MADE[request.param]()
    real: Recognizer = request.getfixturevalue(request.param)
    return real


async def heard(recognizer: Recognizer, pcm: bytes, size: int | None = None) -> list[Heard]:
    async with asyncio.timeout(PATIENCE):
        frame = recognizer.sample_rate // 50 * 2
        return [one async for one in recognizer.recognize(chunks(pcm, size or frame))]


def said(recognizer: Recognizer, words: int = 1) -> bytes:
    real = isinstance(recognizer, VoskRecognizer | WhisperRecognizer)
    return bytes(recognizer.sample_rate) + babble(recognizer.sample_rate, words, noise=20 if real else 0)


def words(found: list[Heard]) -> list[str]:
    return [one.text for one in found if one.final and one.text]


async def test_an_utterance_ends_in_one_final(recognizer: Recognizer) -> None:
    found = await heard(recognizer, said(recognizer))
    assert len(words(found)) == 1
    assert all(not one.alternatives for one in found if not one.final)
    assert all(one.confidence is None or 0 <= one.confidence <= 1 for one in found)


async def test_two_utterances_end_in_two(recognizer: Recognizer) -> None:
    assert len(words(await heard(recognizer, said(recognizer, 2)))) == 2


async def test_silence_has_no_words(recognizer: Recognizer) -> None:
    assert not any(one.text for one in await heard(recognizer, bytes(4 * recognizer.sample_rate)))


async def test_no_sound_at_all(recognizer: Recognizer) -> None:
    assert not any(one.text for one in await heard(recognizer, b""))


async def test_the_first_words_do_not_wait_for_the_end_of_the_sound(recognizer: Recognizer) -> None:
    over = asyncio.Event()

    async def line() -> AsyncIterator[bytes]:
        async for frame in chunks(said(recognizer), recognizer.sample_rate // 50 * 2):
            yield frame
        await over.wait()

    stream = recognizer.recognize(line())
    async with asyncio.timeout(PATIENCE):
        async for one in stream:
            if one.final and one.text:
                break
    assert not over.is_set()
    await stream.aclose()  # type: ignore[attr-defined]


async def test_streams_do_not_know_of_each_other(recognizer: Recognizer) -> None:
    quiet = bytes(2 * recognizer.sample_rate)
    spoken, silent = await asyncio.gather(heard(recognizer, said(recognizer)), heard(recognizer, quiet))
    assert (len(words(spoken)), len(words(silent))) == (1, 0)


async def test_a_stream_closed_in_the_middle_leaves_the_others_alone(recognizer: Recognizer) -> None:
    pcm = said(recognizer, 2)
    stream = recognizer.recognize(chunks(pcm, recognizer.sample_rate // 50 * 2))
    other = asyncio.create_task(heard(recognizer, said(recognizer)))
    async with asyncio.timeout(PATIENCE):
        await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]
    assert len(words(await other)) == 1


async def test_a_listener_that_is_cancelled_is_gone(recognizer: Recognizer) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(recognizer.sample_rate // 50 * 2)
            await asyncio.sleep(0)

    async def listen() -> None:
        async for _ in recognizer.recognize(endless()):
            pass

    task = asyncio.create_task(listen())
    for _ in range(50):
        await asyncio.sleep(0)
    task.cancel()
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    assert task in done
    assert len(words(await heard(recognizer, said(recognizer)))) == 1
