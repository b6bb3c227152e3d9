"""Sounds like speech to a recogniser without being anyone's: vowels with the resonances of a mouth."""

from __future__ import annotations

from collections.abc import AsyncIterator

import numpy as np

_VOWELS = ((120, 750, 1250, 2600), (140, 300, 2300, 3000), (130, 320, 900, 2300), (125, 750, 1250, 2600))
"""Pitch and three resonances of each, in hertz: a i u a."""


def babble(rate: int = 16_000, words: int = 1, noise: float = 20) -> bytes:
    """Four vowels and a hiss after each, a little over a second, so many times with a pause after each.

    There is some `noise`: engines take the silence of zeros for something else.
    """
    time = np.arange(rate // 4) / rate
    hiss = np.random.default_rng(1).normal(size=int(rate * 0.06)) * 0.15
    parts: list[np.ndarray] = []
    for pitch, *resonances in _VOWELS:
        sound = np.zeros(len(time))
        for number in range(1, min(60, int(0.45 * rate / pitch))):
            hertz = number * pitch
            peaks = zip(resonances, (120, 150, 250), (1.0, 0.6, 0.3), strict=True)
            loud = 0.01 + sum(share * np.exp(-(((hertz - at) / wide) ** 2)) for at, wide, share in peaks)
            sound += loud / np.sqrt(number) * np.sin(2 * np.pi * hertz * time + number)
        parts += [sound * np.hanning(len(time)) ** 0.3, hiss]
    word = np.concatenate(parts)
    one = np.concatenate([word / np.abs(word).max() * 12_000, np.zeros(int(1.6 * rate))])
    sound = np.tile(one, words) + np.random.default_rng(5).normal(size=words * len(one)) * noise
    return bytes(sound.astype("<i2").tobytes())


async def chunks(pcm: bytes, size: int = 640) -> AsyncIterator[bytes]:
    """The sound as it comes over a line."""
    for at in range(0, len(pcm), size):
        yield pcm[at : at + size]
