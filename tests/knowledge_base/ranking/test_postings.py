"""BM25 as defined, over any words."""

from __future__ import annotations

from collections import Counter
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.ranking.postings import Postings, mark, write_postings

WORDS = st.lists(st.sampled_from(["工资", "合同", "离婚", "法", "a"]), max_size=8)


def bm25(texts: list[list[str]], question: Counter[str], text: list[str]) -> float:
    average = sum(map(len, texts)) / len(texts)
    total = 0.0
    for word, asked in question.items():
        holding = sum(word in t for t in texts)
        times = text.count(word)
        if times:
            rarity = log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            total += asked * rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * len(text) / average))
    return total


@given(texts=st.lists(WORDS, min_size=1, max_size=6), question=WORDS)
def test_scores_are_bm25(texts: list[list[str]], question: list[str]) -> None:
    with TemporaryDirectory() as folder:
        write_postings(Path(folder) / "field", texts)
        found = Postings(Path(folder) / "field").score(Counter(question))
    expected = [bm25(texts, Counter(question), text) for text in texts]
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_presence_is_the_share_of_the_known_words(tmp_path: Path) -> None:
    write_postings(tmp_path / "field", [["工资", "工资", "合同"], ["合同"], ["离婚"]])
    found = Postings(tmp_path / "field").score(Counter(["工资", "合同", "没有"]), presence=True)
    assert found[0] == pytest.approx(1.0)
    assert 0 < found[1] < 0.5
    assert found[2] == 0


def test_empty_collections_and_questions_score_nothing(tmp_path: Path) -> None:
    write_postings(tmp_path / "none", [])
    write_postings(tmp_path / "blank", [[], []], sparse=True)
    assert Postings(tmp_path / "none").score(Counter(["工资"])).shape == (0,)
    assert Postings(tmp_path / "blank").score(Counter(["工资"])).tolist() == [0, 0]
    assert Postings(tmp_path / "blank").score(Counter()).tolist() == [0, 0]


def test_marks_do_not_change_between_machines() -> None:
    assert mark("工资") == 17274258032162689699


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        Postings(tmp_path / "nothing")
