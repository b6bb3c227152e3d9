"""What the callers of the benchmark say: recorded people and our own voice, as a telephone line carries them."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.fakes.telephone_line import Samples, loudness, telephoned, to_pcm
from tests.load.hearing import people, shared
from voice.speaking.cache import CachedVoice
from voice.speaking.neural import NeuralVoice
from voice.synthesizer import Voice
from voice.telephony.rtp.g711 import PCMA

_LOUD = 10 ** (-24 / 20)
_TAIL = 10 ** (-25 / 20)
"""Of the loudness of the speech: what is weaker at the end is the room."""
_HISS = 10 ** (-66 / 20)
"""No line is quite silent."""
_FRAME = 160
_AFTER = 10
"""Frames of the recording that are kept behind the last one with speech."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence as it is sent."""

    by: str
    text: str
    frames: tuple[bytes, ...]
    """A-law."""
    last: int
    """Place of the last frame with speech."""


def sayings(kept: Path) -> list[Saying]:
    """People and our voice by turns; what our voice said once is kept in that folder. Raises FileNotFoundError."""
    folder = shared() / "audio"
    lines = (folder / "hotline_sentences.txt").read_text(encoding="utf-8").split("\n")
    ours = asyncio.run(_spoken([line for line in lines if line], kept))
    theirs = [(one.words, np.frombuffer(one.pcm, "<i2").astype(float) / 32768) for one in people(folder)]
    said = [("people", *one) for one in theirs] + [("our voice", *one) for one in ours]
    chance = np.random.default_rng(12348)
    mixed = [said[at] for at in chance.permutation(len(said))]
    return [saying(by, text, telephoned(sound, 16_000, None), chance) for by, text, sound in mixed]


def hiss() -> list[bytes]:
    """Frames of a line on which nobody speaks."""
    sound = np.random.default_rng(8).normal(size=50 * _FRAME) * _HISS
    return list(_frames(sound))


async def _spoken(texts: list[str], kept: Path) -> list[tuple[str, Samples]]:
    neural = NeuralVoice(patience=180)
    voice = CachedVoice(neural, kept, texts)
    try:
        said = [(text, b"".join([one async for one in voice.speak(text, Voice(16_000))])) for text in texts]
    finally:
        neural.close()
    return [(text, np.frombuffer(pcm, "<i2").astype(float) / 32768) for text, pcm in said]


def saying(by: str, text: str, narrow: Samples, chance: np.random.Generator) -> Saying:
    """Sound of a telephone as it is sent: equally loud, with little before and behind the speech."""
    narrow = narrow * (_LOUD / loudness(narrow))
    power = np.sqrt(np.square(narrow[: len(narrow) // _FRAME * _FRAME].reshape(-1, _FRAME)).mean(axis=1))
    speech = np.flatnonzero(power > _LOUD * _TAIL)
    first, last = max(0, int(speech[0]) - _AFTER), int(speech[-1])
    narrow = narrow[first * _FRAME : (last + 1 + _AFTER) * _FRAME]
    return Saying(by, text, _frames(narrow + chance.normal(size=len(narrow)) * _HISS), last - first)


def _frames(sound: Samples) -> tuple[bytes, ...]:
    codes = PCMA.encode(to_pcm(sound[: len(sound) // _FRAME * _FRAME]))
    return tuple(codes[at : at + _FRAME] for at in range(0, len(codes), _FRAME))


def write(said: list[Saying], file: Path) -> None:
    """For the service, which is another process."""
    rows = [[one.by, one.text, b64encode(b"".join(one.frames)).decode(), one.last] for one in said]
    file.write_text(json.dumps(rows), encoding="utf-8")


def read(file: Path) -> list[Saying]:
    """What was written."""
    made = []
    for by, text, encoded, last in json.loads(file.read_text(encoding="utf-8")):
        codes = b64decode(encoded)
        made.append(Saying(by, text, tuple(codes[at : at + _FRAME] for at in range(0, len(codes), _FRAME)), last))
    return made
