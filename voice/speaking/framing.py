"""Sound of an engine, cut into the frames of a call at the call's rate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from av import AudioFrame
from av.audio.resampler import AudioResampler

from voice.media import frame_bytes


class Framer:
    """Takes one mono sound piece by piece and gives it back in 20 ms frames."""

    def __init__(self, source: int, rate: int) -> None:
        """`source` and `rate` are samples a second, before and after."""
        self._source = source
        self._size = frame_bytes(rate)
        self._resampler = None if source == rate else AudioResampler(format="s16", layout="mono", rate=rate)
        self._rest = b""

    def push(self, pcm: bytes) -> Iterator[bytes]:
        """The frames that are complete with `pcm`, signed 16 bits."""
        if len(pcm) < 2:
            return
        self._rest += pcm if self._resampler is None else self._resampled(self._resampler, pcm)
        while len(self._rest) >= self._size:
            frame, self._rest = self._rest[: self._size], self._rest[self._size :]
            yield frame

    def finish(self) -> Iterator[bytes]:
        """What is left, the last frame filled up with silence."""
        if self._resampler is not None:
            self._rest += b"".join(_samples(one) for one in self._resampler.resample(None))
            self._resampler = None
        for start in range(0, len(self._rest), self._size):
            yield self._rest[start : start + self._size].ljust(self._size, b"\0")
        self._rest = b""

    def _resampled(self, resampler: AudioResampler, pcm: bytes) -> bytes:
        samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").reshape(1, -1)
        frame = AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = self._source
        return b"".join(_samples(one) for one in resampler.resample(frame))


def _samples(frame: AudioFrame) -> bytes:
    return bytes(frame.to_ndarray().astype("<i2").tobytes())
