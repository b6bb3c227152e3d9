"""Learns to rank from a benchmark: precedents, weights of the first stage, trees of the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from tqdm import tqdm

from knowledge_base.ranking.collection import Collection
from knowledge_base.ranking.features import features
from knowledge_base.ranking.learnt import Learnt
from knowledge_base.ranking.precedents import Located, Precedents
from knowledge_base.ranking.question import Question, read_question
from knowledge_base.ranking.ranker import candidates
from knowledge_base.ranking.signals import FIRST, Array, signals
from knowledge_base.ranking.trees import Trees
from knowledge_base.ranking.vectors import WordVectors
from knowledge_base.text.analysis import Analyzer

_START = {"words": 1, "grams": 1, "characters": 0.5, "asked_words": 1, "asked_grams": 1, "question": 0.5, "meaning": 60,
          "question_meaning": 50, "precedent": 60, "precedent_beside": 20, "precedent_law": 1.5,
          "precedent_chapter": 1.5, "asked_law": 1, "asked_chapter": 1, "asked_before": 2, "law_before": 1,
          "chapter_before": 1}  # fmt: skip
"""Good enough to find the wrong articles that look right, from which the first stage learns."""
_NEAR, _NEAR_DRAWN, _FAR_DRAWN = 1500, 120, 60
"""Wrong articles for the first stage: drawn from the best by `_START`, and from all."""
_TOP, _DRAWN = 50, 60
"""Wrong candidates for the second stage: the first, and drawn from the rest."""
_PENALTY = 0.002
ROUNDS = 150
TREES = {
    "objective": "lambdarank", "metric": "None", "learning_rate": 0.05, "num_leaves": 15, "min_data_in_leaf": 100,
    "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 20.0, "max_bin": 63,
    "lambdarank_truncation_level": 20, "label_gain": [0, 1], "verbose": -1, "num_threads": 1, "seed": 1,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the places of the articles that answer it in the collection."""

    question: Question
    right: tuple[int, ...]


class Trainer:
    """Learns from questions on one collection. The same examples give the same result."""

    def __init__(
        self, collection: Collection, analyzer: Analyzer, vectors: WordVectors, progress: bool = False
    ) -> None:
        self._collection, self._analyzer, self._vectors, self._progress = collection, analyzer, vectors, progress

    def example(self, text: str, right: Sequence[int]) -> Example:
        """A question read as the ranking will read it; `right` are places in the collection."""
        return Example(read_question(text, self._analyzer, self._vectors), tuple(right))

    def learn(self, examples: Sequence[Example]) -> Learnt:
        """Everything, from `examples` alone. What precedents say of an example leaves that example out."""
        marks = self._collection.marks
        precedents = Precedents.of((int(marks[r]), e.question.vector) for e in examples for r in e.right)
        located = precedents.within(self._collection)
        weights = self._weights(examples, located)
        return Learnt(self._vectors, precedents, weights, self._trees(examples, located, weights))

    def _weights(self, examples: Sequence[Example], located: Located) -> Array:
        """Weights under which the right articles are the likeliest among wrong ones (a linear softmax)."""
        draw = np.random.default_rng(1)
        start = np.array([_START.get(name, 0.0) for name in FIRST], np.float32)
        tables, rights = [], []
        for example in tqdm(examples, desc="first stage", disable=not self._progress):
            told = signals(example.question, self._collection, located.known(example.question.vector, example.right))
            near = np.argpartition(-told.first(self._collection, start), _NEAR)[:_NEAR]
            drawn = np.concatenate([draw.choice(near, _NEAR_DRAWN, replace=False),
                                    draw.integers(0, self._collection.size, _FAR_DRAWN)])  # fmt: skip
            rows = np.unique(np.concatenate([np.array(example.right), drawn]))
            tables.append(told.table(self._collection)[rows])
            rights.append(np.isin(rows, example.right))
        spread = np.maximum(np.concatenate(tables).std(axis=0), 1e-6)
        scaled = [table / spread for table in tables]

        def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            total, slope = _PENALTY * float(weights @ weights), 2 * _PENALTY * weights
            for table, right in zip(scaled, rights, strict=True):
                score = table @ weights
                power = np.exp(score - score.max())
                wrong = np.where(right, 0.0, power)
                for one in np.flatnonzero(right):
                    share = wrong.copy()
                    share[one] = power[one]
                    share /= share.sum()
                    total -= float(np.log(share[one])) / (right.sum() * len(scaled))
                    share[one] -= 1
                    slope = slope + share @ table / (right.sum() * len(scaled))
            return total, slope

        found = minimize(loss, np.zeros(len(FIRST)), jac=True, method="L-BFGS-B", options={"maxiter": 100})
        return np.asarray(found.x / spread, np.float32)

    def _trees(self, examples: Sequence[Example], located: Located, weights: Array) -> Trees:
        draw = np.random.default_rng(2)
        tables, rights, sizes, names = [], [], [], []
        for example in tqdm(examples, desc="second stage", disable=not self._progress):
            told = signals(example.question, self._collection, located.known(example.question.vector, example.right))
            first = told.first(self._collection, weights)
            rows = candidates(first)
            right = np.isin(rows, example.right)
            if not right.any():
                continue
            columns = features(example.question, self._collection, told, first, rows)
            kept = right.copy()
            kept[:_TOP] = True
            kept[draw.choice(np.arange(_TOP, len(rows)), _DRAWN, replace=False)] = True
            names = list(columns)
            tables.append(np.stack(list(columns.values()), axis=1)[kept].astype(np.float32))
            rights.append(right[kept])
            sizes.append(int(kept.sum()))
        import lightgbm  # heavy, and needed only here

        truth = np.concatenate(rights).astype(int)
        data = lightgbm.Dataset(np.concatenate(tables), truth, group=sizes, feature_name=names)
        return Trees.of(lightgbm.train(TREES, data, ROUNDS).dump_model())
