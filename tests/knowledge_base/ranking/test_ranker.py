"""The ranking on a small collection: order, conditions, odd questions, damaged files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.index.plan import Conditions
from knowledge_base.ranking.collection_writer import write_collection
from knowledge_base.ranking.learnt import RankingError, read_learnt, read_vectors
from knowledge_base.ranking.rank_text import RankText
from knowledge_base.ranking.ranker import Ranker
from knowledge_base.shipped import LEXICON
from knowledge_base.text.analysis import Analyzer, normalise

ARTICLES = (
    ("中华人民共和国劳动合同法", "30", "用人单位应当向劳动者及时足额支付劳动报酬。", "老板拖欠工资怎么办"),
    ("中华人民共和国劳动合同法", "82", "未与劳动者订立书面劳动合同的，应当支付二倍的工资。", "没签合同能要双倍工资吗"),
    ("中华人民共和国民法典", "1079", "夫妻一方要求离婚的，可以直接向人民法院提起离婚诉讼。", "对方不同意离婚怎么办"),
    ("中华人民共和国民法典", "1254", "禁止从建筑物中抛掷物品。", "楼上扔东西砸到人谁赔"),
    ("中华人民共和国渔业法", "1", "为了加强渔业资源的保护、增殖、开发和合理利用，制定本法。", ""),
)  # fmt: skip


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer.from_lexicon(LEXICON)


@pytest.fixture(scope="module")
def folder(analyzer: Analyzer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def cut(text: str) -> str:
        return " ".join(analyzer.words(normalise(text)))

    texts = [
        RankText(row=10 * i, law=law, version="2020-01-01", key=key, chapter="", text=text, title_words=cut(law),
                 chapter_words="", body_words=cut(text), questions=(asked,), effective=100, ended=200 + i,
                 level="法律" if i else "行政法规")
        for i, (law, key, text, asked) in enumerate(ARTICLES)
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("ranking") / "files"
    write_collection(path, texts, analyzer, read_vectors())
    return path


@pytest.fixture(scope="module")
def ranker(folder: Path, analyzer: Analyzer) -> Ranker:
    return Ranker.open(folder, analyzer)


@pytest.mark.parametrize(
    ("question", "row"),
    [("老板拖欠工资好几个月", 0), ("上班一年没有和我签劳动合同", 10), ("老公不肯离婚", 20), ("有人从楼上扔垃圾", 30)],
)
def test_the_right_article_comes_first(ranker: Ranker, question: str, row: int) -> None:
    ranked = ranker.rank(question, [(40, 12.0), (0, 9.0)])
    assert ranked[0] == (row, pytest.approx(12.0, abs=6.0))
    assert len(ranked) == len(ARTICLES)
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True)


def test_conditions_hold_and_limits_too(ranker: Ranker) -> None:
    found = [(10, 5.0)]
    assert {row for row, _ in ranker.rank("工资", found, Conditions(day=201), 10)} == {10, 20, 30, 40}
    assert {row for row, _ in ranker.rank("工资", found, Conditions(levels=("法律",)), 10)} == {10, 20, 30, 40}
    assert {row for row, _ in ranker.rank("工资", found, Conditions(law="中华人民共和国劳动合同法"))} == {0, 10}
    assert len(ranker.rank("工资", found, limit=2)) == 2
    assert ranker.rank("工资", found, limit=0) == []
    assert ranker.rank("工资", []) == []


def test_an_engine_finding_nothing_allowed_gets_its_own_back(ranker: Ranker) -> None:
    assert ranker.rank("工资", [(10, 5.0)], Conditions(day=1000)) == [(10, pytest.approx(5.0, abs=6.0))]


@settings(max_examples=40)
@given(question=st.text(max_size=200))
def test_no_question_is_an_error(ranker: Ranker, question: str) -> None:
    ranked = ranker.rank(question, [(0, 1.0)])
    assert {row for row, _ in ranked} == {0, 10, 20, 30, 40}
    assert all(np.isfinite(score) for _, score in ranked)
    assert ranked == ranker.rank(question, [(0, 1.0)])


def test_damaged_files_are_told(folder: Path, analyzer: Analyzer, tmp_path: Path) -> None:
    with pytest.raises(RankingError, match="build the index again"):
        Ranker.open(tmp_path / "nothing", analyzer)
    with pytest.raises(RankingError, match="restore it"):
        Ranker.open(folder, analyzer, tmp_path)


def test_what_was_learnt_is_small_and_holds_no_text() -> None:
    learnt = read_learnt()
    assert len(learnt.trees.columns) > 40
    files = sorted(Path("training_data/ranking").iterdir())
    assert sum(file.stat().st_size for file in files) < 8_000_000
    assert all(file.suffix in (".npz", ".json", ".md") for file in files)
