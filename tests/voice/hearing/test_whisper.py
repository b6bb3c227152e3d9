"""Whisper hears Chinese, as it comes from a line and as a messenger recorded it."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from channels.hearing import words
from tests.fakes.speech import chunks
from voice.hearing.models import hearing
from voice.hearing.whisper import WhisperRecognizer

CLIPS = {
    "aishell1_st_audio_4": "让他们也可以有机会参与体育运动",
    "aishell3_SSB00090181": "那很不明智",
    "aishell3_SSB01120364": "你只要爱我就够了",
    "aishell3_SSB00570140": "加快发展现代保险服务业",
}


def sound(shared: Path, clip: str) -> bytes:
    with wave.open(str(shared / "audio" / "human" / f"{clip}.wav")) as file:
        return file.readframes(file.getnframes())


def wrong(heard: str, said: str) -> int:
    """Signs to change, leave out or add."""
    row = list(range(len(said) + 1))
    for at, sign in enumerate(heard, 1):
        before, row[0] = row[0], at
        for to, wanted in enumerate(said, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (sign != wanted))
    return row[-1]


async def test_people_are_understood(whisper: WhisperRecognizer, shared: Path) -> None:
    mistakes = 0
    for clip, said in CLIPS.items():
        found = [one async for one in whisper.recognize(chunks(sound(shared, clip)))]
        [end] = [one for one in found if one.final]
        assert end.confidence is not None
        assert 0.3 < end.confidence < 1
        mistakes += wrong(end.text.strip("。"), said)
    assert mistakes <= 4, f"of {sum(map(len, CLIPS.values()))} signs"


async def test_two_sentences_with_a_pause_are_two(whisper: WhisperRecognizer, shared: Path) -> None:
    pause = bytes(2 * 16_000)
    pcm = sound(shared, "aishell3_SSB00090181") + pause + sound(shared, "aishell3_SSB01120364") + pause
    found = [one.text async for one in whisper.recognize(chunks(pcm)) if one.final]
    assert len(found) == 2
    assert "明智" in found[0]
    assert "爱我" in found[1]


async def test_noise_has_no_words(whisper: WhisperRecognizer) -> None:
    hiss = (np.random.default_rng(4).normal(size=5 * 16_000) * 300).astype("<i2").tobytes()
    assert not any(one.text for one in [one async for one in whisper.recognize(chunks(hiss))])


async def test_a_voice_message_of_a_messenger(whisper: WhisperRecognizer, shared: Path) -> None:
    narrow = av.AudioResampler(format="s16", layout="mono", rate=8000)
    samples = np.frombuffer(sound(shared, "aishell3_SSB01120364"), "<i2").reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
    frame.sample_rate = 16_000
    out = io.BytesIO()
    with av.open(out, "w", format="amr") as written:
        stream = written.add_stream("libopencore_amrnb", rate=8000, layout="mono")
        for one in [*narrow.resample(frame), *narrow.resample(None)]:
            one.pts = None
            written.mux(stream.encode(one))
        written.mux(stream.encode(None))
    assert "爱我" in await words(whisper, out.getvalue())


async def test_it_is_found_and_opened_where_it_lies(whisper_folder: Path) -> None:
    ears = await hearing(whisper_folder.parent)
    assert [model.kind for model in ears.models] == ["whisper"]
    assert ears.recorded is ears.calls[0]
    ears.close()


@pytest.mark.parametrize(("heard", "said", "mistakes"), [("", "离婚", 2), ("离婚", "离婚", 0), ("立婚了", "离婚", 2)])
def test_mistakes_are_counted(heard: str, said: str, mistakes: int) -> None:
    assert wrong(heard, said) == mistakes
