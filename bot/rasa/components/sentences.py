"""What a sentence as a whole says, beside its words: of intents and areas, and of danger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.rasa.components.adapters import Adapters, Numbers
from bot.rasa.components.sentence_model import SentenceModel

TAUGHT = Path(__file__).resolve().parents[3] / "training_data" / "lay" / "sentences.npz"
"""What lay people's questions taught the sentence model (`bot/rasa/learn_encoder.py`)."""
DANGERS = TAUGHT.with_name("dangers.npz")
"""What messages of people in danger taught it, apart: who learns to hear them tells areas a little worse."""
SURELY_NOT = -4.0
"""Least logarithm of a chance: no sentence is so clear that its words could not say otherwise."""
UNKNOWN = -1.0
"""The same for an intent that came after the teaching: its words alone speak for it."""
HEADS = ("intents", "areas")
"""What `TAUGHT` tells."""
OF_DANGER = ("dangers",)
"""What `DANGERS` tells."""
_FILE, _MODEL = "sentences.npz", "sentence_model"


class SentencesError(RuntimeError):
    """What the sentence model was taught cannot be used; the message says what to do."""


class Sentences:
    """Chances by the vector of a sentence, as the taught model places it."""

    def __init__(self, model: SentenceModel, head: Numbers, names: Mapping[str, Sequence[str]]) -> None:
        """`model`: as taught; `head`: numbers of a vector and a constant × all `names`, by what they are names of."""
        self.model, self._head, self.names = model, head.astype(np.float32), dict(names)
        self._parts = np.cumsum([len(one) for one in names.values()])[:-1]

    @classmethod
    def there(
        cls, model: SentenceModel | None, taught: Path = TAUGHT, heads: Sequence[str] = HEADS
    ) -> Sentences | None:
        """The model with what it was taught; None without a model. Raises SentencesError."""
        if model is None:
            return None
        try:
            with np.load(taught, allow_pickle=False) as arrays:
                found = dict(arrays)
            of, head = str(found["model"]), found["head"]
            names = {name: tuple(found[name].tolist()) for name in heads}
        except (OSError, KeyError, ValueError, BadZipFile) as error:
            raise SentencesError(f"cannot read {taught} ({error}); restore it from the repository") from error
        if of != model.sum:
            raise SentencesError(
                f"the sentence model has the sum {model.sum}, {taught.name} was taught to {of}; fetch it again with "
                "docker/sentence_model/fetch.sh, or teach it as training_data/lay/README.md says"
            )
        return cls(model.adapted(Adapters.of(found)), head, names)

    def says(self, words: Sequence[str], intents: Sequence[str], areas: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Logarithms of the chances of these intents and areas, between `SURELY_NOT` and 0."""
        said = self._said("".join(words))
        found = [
            _chances(said[head], self.names[head], wanted) for head, wanted in zip(HEADS, (intents, areas), strict=True)
        ]
        return found[0], found[1]

    def chances(self, text: str, head: str) -> dict[str, float]:
        """The chance of each name of `head`."""
        said = self._said(text)[head]
        chances = np.exp(said - said.max())
        return dict(zip(self.names[head], (chances / chances.sum()).tolist(), strict=True))

    def _said(self, text: str) -> dict[str, Numbers]:
        said = self.model.vector(text) @ self._head[:-1] + self._head[-1]
        return dict(zip(self.names, np.split(said, self._parts), strict=True))

    def save(self, folder: Path) -> None:
        """With the model, so that nothing else is needed to answer."""
        names = {head: np.array(of, np.str_) for head, of in self.names.items()}
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(folder / _FILE, head=self._head, **names)
        self.model.copy_to(folder / _MODEL)

    @classmethod
    def read(cls, folder: Path, heads: Sequence[str] = HEADS) -> Sentences | None:
        """What `save` wrote; None where nothing was saved."""
        if not (folder / _FILE).is_file():
            return None
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            names = {name: tuple(arrays[name].tolist()) for name in heads}
            return cls(SentenceModel(folder / _MODEL), arrays["head"], names)


def log_chances(said: Numbers) -> Numbers:
    """Logarithms of the chances of what was `said`, along the last axis, none below `SURELY_NOT`."""
    most = said.max(axis=-1, keepdims=True)
    chances: Numbers = said - most - np.log(np.exp(said - most).sum(axis=-1, keepdims=True))
    return np.maximum(chances, SURELY_NOT)


def _chances(said: Numbers, names: Sequence[str], wanted: Sequence[str]) -> Numbers:
    told = dict(zip(names, log_chances(said).tolist(), strict=True))
    return np.array([told.get(name, UNKNOWN) for name in wanted], np.float32)
