"""Measures barge-in: recorded people speak while the default voice does, over lines with and without an echo.

python -m tests.voice.turns.measure
"""

from __future__ import annotations

import numpy as np

from tests.fakes.noises import noises
from tests.fakes.telephone_line import Samples, at_rate
from tests.voice.turns.callers import Echo, begins, clips, frames, line, spoken
from voice.speaking.aloud import aloud
from voice.speaking.renderer import RATE, render
from voice.speaking.sentences import breaths
from voice.turns.attention import Attention

SAID = (
    "您好，这里是12348法律热线。为了服务好您，通话会录音。您遇到什么事了？慢慢说，我在听。",
    "根据劳动合同法，公司没有跟您签书面合同，从第二个月起每个月要付您两倍工资。您最晚要在明年三月以前申请劳动仲裁，不收费。",
)
ECHOES = (None, Echo(-30, 0.06), Echo(-20, 0.2), Echo(-12, 0.2), Echo(-6, 0.4))
SHORT = ("嗯", "对", "好", "哦", "是")


def voice(text: str) -> Samples:
    """What the default voice says, at its rate."""
    gap = bytes(RATE // 4)
    pcm = b"".join(render(breath, 1.0) + gap for breath in breaths(aloud(text)))
    return np.frombuffer(pcm, "<i2").astype(np.float64) / 32768


def barge_in(ours: Samples, echo: Echo | None, rate: int) -> str:
    """One row: all clips, each from another moment on."""
    late: list[float] = []
    early = 0
    for at, path in enumerate(clips()):
        sound, onset = spoken(path, rate)
        start = 3.0 + 0.35 * at
        came = np.zeros(len(ours)) if echo is None else echo.of(ours, rate)
        first = round(start * rate)
        came[first : first + len(sound)] += sound[: len(came) - first]
        for begun in begins(Attention(rate), line(came, rate, seed=at), ours, rate):
            if begun >= start + onset:
                late.append(begun - start - onset)
                break
            # The breath before the first word may be in it; that is no mistake.
            early += begun < start
    row = [f"p50 {np.percentile(late, 50):.2f}", f"p95 {np.percentile(late, 95):.2f}", f"max {max(late):.2f}"]
    row.append(f"within 0.2 s: {sum(one <= 0.2 for one in late)} of {len(clips())}, too early {early}")
    alone = np.zeros(len(ours)) if echo is None else echo.of(ours, rate)
    row.append(f"echo alone: {len(list(begins(Attention(rate), line(alone, rate), ours, rate)))} false")
    return ", ".join(row)


def main() -> None:
    """Print the tables."""
    said = [voice(text) for text in SAID]
    short = {word: voice(word) for word in SHORT}
    for rate in (8000, 16000):
        ours = np.concatenate([at_rate(one, RATE, rate) for one in said])
        for echo in ECHOES:
            print(rate, echo, barge_in(ours, echo, rate), flush=True)
        for name, sound in noises(rate, 20.0):
            heard = sum(map(Attention(rate).hear, frames(line(sound, rate, 40), rate)))
            print(rate, name, f"begins {heard} times in 20 s", flush=True)
        for word, sound in short.items():
            padded = np.concatenate((np.zeros(rate), at_rate(sound, RATE, rate), np.zeros(rate)))
            presence, quiet = Attention(rate), []
            for at, pcm in enumerate(frames(line(padded, rate, 40), rate)):
                if presence.hear(pcm) or quiet:
                    quiet.append((at, presence.quiet))
            ended = next((at for at, still in quiet if still >= 0.25), None)
            print(rate, word, f"paused {(ended - quiet[0][0]) / 50:.2f} s" if ended else "not noticed", flush=True)


if __name__ == "__main__":
    main()
