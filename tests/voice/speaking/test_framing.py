from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.media import frame_bytes
from voice.speaking.framing import Framer


def tone(hertz: float, rate: int, seconds: float = 1.0) -> bytes:
    at = np.arange(int(rate * seconds)) / rate
    return bytes((12000 * np.sin(2 * np.pi * hertz * at)).astype("<i2").tobytes())


def framed(pcm: bytes, source: int, rate: int, step: int = 4801) -> list[bytes]:
    framer = Framer(source, rate)
    frames = [frame for at in range(0, len(pcm), step * 2) for frame in framer.push(pcm[at : at + step * 2])]
    return [*frames, *framer.finish()]


@pytest.mark.parametrize("source", [8000, 16000, 22050, 24000])
@pytest.mark.parametrize("rate", [8000, 16000])
def test_a_tone_stays_the_tone(source: int, rate: int) -> None:
    frames = framed(tone(1000, source), source, rate)
    assert {len(frame) for frame in frames} == {frame_bytes(rate)}
    assert len(frames) in (50, 51)
    sound = np.frombuffer(b"".join(frames), "<i2").astype(float)[rate // 4 : rate // 4 + rate // 2]
    spectrum = np.abs(np.fft.rfft(sound))
    assert abs(np.argmax(spectrum) * 2 - 1000) <= 2
    assert 10_000 < sound.max() < 14_000


def test_what_a_telephone_cannot_carry_does_not_fold_back() -> None:
    sound = np.frombuffer(b"".join(framed(tone(7000, 24000), 24000, 8000)), "<i2").astype(float)
    assert np.abs(sound[2000:6000]).max() < 300


@given(st.lists(st.integers(0, 700), max_size=12), st.sampled_from([8000, 24000]))
def test_no_sample_is_lost_however_it_comes(sizes: list[int], source: int) -> None:
    framer = Framer(source, 8000)
    frames = [frame for size in sizes for frame in framer.push(b"\1\0" * size)] + list(framer.finish())
    samples = sum(sizes) * 8000 / source
    assert len(frames) * 160 >= int(samples)
    assert (len(frames) - 1) * 160 <= samples + 32
