"""What a sentence as a whole says of intents and areas, beside its words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.rasa.components.adapters import Adapters, Numbers
from bot.rasa.components.sentence_model import SentenceModel

TAUGHT = Path(__file__).resolve().parents[3] / "training_data" / "lay" / "sentences.npz"
"""What lay people's questions taught the sentence model (`bot/rasa/learn_encoder.py`)."""
SURELY_NOT = -4.0
"""Least logarithm of a chance: no sentence is so clear that its words could not say otherwise."""
UNKNOWN = -1.0
"""The same for an intent that came after the teaching: its words alone speak for it."""
_HEADS = ("intents", "areas")
_FILE, _MODEL = "sentences.npz", "sentence_model"


class SentencesError(RuntimeError):
    """What the sentence model was taught cannot be used; the message says what to do."""


class Sentences:
    """Chances by the vector of a sentence, as the taught model places it."""

    def __init__(self, model: SentenceModel, head: Numbers, names: tuple[Sequence[str], Sequence[str]]) -> None:
        """`model`: as taught; `head`: numbers of a vector and a constant × `names` of intents, then of areas."""
        self.model, self._head, self.names = model, head.astype(np.float32), names

    @classmethod
    def there(cls, model: SentenceModel | None, taught: Path = TAUGHT) -> Sentences | None:
        """The model with what it was taught; None without a model. Raises SentencesError."""
        if model is None:
            return None
        try:
            with np.load(taught, allow_pickle=False) as arrays:
                found = dict(arrays)
            of, head = str(found["model"]), found["head"]
            intents, areas = (tuple(found[name].tolist()) for name in _HEADS)
        except (OSError, KeyError, ValueError, BadZipFile) as error:
            raise SentencesError(f"cannot read {taught} ({error}); restore it from the repository") from error
        if of != model.sum:
            raise SentencesError(
                f"the sentence model has the sum {model.sum}, {taught.name} was taught to {of}; fetch it again with "
                "docker/sentence_model/fetch.sh, or teach it as training_data/lay/README.md says"
            )
        return cls(model.adapted(Adapters.of(found)), head, (intents, areas))

    def says(self, words: Sequence[str], intents: Sequence[str], areas: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Logarithms of the chances of these intents and areas, between `SURELY_NOT` and 0."""
        said = self.model.vector("".join(words)) @ self._head[:-1] + self._head[-1]
        parts = np.split(said, [len(self.names[0])])
        found = [
            _chances(part, names, wanted)
            for part, names, wanted in zip(parts, self.names, (intents, areas), strict=True)
        ]
        return found[0], found[1]

    def save(self, folder: Path) -> None:
        """With the model, so that nothing else is needed to answer."""
        names = {head: np.array(self.names[at], np.str_) for at, head in enumerate(_HEADS)}
        np.savez(folder / _FILE, head=self._head, **names)
        self.model.copy_to(folder / _MODEL)

    @classmethod
    def read(cls, folder: Path) -> Sentences | None:
        """What `save` wrote; None where nothing was saved."""
        if not (folder / _FILE).is_file():
            return None
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            intents, areas = (tuple(arrays[name].tolist()) for name in _HEADS)
            return cls(SentenceModel(folder / _MODEL), arrays["head"], (intents, areas))


def log_chances(said: Numbers) -> Numbers:
    """Logarithms of the chances of what was `said`, along the last axis, none below `SURELY_NOT`."""
    most = said.max(axis=-1, keepdims=True)
    chances: Numbers = said - most - np.log(np.exp(said - most).sum(axis=-1, keepdims=True))
    return np.maximum(chances, SURELY_NOT)


def _chances(said: Numbers, names: Sequence[str], wanted: Sequence[str]) -> Numbers:
    told = dict(zip(names, log_chances(said).tolist(), strict=True))
    return np.array([told.get(name, UNKNOWN) for name in wanted], np.float32)
