"""The optional engine, around a stand-in for its package: what is asked of it, and what becomes of its answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.fakes.speech import chunks
from voice.hearing import sherpa_engine
from voice.hearing.sherpa_engine import RATE, SherpaRecognizer
from voice.recognizer import Heard


class Stream:
    """Sound that was given, and how much of it is decoded."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.decoded = 0.0
        self.began = 0.0
        self.ended = False

    def accept_waveform(self, rate: int, samples: np.ndarray) -> None:
        assert samples.dtype == np.float32
        assert np.abs(samples).max(initial=0.0) <= 1
        self.seconds += len(samples) / rate

    def input_finished(self) -> None:
        self.ended = True


class Engine:
    """Says one sign for each half second, and ends an utterance after two."""

    def create_stream(self) -> Stream:
        return Stream()

    def is_ready(self, stream: Stream) -> bool:
        return stream.seconds - stream.decoded >= 0.5

    def decode_stream(self, stream: Stream) -> None:
        stream.decoded += 0.5

    def get_result(self, stream: Stream) -> str:
        return "啊" * int((stream.decoded - stream.began) * 2)

    def is_endpoint(self, stream: Stream) -> bool:
        return stream.decoded - stream.began >= 2

    def reset(self, stream: Stream) -> None:
        stream.began = stream.decoded


async def test_partials_ends_and_the_rest(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(sherpa_engine, "_load", lambda folder: Engine())
    recognizer = SherpaRecognizer(tmp_path, 1)
    pcm = b"\x00\x10" * (3 * RATE + 100)
    found = [one async for one in recognizer.recognize(chunks(pcm))]
    recognizer.close()
    assert [one.text for one in found] == ["啊", "啊啊", "啊啊啊", "啊啊啊啊", "啊", "啊啊", "啊啊啊"]
    assert [one for one in found if one.final] == [Heard("啊啊啊啊", True), Heard("啊啊啊", True)]
