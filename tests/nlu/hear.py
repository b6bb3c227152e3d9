"""Writes heard.tsv: the everyday sentences as Whisper understands them, spoken by the default voice.

    python -m tests.nlu.hear ../shared/models/whisper-base-ct2

Takes half an hour; heard.tsv is kept so that measuring needs neither voice nor recogniser.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from tests.fakes.telephone_line import RATE as LINE
from tests.fakes.telephone_line import Samples, at_rate, telephoned
from tests.nlu.measure import EVERYDAY, HEARD
from voice.speaking.aloud import aloud
from voice.speaking.renderer import RATE, render
from voice.speaking.sentences import breaths

_EAR = 16_000
_MEASURED = ("topic_", "danger", "law", "out_of", "handoff")
_NOISE = 10.0
"""Speech over noise on the telephone line, in dB."""


def spoken(text: str) -> Samples:
    """What the default voice makes of it, between two short silences."""
    gap, edge = bytes(2 * int(RATE * 0.12)), np.zeros(RATE // 4)
    pcm = b"".join(render(breath, 1.0) + gap for breath in breaths(aloud(text)))
    return np.concatenate((edge, np.frombuffer(pcm, "<i2").astype(np.float64) / 32768, edge))


def main() -> None:
    """Speak, listen, write."""
    from faster_whisper import WhisperModel
    from opencc import OpenCC

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model", type=Path, help="folder of a CTranslate2 Whisper")
    options = arguments.parse_args()
    whisper: Any = WhisperModel(str(options.model), device="cpu", compute_type="int8", cpu_threads=1)
    simplified = OpenCC("t2s")

    def heard(sound: Samples) -> str:
        pieces, _ = whisper.transcribe(
            sound.astype(np.float32), language="zh", beam_size=1, no_repeat_ngram_size=5, chunk_length=15,
            without_timestamps=True, condition_on_previous_text=False, temperature=0.0,
        )  # fmt: skip
        return " ".join(str(simplified.convert("".join(piece.text for piece in pieces))).split())

    rows = ["# The everyday sentences as recognised: clean, and over a telephone line with noise. Made by hear.py."]
    rows.append("said\tclean\tline")
    for number, entry in enumerate(yaml.safe_load(EVERYDAY.read_text(encoding="utf-8"))):
        if entry["intent"].startswith(_MEASURED):
            sound = spoken(entry["text"])
            line = telephoned(sound, RATE, _NOISE, seed=number)
            rows.append(f"{entry['text']}\t{heard(at_rate(sound, RATE, _EAR))}\t{heard(at_rate(line, LINE, _EAR))}")
    HEARD.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
