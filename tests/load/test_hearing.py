"""The benchmark of hearing gives plausible figures from the real Whisper, in a small run."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from tests.load.hearing import LINES, Clip, accuracy, bare, distance, models, people, table
from voice.hearing.whisper import WhisperRecognizer


def test_writing_is_no_mistake() -> None:
    assert bare("他欠我10萬塊錢，一直不還。") == bare("他欠我十万块钱一直不还")
    assert distance("离婚", "离婚了") == 1
    assert distance("", "离婚") == 2


def test_the_clips_and_the_model_to_measure_with(shared: Path, tmp_path: Path) -> None:
    clips = people(shared / "audio")
    assert len(clips) >= 25
    assert all(1 < clip.seconds < 10 for clip in clips)
    assert [one.kind for one in models(tmp_path)] == ["whisper"]


async def test_a_small_run(whisper: WhisperRecognizer, shared: Path) -> None:
    clips: list[Clip] = people(shared / "audio")[11:12]
    rows = [await accuracy("whisper", whisper, clips, "people", line) for line in LINES]
    assert [one.signs for one in rows] == [5, 5, 5]
    assert all(one.sign_error <= 60 for one in rows[:2])
    assert all(one.of_real_time > 0 for one in rows)
    said = table({"accuracy": [asdict(one) for one in rows]})
    assert "telephone" in said.splitlines()[2]
