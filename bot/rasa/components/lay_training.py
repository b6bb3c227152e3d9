"""Fits the correction of the linear model on questions that it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.rasa.components.correction import KEEP, Correction, HeadCorrection, meanings
from bot.rasa.components.counted import Counted
from bot.rasa.components.example import Example
from bot.rasa.components.landmarks import Landmarks
from bot.rasa.components.learning import Fit, held_out, with_areas
from bot.rasa.components.linear_model import Head, Ranking
from bot.rasa.components.ridge import Calibration, fit_ridge
from bot.rasa.components.sentence_model import SentenceModel
from bot.rasa.components.tokenizer import cut
from bot.rasa.taught import Taught

Numbers = NDArray[Any]
LEAST = 3
"""Different questions that a feature must occur in, so that no question can be read from the features."""
MOST = 12_000
"""Features kept, those of the largest weights."""
MEANT, INTENTS, AREAS = 1.0, 0.9, 1.7
"""How freely the meaning of words, the own scores of intents and those of areas are learnt from beside features."""
LANDMARKS = 1024
NEAR = 2.2
"""How freely what lies near is learnt from; leaving one question out, 2 and 2.4 tell the areas as well."""
PENALTY = 2.0
OWN = (5.3, 1.35)
"""How much one of the own sentences counts that were held out, for intents and for areas: they keep what is right
already."""
WRONG = (1.0, 0.007)
"""Largest share of the questions that may be wrong though the intent, or the area, is told as certain."""


class _Placed:
    """Every row of the training among landmarks, which are found between the questions and the own sentences."""

    def __init__(
        self, model: SentenceModel, told: Sequence[Sequence[str]], own: Sequence[Example], held: Sequence[int]
    ) -> None:
        """The rows are `told`, then the `held` of the own sentences."""
        alike = [at for at, one in enumerate(own) if one.weight >= 1.0]
        vectors = model.vectors(["".join(words) for words in (*told, *(own[at].words for at in alike))])
        line = {at: len(told) + row for row, at in enumerate(alike)}
        self.sum, self.landmarks = model.sum, Landmarks.among(vectors, LANDMARKS)
        self.near = self.landmarks.nearness(vectors[[*range(len(told)), *(line[at] for at in held)]])
        self.evened = self.landmarks.evened()
        self.features = NEAR * (self.near @ self.evened)


class LayTraining:
    """The model learnt from three quarters of the own sentences, to be corrected on questions and on the rest."""

    def __init__(
        self,
        own: Sequence[Example],
        labelled: Sequence[Taught],
        beside: Sequence[Taught],
        model: SentenceModel | None = None,
    ) -> None:
        """`labelled` are chosen from, for cross-validation; `beside` always teach; with `model`, what a sentence as a
        whole says teaches too."""
        own = with_areas(own)
        held = held_out(own)
        questions = [*labelled, *beside]
        told = [Example(tuple(cut(one.text)), weight=one.weight) for one in questions]
        self._counted = Counted([one.words for one in (*own, *told)])
        self._fit = Fit(own, self._counted, sorted(set(range(len(own))) - set(held)))
        self._sharpness = self._fit.sharpness(held)
        self._questions = [len(own) + at for at in range(len(questions))]
        self._always = range(len(labelled), len(questions))
        self._rows = [*self._questions, *held]
        self._scores = np.hstack(self._fit.scores(self._rows))
        wanted = [one.areas for one in questions] + [((own[i].area, 1.0),) for i in held]
        intents = [((one.intent, 1.0),) for one in questions] + [((own[i].intent, 1.0),) for i in held]
        self._targets = _target(intents, self._fit.intents), _target(wanted, self._fit.areas)
        self._counts = [np.array([one.weight for one in questions] + [own] * len(held), np.float32) for own in OWN]
        self._placed = _Placed(model, [one.words for one in told], own, held) if model is not None else None

    def learn(self, chosen: Sequence[int]) -> Correction:
        """From the chosen ones of the labelled questions, those beside them, and the held-out sentences."""
        taught = np.array([*chosen, *self._always, *range(len(self._questions), len(self._rows))])
        rarity, features = self._features([self._questions[at] for at in (*chosen, *self._always)])
        names = [self._counted.names[at] for at in features]
        columns = self._columns(taught, rarity, features)
        alone, areas = np.split(KEEP * self._scores[taught], [len(self._fit.intents)], axis=1)
        of_areas, heard = self._head(1, areas, columns, taught, len(chosen))
        of_intents, _ = self._head(0, self._fit.joined(alone, heard), columns, taught, len(chosen))
        strength = np.maximum(*(np.abs(head.weights).max(axis=1) for head in (of_intents, of_areas)))
        kept = np.sort(np.argsort(-strength, kind="stable")[:MOST])
        heads = [replace(head, weights=head.weights[kept]) for head in (of_intents, of_areas)]
        beside = () if self._placed is None else (self._placed.landmarks, self._placed.sum)
        return Correction(tuple(names[at] for at in kept), (heads[0], heads[1]), *beside)

    def rankings(self, chosen: Sequence[int], correction: Correction | None) -> list[tuple[Ranking, Ranking]]:
        """Intents and areas of the chosen labelled questions, as the corrected model would see them."""
        scores, sharp = self._scores[list(chosen)], self._sharpness
        if correction is not None:
            taught = set(correction.features)
            rarity = self._fit.idf.copy()
            new = [at for at, name in enumerate(self._counted.names) if rarity[at] == 0 and name in taught]
            rarity[new] = rarity.max()
            names = [self._counted.names[at] for at in np.flatnonzero(rarity)]
            found = self._counted.vectors([self._rows[at] for at in chosen], rarity)
            scores = scores @ correction.mix(self._fit.intents, self._fit.areas)
            added = [correction.of(head, names, own) for head, own in enumerate((self._fit.intents, self._fit.areas))]
            scores += np.hstack([found @ weights + bias for weights, bias in added])
            if self._placed is not None:
                scores = scores + self._placed.near[list(chosen)] @ correction.near(self._fit.intents, self._fit.areas)
            sharp = correction.sharpness(sharp)
        alone, areas = np.split(scores, [len(self._fit.intents)], axis=1)
        heads = Head(tuple(self._fit.intents), sharp[0]), Head(tuple(self._fit.areas), sharp[1])
        joined = self._fit.joined(alone, areas)
        return [(heads[0].ranking(one), heads[1].ranking(other)) for one, other in zip(joined, areas, strict=True)]

    def _features(self, rows: Sequence[int]) -> tuple[Numbers, Numbers]:
        """The rarity of every feature, and those that occur in enough questions."""
        seen = self._counted.seen(rows)
        rarity = self._fit.idf.copy()
        rarity[(seen >= LEAST) & (rarity == 0)] = rarity.max()
        return rarity, np.flatnonzero(seen >= LEAST)

    def _columns(self, taught: Numbers, rarity: Numbers, features: Numbers) -> sparse.csr_matrix:
        """Features, meaning, own scores, landmarks and a constant of each row."""
        found = self._counted.vectors([self._rows[at] for at in taught], rarity)
        known = np.flatnonzero(rarity)
        meant = MEANT * (found @ meanings([self._counted.names[at] for at in known]))
        own = found[:, np.searchsorted(known, features)]
        said = self._said(self._scores[taught])
        near = [] if self._placed is None else [self._placed.features[taught]]
        return sparse.hstack([own, meant, said, *near, np.ones((len(taught), 1))], "csr", np.float32)

    def _said(self, scores: Numbers) -> Numbers:
        """The own scores of each head around their mean, weighed."""
        parts = np.split(scores, [len(self._fit.intents)], axis=-1)
        around = [part - part.mean(axis=-1, keepdims=True) for part in parts]
        return np.concatenate([INTENTS * around[0], AREAS * around[1]], axis=-1)

    def _head(
        self, head: int, own: Numbers, columns: sparse.csr_matrix, taught: Numbers, questions: int
    ) -> tuple[HeadCorrection, Numbers]:
        """The correction of one head, and its scores of each row as the other rows teach them.

        Sharpness is that of the first `questions` rows: those that are labelled by hand.
        """
        target, counts = self._targets[head][taught], self._counts[head][taught]
        rows = np.flatnonzero(target.sum(axis=1) > 0)
        ridge = fit_ridge(columns[rows], (target - KEEP - own)[rows], counts[rows], PENALTY)
        scores = np.array(own + columns @ ridge.weights)
        scores[rows] = own[rows] + ridge.without
        asked = rows[rows < questions]
        sharpness = Calibration(scores[asked], target[asked]).sharpness(WRONG[head])
        names = tuple((self._fit.intents, self._fit.areas)[head])
        # The columns are the features, the meaning, the own scores, the landmarks and a constant.
        said, marks = self._scores.shape[1], 0 if self._placed is None else self._placed.features.shape[1]
        of_features = columns.shape[1] - meanings(["c:"]).shape[1] - said - marks - 1
        parts = [of_features, -1 - marks - said, -1 - marks, columns.shape[1] - 1]
        features, meaning, mixed, near, bias = np.split(ridge.weights, parts)
        mix = self._said(np.eye(said, dtype=np.float32)) @ mixed
        if self._placed is not None:
            near = NEAR * (self._placed.evened @ near)
        return HeadCorrection(
            names, features, MEANT * meaning, mix, bias[0], sharpness, near.astype(np.float32)
        ), scores


def _target(wanted: Sequence[Sequence[tuple[str, float]]], names: Sequence[str]) -> Numbers:
    column = {name: at for at, name in enumerate(names)}
    target = np.zeros((len(wanted), len(names)), np.float32)
    for row, shares in enumerate(wanted):
        for name, share in shares:
            if name in column:
                target[row, column[name]] += share
    return target
