"""What lies in the folder of models, and the recognisers made of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Protocol

from voice.hearing.sherpa_engine import SherpaRecognizer
from voice.hearing.vosk_engine import VoskRecognizer
from voice.hearing.whisper import WhisperRecognizer
from voice.recognizer import RecognitionFailed, Recognizer

_LOG = logging.getLogger(__name__)

Kind = Literal["sherpa", "vosk", "whisper"]


@dataclass(frozen=True, slots=True)
class Model:
    """A folder with a Chinese model."""

    kind: Kind
    folder: Path
    size: int
    """Bytes: of two models of one kind the larger one hears better."""

    @property
    def streams(self) -> bool:
        """Whether it hears while the caller still speaks."""
        return self.kind != "whisper"


class OpenRecognizer(Recognizer, Protocol):
    """One that holds a model."""

    async def warm(self) -> None:
        """Load it."""
        ...

    def close(self) -> None:
        """Free it."""
        ...


class Hearing:
    """Recognisers by their use. They take memory with `warm`, or when first used."""

    def __init__(self, models: Sequence[Model], opener: Callable[[Model], OpenRecognizer] | None = None) -> None:
        self.models = tuple(models)
        opened = {model: (opener or _open)(model) for model in _chosen(models)}
        self.calls: list[OpenRecognizer] = list(opened.values())
        """The best first; the next one takes over when one breaks down. None: the telephone does not hear.

        `warm` takes out those that do not load: no caller must say everything twice to find out.
        """
        self._opened = tuple(self.calls)
        recorded = [one for model, one in opened.items() if not model.streams] or list(opened.values())
        self.recorded: OpenRecognizer | None = recorded[0] if recorded else None
        """For voice that was recorded, by messengers and in the browser."""

    async def warm(self) -> None:
        """Load all of them, so that no caller waits for it; one that does not load is told of and left out."""
        for one in self._opened:
            try:
                await _warmed(one)
            except RecognitionFailed as error:
                _LOG.error("a model in the folder of models cannot be used: %s", error)
                self.calls.remove(one)

    def close(self) -> None:
        """Free them."""
        for one in self._opened:
            one.close()


async def _warmed(one: OpenRecognizer) -> None:
    """Twice if need be: a machine that just starts is slow."""
    try:
        await one.warm()
    except RecognitionFailed:
        await one.warm()


def found(folder: Path) -> list[Model]:
    """The Chinese models in it, the best first. A folder that is not there has none."""
    if not folder.is_dir():
        return []
    models = [
        model
        for one in sorted(folder.iterdir())
        if one.is_dir() and one.name[0] != "." and (model := _read(one)) is not None
    ]
    return sorted(models, key=lambda model: (not model.streams, model.kind, -model.size))


def told(folder: Path) -> str:
    """In a line, for the operator."""
    models = found(folder)
    if not models:
        return f"no Chinese model in {folder}, so calls take keys and messages only; run `faxian voice fetch`"
    used = _chosen(models)
    return ", ".join(f"{one.folder.name} ({one.kind}){'' if one in used else ', not used'}" for one in models)


async def hearing(folder: Path) -> Hearing:
    """Recognisers for what lies in the folder."""
    return Hearing(await asyncio.to_thread(found, folder))


def _chosen(models: Sequence[Model]) -> list[Model]:
    """The best that streams, and Whisper behind it: one of each suffices, each takes hundreds of megabytes."""
    return [*[one for one in models if one.streams][:1], *[one for one in models if not one.streams][:1]]


def _read(folder: Path) -> Model | None:
    """What the folder is; which language Vosk's and sherpa's models are for stands in the names their makers give."""
    name = folder.name.lower()
    chinese = any(part in ("cn", "zh", "chinese") for part in name.replace("_", "-").split("-"))
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    if chinese and (folder / "am" / "final.mdl").is_file():
        return Model("vosk", folder, size)
    if chinese and (folder / "tokens.txt").is_file() and any(folder.glob("encoder*.onnx")):
        if find_spec("sherpa_onnx") is None:
            _LOG.warning("%s needs the package sherpa-onnx, which is not installed", folder.name)
            return None
        return Model("sherpa", folder, size)
    if (folder / "model.bin").is_file() and (folder / "config.json").is_file() and not name.endswith(".en"):
        return Model("whisper", folder, size)
    return None


def _open(model: Model) -> OpenRecognizer:
    match model.kind:
        case "vosk":
            return VoskRecognizer(model.folder)
        case "sherpa":
            return SherpaRecognizer(model.folder)
        case "whisper":
            return WhisperRecognizer(model.folder)
