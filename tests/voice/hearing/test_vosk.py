"""The real engine on a real model: words while one speaks, ends of utterances, many at once, nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import json
from pathlib import Path

import psutil
import pytest

from tests.fakes.speech import babble, chunks
from tests.hearing_models import KOREAN
from voice.hearing.resampled import Resampled
from voice.hearing.vosk_engine import RATE, VoskRecognizer, final
from voice.recognizer import Heard, RecognitionFailed

SAID = bytes(RATE) + babble()


def memory() -> float:
    return psutil.Process().memory_info().rss / 2**20


async def listen(vosk: VoskRecognizer, pcm: bytes) -> list[Heard]:
    return [one async for one in vosk.recognize(chunks(pcm))]


async def test_words_come_while_one_speaks_and_guesses_at_the_end(vosk: VoskRecognizer) -> None:
    found = await listen(vosk, SAID)
    partial = [one for one in found if not one.final]
    assert len(partial) >= 2
    [end] = [one for one in found if one.final and one.text]
    assert end.confidence is not None
    assert 0 < end.confidence < 1
    assert end.alternatives
    assert end.text not in end.alternatives


async def test_a_call_of_8_khz_is_understood(vosk: VoskRecognizer) -> None:
    found = [one async for one in Resampled(vosk, 8000).recognize(chunks(bytes(8000) + babble(8000), 320))]
    assert any(one.final and one.text for one in found)


async def test_streams_side_by_side_and_their_memory(vosk: VoskRecognizer) -> None:
    before = memory()
    found = await asyncio.gather(*[listen(vosk, SAID) for _ in range(3)])
    assert all(any(one.final and one.text for one in each) for each in found)
    gc.collect()
    assert memory() - before < 100, "one model is shared: a stream costs little, and gives it back"


async def test_streams_left_in_the_middle_leave_nothing(vosk: VoskRecognizer) -> None:
    from vosk import KaldiRecognizer

    for _ in range(5):
        stream = vosk.recognize(chunks(babble()[: RATE // 2]))
        work = asyncio.ensure_future(anext(stream))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        work.cancel()
        await asyncio.wait({work})
    await listen(vosk, b"")
    await asyncio.to_thread(lambda: [one.result() for one in [vosk._threads.submit(gc.collect) for _ in range(4)]])
    assert not [one for one in gc.get_objects() if isinstance(one, KaldiRecognizer)]


async def test_a_folder_that_is_no_model_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RecognitionFailed):
        await VoskRecognizer(tmp_path, 1).warm()


def guesses(*found: tuple[str, float]) -> str:
    return json.dumps({"alternatives": [{"text": text, "confidence": likelihood} for text, likelihood in found]})


def test_chinese_has_no_spaces_and_other_words_keep_theirs() -> None:
    assert final(guesses(("老板 不 发 工资", 1))).text == "老板不发工资"
    assert final(guesses(("他 在 K T V 上班", 1))).text == "他在 K T V 上班"


def test_confidence_is_the_share_of_the_best_guess() -> None:
    heard = final(guesses(("离婚", 200.0), ("立 婚", 199.0), ("离婚", 198.0)))
    assert (heard.text, heard.alternatives) == ("离婚", ("立婚",))
    assert heard.confidence == pytest.approx(1 / (1 + 2.718281828**-1))


@pytest.mark.parametrize("result", ["{}", '{"text": ""}', guesses(("", 5.0)), guesses()])
def test_nothing_was_said(result: str) -> None:
    assert final(result) == Heard("", final=True)


def test_the_model_of_the_tests_is_there() -> None:
    assert (KOREAN / "am" / "final.mdl").is_file()
