"""People who speak into a call while we do, over a line with an echo: made of recorded clips."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.fakes.telephone_line import Samples, loudness, read_wav, telephoned, to_pcm
from voice.conversations import Presence
from voice.media import FRAME_SECONDS, frame_bytes

SHARED = Path(os.environ.get("FAXIAN_SHARED") or Path(__file__).resolve().parents[4] / "shared") / "audio"
LEVEL = 0.05
"""Of a caller, as telephones are: −26 dB."""


def clips() -> list[Path]:
    """Recorded people."""
    return sorted((SHARED / "human").glob("*.wav"))


def spoken(path: Path, rate: int) -> tuple[Samples, float]:
    """A clip at the usual loudness, and the second at which its speech begins: no breath, no rustling before it.

    Begins: 50 ms, all within 10 dB of how loud the clip is.
    """
    sound = read_wav(path, rate)
    sound = sound * (LEVEL / loudness(sound))
    frames = sound[: len(sound) // (rate // 100) * (rate // 100)].reshape(-1, rate // 100)
    loud = np.sqrt(np.square(frames).mean(axis=1)) > LEVEL * 10 ** (-10 / 20)
    return sound, next(at for at in range(len(loud) - 5) if loud[at : at + 5].all()) / 100


@dataclass(frozen=True, slots=True)
class Echo:
    """How what we say comes back."""

    decibels: float
    delay: float
    """Seconds."""

    def of(self, said: Samples, rate: int) -> Samples:
        """With the 80 ms that a room adds."""
        random, length = np.random.default_rng(2), round(rate * 0.08)
        way = random.normal(size=length) * np.exp(-np.arange(length) / (rate * 0.02)) * 0.15
        way[0] += 1
        late = np.concatenate((np.zeros(round(rate * self.delay)), np.convolve(said, way)))
        return late[: len(said)] * 10 ** (self.decibels / 20)


def frames(sound: Samples, rate: int) -> Iterator[bytes]:
    """20 ms each; a rest is left out."""
    pcm, size = to_pcm(sound), frame_bytes(rate)
    return (pcm[at : at + size] for at in range(0, len(pcm) - size + 1, size))


def line(sound: Samples, rate: int, noise: float = 20.0, seed: int = 1) -> Samples:
    """`sound` with hiss so many dB below a caller; at 8,000 a second through the telephone's band and A-law."""
    hissing = sound + np.random.default_rng(seed).normal(size=len(sound)) * LEVEL * 10 ** (-noise / 20)
    return telephoned(hissing, rate, noise=None) if rate == 8000 else hissing


def begins(presence: Presence, came: Samples, said: Samples, rate: int) -> Iterator[float]:
    """The seconds at which speech begins for `presence`; a frame counts when it is over."""
    for at, (heard, sent) in enumerate(zip(frames(came, rate), frames(said, rate), strict=False)):
        presence.say(sent)
        if presence.hear(heard):
            yield (at + 1) * FRAME_SECONDS
