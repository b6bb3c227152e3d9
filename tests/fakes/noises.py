"""Sounds of a call that are no speech, made from nothing: coughs, breath, music, keys, traffic."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from scipy.signal import butter, lfilter, sosfilt

from tests.fakes.telephone_line import Samples, at_rate
from voice.sounds import music

_RATE = 16000


def noises(rate: int, seconds: float = 6.0) -> Iterator[tuple[str, Samples]]:
    """Each by its name, at most as loud as speech is."""
    length = round(_RATE * seconds)
    for name, sound in (
        ("coughs", _coughs(length)),
        ("throat", _throat(length)),
        ("breath", _breath(length)),
        ("hiss", np.random.default_rng(1).normal(size=length) * 0.05),
        ("traffic", _traffic(length)),
        ("chords", _chords(length)),
        ("hold music", _held(length)),
        ("keys", _keys(length)),
        ("knocks", _knocks(length)),
        ("ringing", _ringing(length)),
    ):
        yield name, at_rate(sound, _RATE, rate)


def _coughs(length: int) -> Samples:
    """A burst, a rush of air, sometimes a voiced end; one to three in a row."""
    sound, random = np.zeros(length), np.random.default_rng(5)
    at = _RATE // 2
    while at < length - _RATE:
        for _ in range(int(random.integers(1, 4))):
            n = int(_RATE * random.uniform(0.18, 0.32))
            time = np.arange(n) / _RATE
            air = random.normal(size=n) * np.minimum(1, time / 0.004) * np.exp(-time / random.uniform(0.04, 0.08))
            tract = sosfilt(butter(2, (500, 2600), "bandpass", fs=_RATE, output="sos"), air)
            pitch = np.cumsum(random.uniform(140, 220) * (1 - 0.8 * time)) / _RATE
            end = np.sign(np.sin(2 * np.pi * pitch)) * np.exp(-(((time - n / _RATE * 0.75) / 0.04) ** 2))
            throat = sosfilt(butter(2, (250, 900), "bandpass", fs=_RATE, output="sos"), end)
            cough = 1.2 * tract + random.uniform(0.0, 0.25) * throat
            sound[at : at + n] += 0.3 * cough[: max(0, min(n, length - at))]
            at += n + int(_RATE * random.uniform(0.05, 0.2))
        at += int(_RATE * random.uniform(0.6, 1.2))
    return sound


def _throat(length: int) -> Samples:
    """A rough rasp with no pitch to speak of."""
    random = np.random.default_rng(6)
    time = np.arange(length) / _RATE
    rasp = random.normal(size=length) * (0.5 + 0.5 * np.sign(np.sin(2 * np.pi * 38 * time)))
    on = (time % 1.7 < 0.35).astype(float)
    return np.asarray(sosfilt(butter(2, (200, 1200), "bandpass", fs=_RATE, output="sos"), rasp * on)) * 0.15


def _breath(length: int) -> Samples:
    """Into the microphone, in and out."""
    time = np.arange(length) / _RATE
    air = np.random.default_rng(7).normal(size=length) * np.maximum(0, np.sin(2 * np.pi * 0.45 * time)) ** 2
    return np.asarray(sosfilt(butter(1, (300, 2000), "bandpass", fs=_RATE, output="sos"), air)) * 0.12


def _traffic(length: int) -> Samples:
    """A street: low and swelling."""
    time = np.arange(length) / _RATE
    rumble = lfilter([1.0], [1.0, -0.97], np.random.default_rng(8).normal(size=length))
    return np.asarray(rumble * (0.6 + 0.4 * np.sin(2 * np.pi * 0.2 * time))) * 0.012


def _chords(length: int) -> Samples:
    """Four chords with overtones and a soft attack, as hold music is."""
    time = np.arange(length) / _RATE
    sound = np.zeros(length)
    for number, root in enumerate(itertools.islice(itertools.cycle((220.0, 174.6, 261.6, 196.0)), length // _RATE + 1)):
        here = time - number
        shape = np.clip(here / 0.05, 0, 1) * np.exp(-1.2 * np.maximum(here, 0)) * (here >= 0) * (here < 1)
        for tone, overtone in itertools.product((1.0, 1.26, 1.5, 2.0), (1, 2, 3, 4)):
            sound += shape * np.sin(2 * np.pi * root * tone * overtone * time) / overtone**1.3
    return sound * 0.03


def _held(length: int) -> Samples:
    """The hold music that we play ourselves, from another switchboard."""
    needed = length * 2 // (_RATE // 50 * 2) + 1
    pcm = b"".join(itertools.islice(music(_RATE), needed))
    return np.frombuffer(pcm, "<i2")[:length].astype(np.float64) / 32768


def _keys(length: int) -> Samples:
    """Keys of the telephone as tones."""
    time = np.arange(length) / _RATE
    sound = np.zeros(length)
    for at, (low, high) in enumerate(((697, 1209), (770, 1336), (852, 1477), (941, 1336), (697, 1477), (770, 1209))):
        on = (time >= 0.4 + at * 0.8) & (time < 0.6 + at * 0.8)
        sound += on * (np.sin(2 * np.pi * low * time) + np.sin(2 * np.pi * high * time))
    return sound * 0.1


def _knocks(length: int) -> Samples:
    """The handset is put down, something falls."""
    sound, random = np.zeros(length), np.random.default_rng(9)
    for at in range(_RATE // 2, length - _RATE // 4, _RATE // 2):
        n = _RATE // 10
        ring = np.exp(-np.arange(n) / (_RATE * 0.012)) * random.normal(size=n)
        sound[at : at + n] += ring * random.uniform(0.2, 0.6)
    return sound


def _ringing(length: int) -> Samples:
    """Another telephone in the room, 450 Hz."""
    time = np.arange(length) / _RATE
    return np.asarray(np.sin(2 * np.pi * 450 * time) * (time % 5 < 1)) * 0.1
