"""Learns word vectors from questions and the articles that answer them, so that both sides of a pair lie close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tqdm import tqdm

from knowledge_base.ranking.postings import mark
from knowledge_base.ranking.vectors import WordVectors

_SIZE = 128
_LEAST = 3
"""Texts a word must occur in to get a vector."""
_BATCH, _EPOCHS, _RATE, _TEMPERATURE = 384, 8, 0.001, 0.1
_DROPPED = 0.4
"""Share of a text's words left out at each look, so that no single word carries a pair."""
_SIBLING = 0.5
"""What the other questions of the same article, and the way from article to question, count."""
_NEAR = (-3, -2, -1, 1, 2, 3)
"""Neighbours of the right article that must lie further away than it."""
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions of articles, every text given as its terms (see `vectors.terms`)."""

    articles: Sequence[Sequence[str]]
    """In printed order, so that neighbours are alike."""
    questions: Sequence[Sequence[str]]
    answers: Sequence[int]
    """For every question the place of its article."""


def train_vectors(pairs: Pairs, start: WordVectors | None = None, seed: int = 0, progress: bool = False) -> WordVectors:
    """Vectors trained by a softmax over the articles and questions of each batch; from `start` or from chance."""
    model = _Model(pairs, start, seed)
    for _ in tqdm(range(_EPOCHS), desc="word vectors", disable=not progress):
        model.epoch()
    return model.vectors


class _Model:
    def __init__(self, pairs: Pairs, start: WordVectors | None, seed: int) -> None:
        self._draw = np.random.default_rng(seed)
        asked = sorted(set(pairs.answers))
        seen = Counter(w for text in (*pairs.questions, *(pairs.articles[i] for i in asked)) for w in set(text))
        if start is None:
            words = sorted((w for w, n in seen.items() if n >= _LEAST), key=mark)
            total = len(pairs.questions) + len(asked)
            marks = np.array([mark(w) for w in words], np.uint64)
            rarity = np.log(total / np.array([seen[w] for w in words], np.float32)).astype(np.float32)
            first = self._draw.normal(scale=0.02, size=(len(words), _SIZE)).astype(np.float32)
            start = WordVectors(marks, rarity, first)
        self.vectors = start.copy()
        self._articles, self._questions = (_matrix(texts, start) for texts in (pairs.articles, pairs.questions))
        self._answers = np.array(pairs.answers, np.int64)
        self._of: dict[int, list[int]] = {}
        for question, article in enumerate(pairs.answers):
            self._of.setdefault(article, []).append(question)
        self._mean, self._square = (np.zeros_like(start.vectors) for _ in range(2))
        self._steps = 0

    def epoch(self) -> None:
        """Every question once, less the rest of the last batch."""
        order = self._draw.permutation(len(self._answers))
        size = min(_BATCH, len(order))
        for at in range(0, len(order) - size + 1, size):
            self._step(order[at : at + size])

    def _step(self, questions: NDArray[np.int64]) -> None:
        right, count = self._answers[questions], len(questions)
        last = self._articles.shape[0] - 1
        near = np.clip(right + self._draw.choice(_NEAR, count), 0, last)
        articles = np.concatenate([right, near, self._draw.integers(0, last + 1, count)])
        siblings = np.array([self._draw.choice(self._of[int(a)]) for a in right])
        asked, answers, others = (
            _Side(self._thinned(matrix[rows]), self.vectors.vectors)
            for matrix, rows in ((self._questions, questions), (self._articles, articles), (self._questions, siblings))
        )
        same = (articles[None, :] == right[:, None]) & ~np.eye(count, len(articles), dtype=bool)
        self._attract(asked, answers, same, np.ones(count, bool), 1.0)
        self._attract(answers, asked, same[:, :count], np.ones(count, bool), _SIBLING, rows=count)
        self._attract(asked, others, same[:, :count], siblings != questions, _SIBLING)
        self._adam(asked.slope() + answers.slope() + others.slope())

    def _attract(
        self, one: _Side, other: _Side, left_out: NDArray[np.bool_], counted: NDArray[np.bool_], weight: float,
        rows: int | None = None,
    ) -> None:  # fmt: skip
        """Pull text i of `one` to text i of `other`, and away from the rest; adds to the gradients of both."""
        taken = slice(0, rows)
        score = one.units[taken] @ other.units.T / _TEMPERATURE
        score[left_out] = -1e9
        power = np.exp(score - score.max(axis=1, keepdims=True))
        power /= power.sum(axis=1, keepdims=True)
        power[np.arange(len(power)), np.arange(len(power))] -= 1
        power *= (counted * weight / (len(power) * _TEMPERATURE))[:, None]
        one.gradient[taken] += power @ other.units
        other.gradient += power.T @ one.units[taken]

    def _thinned(self, texts: sparse.csr_matrix) -> sparse.csr_matrix:
        kept = self._draw.random(len(texts.data)) >= _DROPPED
        texts.data = (texts.data * kept / (1 - _DROPPED)).astype(np.float32)
        return texts

    def _adam(self, slope: Array) -> None:
        self._steps += 1
        self._mean = 0.9 * self._mean + 0.1 * slope
        self._square = 0.99 * self._square + 0.01 * slope * slope
        mean, square = self._mean / (1 - 0.9**self._steps), self._square / (1 - 0.99**self._steps)
        self.vectors.vectors -= (_RATE * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)


class _Side:
    """The texts of one side of a batch: their vectors, and how these should move."""

    def __init__(self, texts: sparse.csr_matrix, vectors: Array) -> None:
        self._texts = texts
        summed = np.asarray(texts @ vectors)
        self._lengths = np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-6)
        self.units = summed / self._lengths
        self.gradient = np.zeros_like(self.units)

    def slope(self) -> Array:
        """The gradient by the word vectors, through the scaling to length 1."""
        along = (self.gradient * self.units).sum(axis=1, keepdims=True)
        moved: Array = np.asarray(self._texts.T @ ((self.gradient - self.units * along) / self._lengths), np.float32)
        return moved


def _matrix(texts: Sequence[Sequence[str]], vectors: WordVectors) -> sparse.csr_matrix:
    """Texts as rows of weights of words, each of length 1."""
    starts, columns, weights = [0], [], []
    for text in texts:
        rows, weight = vectors.places(text)
        columns.append(rows)
        weights.append(weight / max(float(np.linalg.norm(weight)), 1e-6))
        starts.append(starts[-1] + len(rows))
    data = (np.concatenate(weights).astype(np.float32), np.concatenate(columns), np.array(starts))
    return sparse.csr_matrix(data, shape=(len(texts), len(vectors.vectors)))
