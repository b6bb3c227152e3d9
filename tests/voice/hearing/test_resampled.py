"""A call of 8 kHz is heard by a recogniser of 16."""

from __future__ import annotations

from collections.abc import AsyncIterator

import numpy as np

from tests.fakes.speech import chunks
from voice.hearing.resampled import at_rate
from voice.recognizer import Heard


class Measuring:
    """Tells how much it heard, and at what pitch."""

    sample_rate = 16_000

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        sound = np.frombuffer(b"".join([one async for one in pcm]), "<i2").astype(float)
        strongest = int(np.argmax(np.abs(np.fft.rfft(sound))) * 16_000 / len(sound))
        yield Heard(f"{len(sound) / 16_000:.2f} {strongest}", final=True)


async def test_length_and_pitch_stay() -> None:
    tone = (8000 * np.sin(2 * np.pi * 440 * np.arange(8000) / 8000)).astype("<i2").tobytes()
    [heard] = [one async for one in at_rate(Measuring(), 8000).recognize(chunks(tone, 320))]
    seconds, pitch = heard.text.split()
    assert 1.0 <= float(seconds) <= 1.02
    assert abs(int(pitch) - 440) < 5


async def test_what_fits_is_left_alone() -> None:
    one = Measuring()
    assert at_rate(one, 16_000) is one
    assert at_rate(one, 8000).sample_rate == 8000
