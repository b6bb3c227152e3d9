"""What lies in the folder of models is seen for what it is, and what it cannot be used for is left alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from voice.hearing.models import Hearing, Model, found, hearing, told
from voice.hearing.vosk_engine import VoskRecognizer
from voice.hearing.whisper import WhisperRecognizer
from voice.recognizer import Heard, RecognitionFailed


def vosk_at(folder: Path, name: str, size: int = 10) -> None:
    (folder / name / "am").mkdir(parents=True)
    (folder / name / "am" / "final.mdl").write_bytes(bytes(size))


def whisper_at(folder: Path, name: str) -> None:
    (folder / name).mkdir(parents=True)
    (folder / name / "model.bin").write_bytes(b"m")
    (folder / name / "config.json").write_bytes(b"{}")


def names(folder: Path) -> list[str]:
    return [model.folder.name for model in found(folder)]


def test_no_folder_and_an_empty_one(tmp_path: Path) -> None:
    assert found(tmp_path / "none") == found(tmp_path) == []
    assert "faxian voice fetch" in told(tmp_path)


def test_the_larger_first_and_whisper_behind(tmp_path: Path) -> None:
    whisper_at(tmp_path, "whisper-base")
    vosk_at(tmp_path, "vosk-model-small-cn-0.22", 10)
    vosk_at(tmp_path, "vosk-model-cn-0.22", 1000)
    assert names(tmp_path) == ["vosk-model-cn-0.22", "vosk-model-small-cn-0.22", "whisper-base"]
    assert told(tmp_path) == (
        "vosk-model-cn-0.22 (vosk), vosk-model-small-cn-0.22 (vosk), not used, whisper-base (whisper)"
    )


def test_other_languages_and_halves_are_left_alone(tmp_path: Path) -> None:
    vosk_at(tmp_path, "vosk-model-small-ko-0.22")
    whisper_at(tmp_path, "whisper-base.en")
    whisper_at(tmp_path, ".whisper-base.fetching")
    (tmp_path / "vosk-model-cn-0.22").mkdir()
    (tmp_path / "vosk-model-small-cn-0.22.zip").write_bytes(b"")
    assert found(tmp_path) == []


def test_sherpa_without_its_package_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "sherpa-onnx-streaming-paraformer-zh"
    folder.mkdir()
    for name in ("tokens.txt", "encoder.int8.onnx", "decoder.int8.onnx"):
        (folder / name).write_bytes(b"")
    seen = found(tmp_path)
    assert [model.kind for model in seen] == ["sherpa"] or "sherpa-onnx" in caplog.text


async def test_one_that_streams_for_calls_and_whisper_for_recordings(tmp_path: Path) -> None:
    whisper_at(tmp_path, "whisper-base")
    vosk_at(tmp_path, "vosk-model-small-cn-0.22")
    ears = await hearing(tmp_path)
    assert [type(one) for one in ears.calls] == [VoskRecognizer, WhisperRecognizer]
    assert ears.recorded is ears.calls[1]
    ears.close()


async def test_vosk_alone_does_both(tmp_path: Path) -> None:
    vosk_at(tmp_path, "vosk-model-small-cn-0.22")
    ears = await hearing(tmp_path)
    assert ears.recorded is ears.calls[0]
    ears.close()


async def test_nothing_there_hears_nothing(tmp_path: Path) -> None:
    ears = await hearing(tmp_path / "none")
    assert (ears.calls, ears.recorded) == ([], None)
    await ears.warm()
    ears.close()


async def test_a_broken_model_is_told_of_and_the_service_starts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    vosk_at(tmp_path, "vosk-model-small-cn-0.22")
    ears = await hearing(tmp_path)
    await ears.warm()
    assert "cannot be used" in caplog.text
    ears.close()


async def test_what_does_not_load_hears_no_call(tmp_path: Path) -> None:
    vosk_at(tmp_path, "vosk-model-small-cn-0.22")
    ears = await hearing(tmp_path)
    given = ears.calls  # as the telephone has it, before anything is loaded
    assert len(given) == 1
    await ears.warm()
    assert given == [], "callers are told at once that nobody hears them, and not after they have spoken"
    ears.close()


class Slow:
    """Loads at the second try."""

    sample_rate, asked = 8000, 0

    async def warm(self) -> None:
        """Load."""
        self.asked += 1
        if self.asked == 1:
            raise RecognitionFailed("not in time")

    def close(self) -> None:
        """Free it."""

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """Nothing."""
        async for _ in pcm:
            yield Heard("", final=True)


async def test_who_is_slow_to_load_is_asked_twice(tmp_path: Path) -> None:
    slow = Slow()
    ears = Hearing([Model("vosk", tmp_path, 1)], lambda _: slow)
    await ears.warm()
    assert ears.calls == [slow]
    ears.close()
