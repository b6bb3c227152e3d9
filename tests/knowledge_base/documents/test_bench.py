"""The made-up cases are always the same, as long as real ones, and can be measured."""

from __future__ import annotations

import pytest

from knowledge_base.documents.synthetic import synthetic_cases
from knowledge_base.measuring.documents import bench_documents, questions
from knowledge_base.shipped import LEXICON
from knowledge_base.text.analysis import TERMS, read_terms


def test_made_up_cases_are_reproducible_and_of_real_length() -> None:
    terms = read_terms(LEXICON / TERMS)
    made = list(synthetic_cases(50, terms))
    assert made == list(synthetic_cases(50, terms))
    assert len({document.id for document in made}) == 50
    assert all(600 <= len(document.text) <= 1300 for document in made)
    assert len({document.text for document in made}) == 50


def test_figures_of_a_small_index() -> None:
    (row,) = bench_documents([60], LEXICON, queries=20)
    assert (row.engine, row.documents) == ("embedded", 60)
    assert row.bytes > 60 * 600
    assert 0 < row.search_p50_ms <= row.search_p95_ms
    assert row.build_peak_mb > row.search_own_mb / 2
    assert row.search_mb >= row.search_own_mb > 0
    assert row.documents_per_s > 0
    assert row.node_mb == 0


def test_what_fails_is_told() -> None:
    with pytest.raises(OSError, match=r"(?s)failed \(build\).*missing"):
        list(bench_documents([1], LEXICON / "missing"))


def test_questions_are_always_the_same() -> None:
    assert questions(["工资", "合同"], 12) == questions(["工资", "合同"], 12)
    assert len(set(questions(["工资", "合同"], 5))) == 5
