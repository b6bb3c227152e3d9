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

from bot.rasa.components.counted import Counted
from bot.rasa.components.example import Example
from bot.rasa.components.linear_model import TOPIC, Head, LinearModel, Matrix, area_places, with_area

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


def learn(examples: Sequence[Example], fit_sharpness: bool = True) -> LinearModel:
    """Learn from `examples`; the sharpness of both heads is fitted on a quarter of the full-weight ones, held out.

    Raises ValueError for fewer than two intents.
    """
    if len({example.intent for example in examples} - {""}) < 2:
        raise ValueError("The intent classifier needs examples of at least two intents; check the training data.")
    areas = {one.intent: one.area for one in examples if one.intent.startswith(TOPIC) and one.area}
    examples = [one if one.area else replace(one, area=areas.get(one.intent, "")) for one in examples]
    counted = Counted([example.words for example in examples])
    sharpness = (_USUAL, _USUAL)
    if fit_sharpness and (held := _held_out(examples)):
        chosen = sorted(set(range(len(examples))) - set(held))
        sharpness = _Fit(examples, counted, chosen).sharpness(held)
    return _Fit(examples, counted, range(len(examples))).model(*sharpness)


def _held_out(examples: Sequence[Example]) -> list[int]:
    full = [i for i, example in enumerate(examples) if example.weight >= 1.0 and example.intent]
    intents = [examples[i].intent for i in full]
    if min(Counter(intents).values(), default=0) < _FOLDS:
        return []
    _, test = next(StratifiedKFold(_FOLDS, shuffle=True, random_state=7).split(intents, intents))
    return [full[i] for i in test]


class _Fit:
    """Both heads over one vocabulary, learned from the chosen examples."""

    def __init__(self, examples: Sequence[Example], counted: Counted, chosen: Sequence[int]) -> None:
        self._examples, self._counted = examples, counted
        telling = [i for i in chosen if examples[i].weight >= TELLING]
        seen = counted.seen(telling)
        self._idf = np.where(seen > 0, np.log((1 + len(telling)) / (1 + seen)) + 1.0, 0.0)
        self._line = {index: line for line, index in enumerate(chosen)}
        self._seen = counted.vectors(chosen, self._idf)
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

    def sharpness(self, held: Sequence[int]) -> tuple[float, float]:
        """The scales of both heads with the least log-loss on examples that were not learned."""
        scores = self._counted.vectors(held, self._idf) @ self._weights + self._bias
        areas = scores[:, len(self.intents) :]
        intents = with_area(scores[:, : len(self.intents)], areas, area_places(self.intents, self.areas, self.area_of))
        told = [(at, self._examples[i].area) for at, i in enumerate(held) if self._examples[i].area in self.areas]
        return (
            _least_loss(intents, [self.intents.index(self._examples[i].intent) for i in held]),
            CAUTION * _least_loss(areas[[at for at, _ in told]], [self.areas.index(area) for _, area in told]),
        )

    def model(self, sharpness: float, area_sharpness: float) -> LinearModel:
        """The model, with the features that matter."""
        kept = np.sort(np.argsort(-np.abs(self._weights).max(axis=1), kind="stable")[:KEPT])
        known = np.flatnonzero(self._idf)
        return LinearModel(
            Head(tuple(self.intents), sharpness),
            Head(tuple(self.areas), area_sharpness),
            self.area_of,
            {self._counted.names[row]: float(self._idf[row]) for row in known[kept].tolist()},
            self._weights[kept].astype(np.float16),
            self._bias,
        )


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
