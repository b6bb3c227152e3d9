"""What a telephone line does to sound: 8 kHz, 300 to 3,400 Hz, A-law, and noise."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.io import wavfile
from scipy.signal import butter, resample_poly, sosfiltfilt

from voice.telephony.rtp.g711 import PCMA

RATE = 8000
Samples = npt.NDArray[np.float64]


def read_wav(path: Path, rate: int) -> Samples:
    """A recording as samples between -1 and 1, at `rate`."""
    recorded, samples = wavfile.read(path)
    return at_rate(samples.astype(np.float64) / 32768, recorded, rate)


def at_rate(samples: Samples, was: int, rate: int) -> Samples:
    """The same sound with `rate` samples a second."""
    if was == rate:
        return samples
    shared = math.gcd(was, rate)
    resampled: Samples = resample_poly(samples, rate // shared, was // shared)
    return resampled


def loudness(samples: Samples) -> float:
    """Root mean square of the half of the frames that is louder: pauses do not count."""
    frames = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    power = np.sort(np.square(frames).mean(axis=1))
    return float(np.sqrt(power[len(power) // 2 :].mean())) if len(power) else 0.0


def telephoned(samples: Samples, rate: int, noise: float | None = 10.0, seed: int = 7) -> Samples:
    """Sound of `rate` as it comes over the line, at 8,000 a second; `noise`: speech over noise in dB, None for none."""
    sound = at_rate(samples, rate, RATE)
    if noise is not None:
        hiss = np.random.default_rng(seed).normal(size=len(sound))
        sound = sound + hiss * loudness(sound) / 10 ** (noise / 20)
    narrow = sosfiltfilt(butter(4, (300, 3400), "bandpass", fs=RATE, output="sos"), sound)
    return np.frombuffer(PCMA.decode(PCMA.encode(to_pcm(narrow))), "<i2").astype(np.float64) / 32768


def to_pcm(samples: Samples) -> bytes:
    """Signed 16 bits, little-endian."""
    return bytes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
