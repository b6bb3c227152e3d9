"""Real people are heard at once while we speak; noise and our own voice are not."""

from __future__ import annotations

import numpy as np
import pytest

from tests.fakes.noises import noises
from tests.fakes.telephone_line import Samples
from tests.voice.turns.callers import LEVEL, Echo, begins, clips, frames, line, spoken
from voice.turns.attention import Attention

pytestmark = pytest.mark.skipif(not clips(), reason="no recorded speech: set FAXIAN_SHARED")
OURS = 8
"""Clips that stand for our own voice: one speaker, as the synthesiser is."""
SPEAKS_AT = 4.0
"""Seconds after we began: so long the filter takes to learn the way of a strong echo."""


def our_voice(rate: int) -> Samples:
    """Louder than the caller, as synthesised speech is."""
    return 3 * np.concatenate([spoken(path, rate)[0] for path in clips()[:OURS] * 2])[: 10 * rate]


@pytest.mark.parametrize("rate", [8000, 16000])
@pytest.mark.parametrize("echo", [None, Echo(-20, 0.2)], ids=["no echo", "echo"])
def test_whoever_speaks_is_heard_within_200_ms(rate: int, echo: Echo | None) -> None:
    ours, late = our_voice(rate), []
    for at, path in enumerate(clips()[OURS::2]):
        sound, onset = spoken(path, rate)
        came = np.zeros(len(ours)) if echo is None else echo.of(ours, rate)
        first = int(SPEAKS_AT * rate)
        came[first : first + len(sound)] += sound[: len(came) - first]
        heard = begins(Attention(rate), line(came, rate, seed=at), ours, rate)
        late.append(next((one for one in heard if one >= SPEAKS_AT + onset), 99.0) - SPEAKS_AT - onset)
    assert np.percentile(late, 50) <= 0.2
    assert sum(one > 0.2 for one in late) <= (3 if echo else 1)


@pytest.mark.parametrize("echo", [Echo(-30, 0.06), Echo(-20, 0.4), Echo(-6, 0.2)], ids=lambda one: f"{one.decibels}")
def test_our_own_voice_is_nobody(echo: Echo) -> None:
    ours = our_voice(8000)
    assert not list(begins(Attention(8000), line(echo.of(ours, 8000), 8000), ours, 8000))


@pytest.mark.parametrize("rate", [8000, 16000])
def test_noise_is_nobody(rate: int) -> None:
    begun = {
        name: sum(map(Attention(rate).hear, frames(line(sound, rate, 40), rate))) for name, sound in noises(rate, 12.0)
    }
    # In the full band a cough with a voiced end can pass for a word; it makes us pause, and go on.
    assert {name: times for name, times in begun.items() if times > (name == "coughs" and rate == 16000)} == {}


def test_silence_grows_after_the_last_word_and_speech_begins_anew() -> None:
    sound, _ = spoken(clips()[0], 8000)
    presence = Attention(8000)
    pause = np.zeros(8000)
    begun = [presence.hear(pcm) for pcm in frames(line(np.concatenate((sound, pause, sound)), 8000), 8000)]
    assert sum(begun) >= 2
    for pcm in frames(line(np.zeros(16000), 8000), 8000):
        presence.hear(pcm)
    assert 1.5 <= presence.quiet <= 2.6


class Unsure:
    """Half sure of every window, as of a short 有 over the telephone."""

    def __init__(self, rate: int) -> None:
        """Whatever the rate."""

    def hear(self, sound: Samples) -> list[float]:
        """One window."""
        return [0.5]


@pytest.mark.parametrize(("speaking", "begun"), [(False, True), (True, False)])
def test_a_short_answer_is_heard_while_we_are_silent(
    speaking: bool, begun: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice.turns.attention.Silero", Unsure)
    presence, heard = Attention(8000), []
    ours = frames(our_voice(8000), 8000)
    for theirs in frames(line(np.zeros(1600) + LEVEL, 8000), 8000):
        if speaking:
            presence.say(next(ours))
        heard.append(presence.hear(theirs))
    assert any(heard) is begun


def test_a_quiet_caller_is_heard_too() -> None:
    sound, onset = spoken(clips()[4], 8000)
    faint = sound * (0.01 / LEVEL)
    assert any(map(Attention(8000).hear, frames(line(np.concatenate((np.zeros(4000), faint)), 8000, 40), 8000)))


def test_a_rate_that_no_call_has_is_refused() -> None:
    with pytest.raises(ValueError):
        Attention(11025)
