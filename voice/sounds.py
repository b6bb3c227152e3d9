"""The beep before a message and the music while waiting, made, not copied from anyone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache

import numpy as np

from voice.media import FRAME_SECONDS, frame_bytes

_NOTES = (523.25, 587.33, 659.25, 783.99, 880.0, 783.99, 659.25, 587.33)
"""Hertz: five tones up and down."""
_NOTE_SECONDS = 0.8
_LOUD = 2500
_LOUDER = 1.6


def beep(rate: int) -> Iterator[bytes]:
    """A fifth of a second."""
    return iter(_frames(rate, ((1000.0, 0.2),), fade=False))


def music(rate: int) -> Iterator[bytes]:
    """Without end."""
    return itertools.cycle(_frames(rate, tuple((note, _NOTE_SECONDS) for note in _NOTES), fade=True))


def louder(pcm: bytes) -> bytes:
    """The same sound by a half louder; what no line can carry is cut off."""
    return np.clip(np.frombuffer(pcm, "<i2") * _LOUDER, -32768, 32767).astype("<i2").tobytes()


@cache
def _frames(rate: int, notes: tuple[tuple[float, float], ...], fade: bool) -> tuple[bytes, ...]:
    parts = []
    for hertz, seconds in notes:
        time = np.arange(round(seconds / FRAME_SECONDS) * rate // 50) / rate
        wave = np.sin(2 * np.pi * hertz * time) * _LOUD
        parts.append(wave * np.minimum(1, time / 0.01) * np.exp(-3 * time) if fade else wave)
    sound = np.concatenate(parts).astype("<i2").tobytes()
    size = frame_bytes(rate)
    return tuple(sound[at : at + size] for at in range(0, len(sound), size))
