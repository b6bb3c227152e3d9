"""Fits the correction of the linear model on questions that it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from bot.rasa.components.correction import Correction, HeadCorrection, meanings
from bot.rasa.components.counted import Counted
from bot.rasa.components.example import Example
from bot.rasa.components.learning import CALM, Fit, held_out, with_areas
from bot.rasa.components.linear_model import Head, Ranking
from bot.rasa.components.tokenizer import cut
from bot.rasa.taught import Taught

Numbers = NDArray[Any]
LEAST = 3
"""Different questions that a feature must occur in, so that no question can be read from the features."""
MOST = 12_000
"""Features kept, those of the largest weights."""
GRAMS = 2.0
"""How much more freely a feature of its own is learnt than the meaning of words."""
PENALTY = 3e-4
OWN = 2.0
"""How much one of the own sentences counts that were held out: they keep what is right already. At 0.6 every sixth
interview more of the everyday set was wrong, at 4 two areas more in a hundred lay questions."""
_STEPS = 60


class LayTraining:
    """The model learnt from three quarters of the own sentences, to be corrected on questions and on the rest."""

    def __init__(self, own: Sequence[Example], labelled: Sequence[Taught], beside: Sequence[Taught]) -> None:
        """`labelled` are chosen from, for cross-validation; `beside` always teach."""
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
        self._scores = self._fit.scores(self._rows)
        names = self._fit.intents, self._fit.areas
        wanted = [one.areas for one in questions] + [((own[i].area, 1.0),) for i in held]
        intents = [((one.intent, 1.0),) for one in questions] + [((own[i].intent, 1.0),) for i in held]
        self._targets = _target(intents, names[0]), _target(wanted, names[1])
        self._weights = np.array([one.weight for one in questions] + [OWN] * len(held))

    def learn(self, chosen: Sequence[int]) -> Correction:
        """From the chosen ones of the labelled questions, those beside them, and the held-out sentences."""
        taught = [*chosen, *self._always, *range(len(self._questions), len(self._rows))]
        rarity, features = self._features([self._questions[at] for at in (*chosen, *self._always)])
        names = [self._counted.names[at] for at in features]
        columns = self._columns(range(len(self._rows)), rarity, features)
        areas = self._head(1, self._sharpness[1] * self._scores[1], columns, taught, names)
        corrected = self._corrected_areas(areas, columns, names)
        joined = self._fit.joined(self._scores[0], corrected)
        intents = self._head(0, self._sharpness[0] * joined, columns, taught, names)
        strength = np.maximum(np.abs(intents.weights).max(axis=1), np.abs(areas.weights).max(axis=1))
        kept = np.sort(np.argsort(-strength, kind="stable")[:MOST])
        heads = tuple(
            HeadCorrection(head.names, head.weights[kept], head.meaning, head.bias, head.stretch)
            for head in (intents, areas)
        )
        return Correction(tuple(names[at] for at in kept), heads)  # type: ignore[arg-type]

    def rankings(self, chosen: Sequence[int], correction: Correction | None) -> list[tuple[Ranking, Ranking]]:
        """Intents and areas of the chosen labelled questions, as the corrected model would see them."""
        alone, areas = (scores[list(chosen)] for scores in self._scores)
        sharp = list(self._sharpness)
        if correction is not None:
            taught = set(correction.features)
            rarity = self._fit.idf.copy()
            new = [at for at, name in enumerate(self._counted.names) if rarity[at] == 0 and name in taught]
            rarity[new] = rarity.max()
            columns = np.flatnonzero(rarity)
            names = [self._counted.names[at] for at in columns]
            found = self._counted.vectors([self._rows[at] for at in chosen], rarity)
            added = []
            for head, own in enumerate((self._fit.intents, self._fit.areas)):
                weights, bias = correction.of(head, names, own)
                sharp[head] *= correction.heads[head].stretch
                added.append((found @ weights + bias) / sharp[head])
            alone, areas = alone + added[0], areas + added[1]
        joined = self._fit.joined(alone, areas)
        calm = CALM if correction is not None else 1.0
        heads = Head(tuple(self._fit.intents), sharp[0]), Head(tuple(self._fit.areas), sharp[1] * calm)
        return [(heads[0].ranking(one), heads[1].ranking(other)) for one, other in zip(joined, areas, strict=True)]

    def _features(self, rows: Sequence[int]) -> tuple[Numbers, Numbers]:
        """The rarity of every feature, and those that occur in enough questions."""
        seen = self._counted.seen(rows)
        rarity = self._fit.idf.copy()
        rarity[(seen >= LEAST) & (rarity == 0)] = rarity.max()
        return rarity, np.flatnonzero(seen >= LEAST)

    def _columns(self, at: Sequence[int], rarity: Numbers, features: Numbers) -> sparse.csr_matrix:
        """Features, meaning and a constant of each row."""
        found = self._counted.vectors([self._rows[i] for i in at], rarity)
        known = np.flatnonzero(rarity)
        meant = found @ meanings([self._counted.names[i] for i in known])
        own = found[:, np.searchsorted(known, features)] * GRAMS
        return sparse.hstack([own, meant, np.ones((len(at), 1))], "csr", np.float32)

    def _head(
        self, head: int, scores: Numbers, columns: sparse.csr_matrix, taught: Sequence[int], names: Sequence[str]
    ) -> HeadCorrection:
        target = self._targets[head]
        rows = [at for at in taught if target[at].sum() > 0]
        stretch, weights = _fit(columns[rows], scores[rows], target[rows], self._weights[rows])
        own = len(names)
        labels = tuple((self._fit.intents, self._fit.areas)[head])
        return HeadCorrection(labels, GRAMS * weights[:own], weights[own:-1], weights[-1], stretch)

    def _corrected_areas(self, areas: HeadCorrection, columns: sparse.csr_matrix, names: Sequence[str]) -> Numbers:
        weights = np.vstack([areas.weights / GRAMS, areas.meaning, areas.bias])
        added: Numbers = columns @ weights / (self._sharpness[1] * areas.stretch)
        return self._scores[1] + added


def _target(wanted: Sequence[Sequence[tuple[str, float]]], names: Sequence[str]) -> Numbers:
    column = {name: at for at, name in enumerate(names)}
    target = np.zeros((len(wanted), len(names)), np.float32)
    for row, shares in enumerate(wanted):
        for name, share in shares:
            if name in column:
                target[row, column[name]] += share
    return target


def _fit(columns: sparse.csr_matrix, scores: Numbers, target: Numbers, counts: Numbers) -> tuple[float, Numbers]:
    """How much the scores are worth, and the weights that are added to them: a softmax regression with a penalty."""
    share = (counts / counts.sum())[:, None].astype(np.float32)
    turned, shape = columns.T.tocsr(), (columns.shape[1], scores.shape[1])
    penalty = np.full((shape[0], 1), PENALTY, np.float32)
    penalty[-1] /= 10

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = point[1:].reshape(shape).astype(np.float32)
        raised = point[0] * scores + columns @ weights
        raised -= raised.max(axis=1, keepdims=True)
        power = np.exp(raised)
        total = power.sum(axis=1, keepdims=True)
        value = -(share * target * (raised - np.log(total))).sum() + 0.5 * (penalty * weights * weights).sum()
        slope = share * (power / total * target.sum(axis=1, keepdims=True) - target)
        flat = np.asarray(turned @ slope + penalty * weights, np.float64).ravel()
        return float(value), np.concatenate([[float((slope * scores).sum())], flat])

    start = np.zeros(1 + shape[0] * shape[1])
    start[0] = 1.0
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    return float(found.x[0]), found.x[1:].reshape(shape).astype(np.float32)
