"""sherpa-onnx (streaming Paraformer or Zipformer): for sites that have its models; the package is an optional extra."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from voice.hearing.streaming import StreamingRecognizer
from voice.recognizer import Heard

RATE = 16_000


class SherpaRecognizer(StreamingRecognizer):
    """See `Recognizer`. `folder` is a model as its makers pack it: tokens.txt, encoder, decoder, perhaps joiner."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        super().__init__(RATE, lambda: _load(folder), _Ear, threads)


def _load(folder: Path) -> Any:
    from sherpa_onnx import OnlineRecognizer

    def part(name: str) -> str:
        """The small version where there are two."""
        found = sorted(folder.glob(f"{name}*.onnx"), key=lambda file: ("int8" not in file.name, file.name))
        return str(found[0])

    shared = {"tokens": str(folder / "tokens.txt"), "num_threads": 1, "enable_endpoint_detection": True}
    parts = {"encoder": part("encoder"), "decoder": part("decoder")}
    if next(folder.glob("joiner*.onnx"), None) is None:
        return OnlineRecognizer.from_paraformer(**parts, **shared)
    return OnlineRecognizer.from_transducer(joiner=part("joiner"), **parts, **shared)


class _Ear:
    """See `voice.hearing.streaming.Ear`."""

    def __init__(self, engine: Any) -> None:
        self._engine, self._stream = engine, engine.create_stream()
        self._said = ""

    def hear(self, pcm: bytes) -> Heard | None:
        """See `voice.hearing.streaming.Ear.hear`."""
        self._stream.accept_waveform(RATE, np.frombuffer(pcm, "<i2").astype(np.float32) / 32768)
        said = self._decoded()
        if self._engine.is_endpoint(self._stream):
            self._engine.reset(self._stream)
            self._said = ""
            return Heard(said, final=True)
        if not said or said == self._said:
            return None
        self._said = said
        return Heard(said, final=False)

    def finish(self) -> Heard | None:
        """See `voice.hearing.streaming.Ear.finish`; the model wants to hear a little silence after the words."""
        self._stream.accept_waveform(RATE, np.zeros(RATE // 2, np.float32))
        self._stream.input_finished()
        return Heard(self._decoded(), final=True)

    def _decoded(self) -> str:
        while self._engine.is_ready(self._stream):
            self._engine.decode_stream(self._stream)
        return str(self._engine.get_result(self._stream)).strip()
