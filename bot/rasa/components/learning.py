"""Learns the linear model of intents and areas from weighted examples."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.rasa.components.correction import Correction
from bot.rasa.components.counted import Counted
from bot.rasa.components.example import Example
from bot.rasa.components.linear_model import TOPIC, Head, LinearModel, Matrix, area_places, with_area
from bot.rasa.components.sentences import Sentences

KEPT = 200_000
"""Features kept, those of the largest weights: of 480,000 the rest change nothing that cross-validation can see."""
TELLING = 0.25
"""Features come from examples of at least this weight; the many that weigh less only add to what these know."""
_GRAIN = 1.0
"""C of the intents' classifier."""
_AREA_GRAIN = 0.5
_USUAL = 3.0
"""Sharpness where none can be fitted."""
_FOLDS = 4
CAUTION = 0.75
"""What the areas' sharpness is lowered by: people's stories are less clear than the own sentences it is fitted on."""


def learn(
    examples: Sequence[Example],
    fit_sharpness: bool = True,
    correction: Correction | None = None,
    sentences: Sentences | None = None,
) -> LinearModel:
    """Learn from `examples`; the sharpness of both heads is fitted on a quarter of the full-weight ones, held out.

    `correction`: what lay people's questions taught, worked into the weights and the sharpness; `sentences`: what
    speaks beside the words. Raises ValueError for fewer than two intents.
    """
    if len({example.intent for example in examples} - {""}) < 2:
        raise ValueError("The intent classifier needs examples of at least two intents; check the training data.")
    examples = with_areas(examples)
    counted = Counted([example.words for example in examples])
    sharpness = (_USUAL, _USUAL)
    if fit_sharpness and (held := held_out(examples)):
        chosen = sorted(set(range(len(examples))) - set(held))
        sharpness = Fit(examples, counted, chosen).sharpness(held)
    fit = Fit(examples, counted, range(len(examples)))
    model = fit.model(*(sharpness if correction is None else correction.sharpness(sharpness)), correction)
    model.sentences = sentences
    return model


def with_areas(examples: Sequence[Example]) -> list[Example]:
    """The examples, those of a topic with the area that other examples of it tell."""
    areas = {one.intent: one.area for one in examples if one.intent.startswith(TOPIC) and one.area}
    return [one if one.area else replace(one, area=areas.get(one.intent, "")) for one in examples]


def full_weight(examples: Sequence[Example]) -> list[int]:
    """Places of the examples of an intent that people might say so."""
    return [i for i, example in enumerate(examples) if example.weight >= 1.0 and example.intent]


def held_out(examples: Sequence[Example]) -> list[int]:
    """A quarter of the full-weight examples; none where an intent has too few."""
    full = full_weight(examples)
    intents = [examples[i].intent for i in full]
    if min(Counter(intents).values(), default=0) < _FOLDS:
        return []
    _, test = next(StratifiedKFold(_FOLDS, shuffle=True, random_state=7).split(intents, intents))
    return [full[i] for i in test]


class Fit:
    """Both heads over one vocabulary, learned from the chosen examples."""

    def __init__(self, examples: Sequence[Example], counted: Counted, chosen: Sequence[int]) -> None:
        self._examples, self._counted = examples, counted
        telling = [i for i in chosen if examples[i].weight >= TELLING]
        seen = counted.seen(telling)
        self.idf = np.where(seen > 0, np.log((1 + len(telling)) / (1 + seen)) + 1.0, 0.0)
        self._line = {index: line for line, index in enumerate(chosen)}
        self._seen = counted.vectors(chosen, self.idf)
        with_intent = [i for i in chosen if examples[i].intent]
        self.intents, weights, bias = self._head([(i, examples[i].intent, 1.0) for i in with_intent], _GRAIN)
        self.area_of = {e.intent: e.area for e in examples if e.intent.startswith(TOPIC) and e.area}
        within = [(i, examples[i].area) for i in chosen if examples[i].area]
        share = _shares([(area, examples[i].weight) for i, area in within])
        self.areas, area_weights, area_bias = self._head([(i, a, share[a]) for i, a in within], _AREA_GRAIN)
        self.area_of = {intent: area for intent, area in self.area_of.items() if area in self.areas}
        self._weights, self._bias = np.hstack([weights, area_weights]), np.concatenate([bias, area_bias])

    def _head(self, rows: Sequence[tuple[int, str, float]], grain: float) -> tuple[list[str], Matrix, Matrix]:
        """Names, weights (features × names) and bias of one classifier; nothing where there are not two names."""
        names = sorted({name for _, name, _ in rows})
        if len(names) < 2:
            return [], np.zeros((self._seen.shape[1], 0), np.float32), np.zeros(0, np.float32)
        target = np.array([names.index(name) for _, name, _ in rows])
        counts_for = np.array([self._examples[i].weight * share for i, _, share in rows])
        svm = LinearSVC(C=grain, random_state=7)
        svm.fit(self._seen[[self._line[i] for i, _, _ in rows]], target, sample_weight=counts_for)
        coefficients, bias = svm.coef_, svm.intercept_
        if len(names) == 2:
            coefficients, bias = np.vstack([-coefficients, coefficients]), np.array([-bias[0], bias[0]])
        return names, coefficients.T.astype(np.float32), bias.astype(np.float32)

    def scores(self, rows: Sequence[int]) -> tuple[Matrix, Matrix]:
        """Scores of intents, before their areas are heard, and of areas."""
        found: Matrix = self._counted.vectors(rows, self.idf) @ self._weights + self._bias
        return found[:, : len(self.intents)], found[:, len(self.intents) :]

    def joined(self, intents: Matrix, areas: Matrix) -> Matrix:
        """Scores of intents with what the areas say."""
        return with_area(intents, areas, area_places(self.intents, self.areas, self.area_of))

    def sharpness(self, held: Sequence[int]) -> tuple[float, float]:
        """The scales of both heads with the least log-loss on examples that were not learned."""
        alone, areas = self.scores(held)
        intents = self.joined(alone, areas)
        told = [(at, self._examples[i].area) for at, i in enumerate(held) if self._examples[i].area in self.areas]
        return (
            _least_loss(intents, [self.intents.index(self._examples[i].intent) for i in held]),
            CAUTION * _least_loss(areas[[at for at, _ in told]], [self.areas.index(area) for _, area in told]),
        )

    def model(self, sharpness: float, area_sharpness: float, correction: Correction | None = None) -> LinearModel:
        """The model, with the features that matter."""
        known = np.flatnonzero(self.idf)
        names, rarity = [self._counted.names[at] for at in known], self.idf[known]
        weights, bias = self._weights, self._bias
        if correction is not None:
            names, rarity, weights = self._widened(correction, names, rarity)
            weights, bias = self._corrected(correction, names, weights)
        kept = np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:KEPT])
        return LinearModel(
            Head(tuple(self.intents), sharpness),
            Head(tuple(self.areas), area_sharpness),
            self.area_of,
            {names[row]: float(rarity[row]) for row in kept.tolist()},
            weights[kept].astype(np.float16),
            bias,
        )

    def _widened(self, correction: Correction, names: list[str], rarity: Matrix) -> tuple[list[str], Matrix, Matrix]:
        """Features, rarity and weights with those that lay people alone use, as rare as unseen ones."""
        there = set(names)
        new = [feature for feature in correction.features if feature not in there]
        rare = np.concatenate([rarity, np.full(len(new), rarity.max())])
        return names + new, rare, np.vstack([self._weights, np.zeros((len(new), len(self._bias)), np.float32)])

    def _corrected(self, correction: Correction, names: list[str], weights: Matrix) -> tuple[Matrix, Matrix]:
        """Weights and bias as the correction leaves them."""
        mix = correction.mix(self.intents, self.areas)
        added = [correction.of(head, names, own) for head, own in enumerate((self.intents, self.areas))]
        weights = weights @ mix
        weights += np.hstack([more for more, _ in added])
        return weights, (self._bias @ mix + np.concatenate([more for _, more in added])).astype(np.float32)


def _shares(weighed: Sequence[tuple[str, float]]) -> Mapping[str, float]:
    """How much more the examples of a small area count: half way, in logarithms, to equal areas."""
    total: Counter[str] = Counter()
    for name, weight in weighed:
        total[name] += weight  # type: ignore[assignment]
    mean = sum(total.values()) / max(len(total), 1)
    return {name: math.sqrt(mean / weight) for name, weight in total.items()}


def _least_loss(scores: NDArray[Any], target: Sequence[int]) -> float:
    if not len(target):
        return _USUAL

    def loss(sharpness: float) -> float:
        scaled = sharpness * (scores - scores.max(axis=1, keepdims=True))
        chosen = scaled[np.arange(len(target)), target]
        return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - chosen))

    return float(min(np.arange(0.5, 12.0, 0.1), key=loss))
