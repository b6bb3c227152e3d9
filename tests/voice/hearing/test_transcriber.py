"""A process that dies, hangs or does not start is one failed utterance, and the next one is heard again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.fakes.workers import counts, dies
from voice.hearing.transcriber import Transcriber, Transcript
from voice.recognizer import RecognitionFailed

REPO = Path(__file__).resolve().parents[3]


@pytest.fixture
def transcriber() -> Iterator[Transcriber]:
    made = Transcriber(Path("model"), patience=60, work=counts)
    yield made
    made.close()


async def test_utterances_in_any_number_get_their_own_words(transcriber: Transcriber) -> None:
    assert transcriber.pid is None
    await transcriber.start()
    found = await asyncio.gather(*[transcriber.transcribe(bytes(size)) for size in (2, 4, 400_000)])
    assert found == [Transcript("2", 0.5), Transcript("4", 0.5), Transcript("400000", 0.5)]


async def test_one_that_dies_is_replaced(transcriber: Transcriber) -> None:
    await transcriber.transcribe(b"12")
    first = transcriber.pid
    with pytest.raises(RecognitionFailed, match="died"):
        await transcriber.transcribe(b"die")
    assert await transcriber.transcribe(b"12") == Transcript("2", 0.5)
    assert transcriber.pid != first


async def test_one_that_hangs_is_ended_and_replaced() -> None:
    transcriber = Transcriber(Path("model"), patience=0.2, work=counts)
    await transcriber.start()
    first = transcriber.pid
    assert first is not None
    with pytest.raises(RecognitionFailed, match="TimeoutError"):
        await transcriber.transcribe(b"hang")
    assert not psutil.pid_exists(first) or psutil.Process(first).status() == psutil.STATUS_ZOMBIE
    await transcriber.start()
    assert transcriber.pid not in (None, first)
    transcriber.close()


async def test_one_that_does_not_start_is_told() -> None:
    transcriber = Transcriber(Path("model"), work=dies)
    with pytest.raises(RecognitionFailed, match="does not start on model"):
        await transcriber.start()
    transcriber.close()


async def test_closing_ends_the_process() -> None:
    transcriber = Transcriber(Path("model"), work=counts)
    await transcriber.start()
    process = psutil.Process(transcriber.pid)
    transcriber.close()
    await asyncio.to_thread(process.wait, 30)
    with pytest.raises(RecognitionFailed, match="closed"):
        await transcriber.transcribe(b"12")


def test_it_does_not_outlive_a_service_that_was_killed() -> None:
    killed = (
        "import asyncio, os; from pathlib import Path; from tests.fakes.workers import counts;"
        "from voice.hearing.transcriber import Transcriber; made = Transcriber(Path('model'), work=counts);"
        "asyncio.run(made.start()); print(made.pid, flush=True); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", killed], cwd=REPO, capture_output=True, text=True, check=False)
    assert done.returncode == 9, done.stderr
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(int(done.stdout)).wait(30)


async def test_who_does_not_wait_for_the_answer_does_not_get_the_next_ones(transcriber: Transcriber) -> None:
    await transcriber.start()
    left = asyncio.create_task(transcriber.transcribe(bytes(10)))
    await asyncio.sleep(0)
    left.cancel()
    assert (await transcriber.transcribe(bytes(20))).text == "20"
    assert os.getpid() != transcriber.pid
