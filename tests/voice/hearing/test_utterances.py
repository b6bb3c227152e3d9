"""Sound is cut where the speaker pauses, whatever the noise of the line."""

from __future__ import annotations

import numpy as np
import pytest

from tests.fakes.speech import babble
from voice.hearing.utterances import Utterances

RATE = 16_000


def noise(seconds: float, level: float) -> bytes:
    return (np.random.default_rng(2).normal(size=int(seconds * RATE)) * level).astype("<i2").tobytes()


def mixed(pcm: bytes, level: float) -> bytes:
    sound = np.frombuffer(pcm, "<i2").astype(float)
    return bytes((sound + np.random.default_rng(3).normal(size=len(sound)) * level).astype("<i2").tobytes())


def cut(pcm: bytes, size: int = 640) -> list[bytes]:
    utterances = Utterances(RATE)
    found = [one for at in range(0, len(pcm), size) for one in utterances.push(pcm[at : at + size])]
    last = utterances.finish()
    return found if last is None else [*found, last]


@pytest.mark.parametrize("level", [0, 30, 300, 600])
def test_three_words_with_pauses_are_three_utterances(level: float) -> None:
    found = cut(mixed(bytes(RATE) + babble(words=3), level))
    assert len(found) == 3
    assert all(1.2 <= len(one) / 2 / RATE <= 2.4 for one in found)


def test_no_sound_is_lost_at_the_beginning() -> None:
    said = babble()
    [found] = cut(said)
    assert found.startswith(said[:RATE])


@pytest.mark.parametrize(("level", "most"), [(0, 0), (30, 0), (300, 0), (1000, 1), (5000, 1)])
def test_noise_alone_is_no_utterance_once_it_is_known(level: float, most: int) -> None:
    found = cut(noise(10, level))
    assert len(found) <= most
    assert sum(len(one) for one in found) / 2 / RATE < 2


def test_a_click_is_no_utterance() -> None:
    assert cut(bytes(RATE) + noise(0.06, 8000) + bytes(2 * RATE)) == []


def test_who_does_not_pause_is_cut_at_fifteen_seconds() -> None:
    said = babble()[: int(1.24 * RATE) * 2] * 30
    found = cut(said)
    assert max(len(one) for one in found) / 2 / RATE <= 15
    assert sum(len(one) for one in found) >= 0.95 * len(said)


def test_any_size_of_chunk_gives_the_same() -> None:
    said = babble(words=2)
    assert cut(said, 640) == cut(said, 998) == cut(said, 16_000) == cut(said, 3)
