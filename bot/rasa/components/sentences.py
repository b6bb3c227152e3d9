"""What a sentence as a whole adds to the scores of intents and areas, beside its words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.rasa.components.landmarks import Landmarks, Numbers
from bot.rasa.components.sentence_model import SentenceModel

_FILE, _MODEL = "sentences.npz", "sentence_model"


class Sentences:
    """Scores by how near a sentence lies to landmarks."""

    def __init__(self, model: SentenceModel, landmarks: Landmarks, weights: Numbers) -> None:
        """`weights`: landmarks × (intents + areas)."""
        self._model, self._landmarks, self.weights = model, landmarks, weights
        self._places = landmarks.places

    def scores(self, words: Sequence[str]) -> Numbers:
        """Of the sentence that these words are, to be added to theirs."""
        near = self._landmarks.nearness(self._model.vector("".join(words)), self._places)
        scores: Numbers = near @ self.weights
        return scores

    def save(self, folder: Path) -> None:
        """With the model, so that nothing else is needed to answer."""
        codes, scale = self._landmarks.codes, np.array(self._landmarks.scale)
        np.savez(folder / _FILE, codes=codes, scale=scale, weights=self.weights)
        self._model.copy_to(folder / _MODEL)

    @classmethod
    def read(cls, folder: Path) -> Sentences | None:
        """What `save` wrote; None where nothing was saved."""
        if not (folder / _FILE).is_file():
            return None
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            landmarks = Landmarks(arrays["codes"], float(arrays["scale"]))
            return cls(SentenceModel(folder / _MODEL), landmarks, arrays["weights"])
