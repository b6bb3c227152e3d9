"""Fits the correction of the linear model on questions that it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.rasa.components.correction import HALF, KEEP, Correction, HeadCorrection, meanings
from bot.rasa.components.counted import Counted
from bot.rasa.components.example import Example
from bot.rasa.components.learning import Fit, held_out, with_areas
from bot.rasa.components.linear_model import Head, Ranking
from bot.rasa.components.ridge import Calibration, fit_ridge
from bot.rasa.components.tokenizer import cut
from bot.rasa.taught import Taught

Numbers = NDArray[Any]
LEAST = 3
"""Different questions that a feature must occur in, so that no question can be read from the features."""
MOST = 12_000
"""Features kept, those of the largest weights."""
MEANT, INTENTS, AREAS = 1.0, 0.9, 1.7
"""How freely the meaning of words, the own scores of intents and those of areas are learnt from beside features."""
PENALTY = 2.0
OWN = (5.3, 1.35)
"""How much one of the own sentences counts that were held out, for intents and for areas: they keep what is right
already."""
WRONG = (1.0, 0.007)
"""Largest share of the questions that may be wrong though the intent, or the area, is told as certain."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the questions teach, and what that is worth."""

    correction: Correction
    before: list[tuple[Ranking, Ranking]]
    """Intents and areas of the labelled questions as the own sentences tell them."""
    without: list[tuple[Ranking, Ranking]]
    """The same as all else teaches them: each question without itself."""


class LayTraining:
    """The model learnt from three quarters of the own sentences, to be corrected on questions and on the rest."""

    def __init__(self, own: Sequence[Example], labelled: Sequence[Taught], beside: Sequence[Taught]) -> None:
        """`labelled` tell how sharp the scores are."""
        own = with_areas(own)
        held = held_out(own)
        questions = [*labelled, *beside]
        told = [Example(tuple(cut(one.text)), weight=one.weight) for one in questions]
        self._counted = Counted([one.words for one in (*own, *told)])
        self._fit = Fit(own, self._counted, sorted(set(range(len(own))) - set(held)))
        self._sharpness = self._fit.sharpness(held)
        self._questions = [len(own) + at for at in range(len(questions))]
        self._labelled = len(labelled)
        self._rows = [*self._questions, *held]
        self._scores = np.hstack(self._fit.scores(self._rows))
        wanted = [one.areas for one in questions] + [((own[i].area, 1.0),) for i in held]
        intents = [((one.intent, 1.0),) for one in questions] + [((own[i].intent, 1.0),) for i in held]
        self._targets = _target(intents, self._fit.intents), _target(wanted, self._fit.areas)
        self._counts = [np.array([one.weight for one in questions] + [own] * len(held), np.float32) for own in OWN]

    def learn(self) -> Learnt:
        """From all questions and the held-out sentences."""
        rarity, features = self._features()
        names = [self._counted.names[at] for at in features]
        columns = self._columns(rarity, features)
        alone, areas = np.split(self._scores, [len(self._fit.intents)], axis=1)
        of_areas, heard = self._head(1, KEEP * areas, columns)
        of_intents, said = self._head(0, self._fit.joined(KEEP * alone, heard), columns)
        strength = np.maximum(*(np.abs(head.weights).max(axis=1) for head in (of_intents, of_areas)))
        kept = np.sort(np.argsort(-strength, kind="stable")[:MOST])
        heads = [replace(head, weights=head.weights[kept]) for head in (of_intents, of_areas)]
        correction = Correction(tuple(names[at] for at in kept), (heads[0], heads[1]))
        before = self._rankings(self._fit.joined(alone, areas), areas, self._sharpness)
        kept_alone = self._fit.joined((1 - HALF) * alone, heard)
        after = self._rankings(HALF * said + kept_alone, heard, correction.sharpness(self._sharpness))
        return Learnt(correction, before, after)

    def _rankings(self, intents: Numbers, areas: Numbers, sharp: tuple[float, float]) -> list[tuple[Ranking, Ranking]]:
        heads = Head(tuple(self._fit.intents), sharp[0]), Head(tuple(self._fit.areas), sharp[1])
        asked = range(self._labelled)
        return [(heads[0].ranking(intents[at]), heads[1].ranking(areas[at])) for at in asked]

    def _features(self) -> tuple[Numbers, Numbers]:
        """The rarity of every feature, and those that occur in enough questions."""
        seen = self._counted.seen(self._questions)
        rarity = self._fit.idf.copy()
        rarity[(seen >= LEAST) & (rarity == 0)] = rarity.max()
        return rarity, np.flatnonzero(seen >= LEAST)

    def _columns(self, rarity: Numbers, features: Numbers) -> sparse.csr_matrix:
        """Features, meaning, own scores and a constant of each row."""
        found = self._counted.vectors(self._rows, rarity)
        known = np.flatnonzero(rarity)
        meant = MEANT * (found @ meanings([self._counted.names[at] for at in known]))
        own = found[:, np.searchsorted(known, features)]
        said = self._said(self._scores)
        return sparse.hstack([own, meant, said, np.ones((len(self._rows), 1))], "csr", np.float32)

    def _said(self, scores: Numbers) -> Numbers:
        """The own scores of each head around their mean, weighed."""
        parts = np.split(scores, [len(self._fit.intents)], axis=-1)
        around = [part - part.mean(axis=-1, keepdims=True) for part in parts]
        return np.concatenate([INTENTS * around[0], AREAS * around[1]], axis=-1)

    def _head(self, head: int, own: Numbers, columns: sparse.csr_matrix) -> tuple[HeadCorrection, Numbers]:
        """The correction of one head, and its scores of each row as the other rows teach them.

        Sharpness is that of the questions that are labelled by hand.
        """
        target, counts = self._targets[head], self._counts[head]
        rows = np.flatnonzero(target.sum(axis=1) > 0)
        ridge = fit_ridge(columns[rows], (target - KEEP - own)[rows], counts[rows], PENALTY)
        scores = np.array(own + columns @ ridge.weights)
        scores[rows] = own[rows] + ridge.without
        asked = rows[rows < self._labelled]
        sharpness = Calibration(scores[asked], target[asked]).sharpness(WRONG[head])
        names = tuple((self._fit.intents, self._fit.areas)[head])
        # The columns are the features, the meaning, the own scores and a constant.
        said = self._scores.shape[1]
        of_features = columns.shape[1] - meanings(["c:"]).shape[1] - said - 1
        parts = [of_features, -1 - said, columns.shape[1] - 1]
        features, meaning, mixed, bias = np.split(ridge.weights, parts)
        mix = self._said(np.eye(said, dtype=np.float32)) @ mixed
        return HeadCorrection(names, features, MEANT * meaning, mix, bias[0], sharpness), scores


def _target(wanted: Sequence[Sequence[tuple[str, float]]], names: Sequence[str]) -> Numbers:
    column = {name: at for at, name in enumerate(names)}
    target = np.zeros((len(wanted), len(names)), np.float32)
    for row, shares in enumerate(wanted):
        for name, share in shares:
            if name in column:
                target[row, column[name]] += share
    return target
