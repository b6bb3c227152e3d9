"""Word vectors: what is learnt from pairs, kept in 8 bits, and what precedents remember of questions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.learning.vector_training import Pairs, train_vectors
from knowledge_base.ranking.precedents import Precedents
from knowledge_base.ranking.vectors import WordVectors, terms, unit

TOPICS = 12


def pairs() -> Pairs:
    """Articles and questions that share a topic but no word."""
    articles = [[f"law{t}", f"rule{t}", "the"] for t in range(TOPICS)] * 3
    answers = [t + TOPICS * copy for t in range(TOPICS) for copy in range(3)]
    questions = [[f"say{a % TOPICS}", f"ask{a % TOPICS}", "the"] for a in answers]
    return Pairs(articles, questions, answers)


def hits(vectors: WordVectors) -> float:
    made = pairs()
    articles = np.stack([vectors.of(text) for text in made.articles[:TOPICS]])
    best = [int(np.argmax(articles @ vectors.of(text))) for text in made.questions]
    return float(np.mean([b == a % TOPICS for b, a in zip(best, made.answers, strict=True)]))


def test_words_of_a_pair_come_to_lie_close() -> None:
    learnt = train_vectors(pairs())
    assert hits(learnt) == 1.0
    again = train_vectors(pairs(), learnt)
    assert not np.array_equal(again.vectors, learnt.vectors)


def test_learning_is_repeatable() -> None:
    one, two = (train_vectors(pairs(), seed=4) for _ in range(2))
    np.testing.assert_array_equal(one.vectors, two.vectors)


def test_eight_bits_keep_the_meaning(tmp_path: Path) -> None:
    learnt = train_vectors(pairs())
    learnt.save(tmp_path / "vectors.npz")
    read = WordVectors.load(tmp_path / "vectors.npz")
    for text in pairs().questions:
        assert float(learnt.of(text) @ read.of(text)) > 0.99
    assert not read.of(["unheard"]).any()
    assert not read.of([]).any()


def test_terms_tell_words_from_pairs() -> None:
    assert terms(["工资", "不"], ["工资", "资"], "工资") == ["w工资", "工资", "工", "资"]
    assert unit(np.zeros(3, np.float32)).tolist() == [0, 0, 0]


def test_precedents_keep_one_sum_for_an_article(tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    vectors = unit(draw.normal(size=(3, 16)).astype(np.float32))
    made = Precedents.of([(7, vectors[0]), (9, vectors[1]), (7, vectors[2])])
    made.save(tmp_path / "precedents.npz")
    with np.load(tmp_path / "precedents.npz") as data:
        assert data["marks"].tolist() == [7, 9]
        assert data["counts"].tolist() == [2, 1]
        assert data["sums"].dtype == np.int8
    with pytest.raises((OSError, ValueError)):
        Precedents.load(tmp_path / "absent.npz")
