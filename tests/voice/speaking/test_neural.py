from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import numpy as np
import pytest

from voice.speaking import neural
from voice.speaking.neural import NeuralVoice
from voice.speaking.sentences import breaths
from voice.synthesizer import SpeechFailed, Voice

SENTENCES = "您好，这里是12348法律热线。拖欠您的工资一共是15,000元。"


def level(frames: list[bytes]) -> float:
    return float(np.abs(np.frombuffer(b"".join(frames), "<i2").astype(float)).mean())


class Worker:
    """Stands for the process: half a second of sound a breath."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[tuple[str, float]] = []
        self.pools: list[Executor] = []
        self.silence = 0
        self.fails: type[Exception] | None = None
        monkeypatch.setattr(neural, "render", self._render)

    def pool(self) -> Any:
        self.pools.append(ThreadPoolExecutor(max_workers=1))
        return self.pools[-1]

    def _render(self, breath: str, speed: float) -> bytes:
        self.asked.append((breath, speed))
        if self.fails is not None:
            raise self.fails
        return bytes(self.silence) + b"\1\1" * 12_000


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Worker:
    return Worker(monkeypatch)


async def test_breath_after_breath_in_words(worker: Worker) -> None:
    frames = [one async for one in NeuralVoice(worker.pool).speak(SENTENCES, Voice(16000, 0.8))]
    assert [breath for breath, _ in worker.asked] == [
        "您好，",
        "这里是幺二三四八法律热线。",
        "拖欠您的工资一共是一万五千元。",
    ]
    assert {speed for _, speed in worker.asked} == {0.8}
    assert {len(one) for one in frames} == {640}


async def test_the_silence_in_front_of_the_first_breath_is_not_waited_for(worker: Worker) -> None:
    plain = [one async for one in NeuralVoice(worker.pool).speak(SENTENCES, Voice())]
    worker.silence = 2 * 2400
    begun = [one async for one in NeuralVoice(worker.pool).speak(SENTENCES, Voice())]
    assert level(begun[:2]) > 0.5 * level(plain[:2])
    assert len(begun) == pytest.approx(len(plain) + 2 * 5, abs=1), "between breaths it is part of the pause"


async def test_the_next_breath_is_made_while_one_is_heard_and_no_more_after_an_interruption(worker: Worker) -> None:
    speech = NeuralVoice(worker.pool).speak(SENTENCES, Voice())
    await anext(speech)
    await anext(speech)
    await speech.aclose()
    assert len(worker.asked) <= 2


async def test_a_process_that_dies_is_replaced(worker: Worker) -> None:
    voice = NeuralVoice(worker.pool)
    worker.fails = BrokenProcessPool
    with pytest.raises(SpeechFailed, match="BrokenProcessPool"):
        await anext(voice.speak("您好。", Voice()))
    worker.fails = None
    assert await anext(voice.speak("您好。", Voice()))
    assert len(worker.pools) == 2


async def test_the_real_voice_speaks_at_the_pace_it_is_told() -> None:
    voice = NeuralVoice(patience=120)
    try:
        usual = [one async for one in voice.speak(SENTENCES, Voice())]
        slow = [one async for one in voice.speak(SENTENCES, Voice(speed=0.7))]
    finally:
        voice.close()
    assert 5 < len(usual) / 50 < 12
    assert 1.25 < len(slow) / len(usual) < 1.6
    assert level(usual) > 300


async def test_the_memory_of_the_longest_breath_is_taken_when_the_voice_is_warmed(worker: Worker) -> None:
    await NeuralVoice(worker.pool).warm()
    ((breath, speed),) = worker.asked
    assert len(breath) >= max(map(len, breaths("好的。" + "我们先听您说，" * 40 + "。")))
    assert speed <= 0.6
