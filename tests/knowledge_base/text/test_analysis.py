"""The analysis and the lexicon files it reads."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.citations.references import parse_citations
from knowledge_base.index.generation import current
from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.shipped import LEXICON
from knowledge_base.text.analysis import Analyzer, LexiconError, bigrams, normalise, read_colloquial, read_terms


@pytest.fixture(scope="module")
def analyzer(law_index: Path) -> Analyzer:
    return Analyzer.load(current(law_index) / "analysis.json")


def test_legal_words_stay_whole_and_give_their_parts(analyzer: Analyzer) -> None:
    words = analyzer.words("竞业限制和无固定期限劳动合同")
    assert "竞业限制" in words
    assert {"无固定期限劳动合同", "劳动", "合同"} <= set(words)


def test_normalising() -> None:
    assert normalise("勞動合同 ＡＢ１２\x00Ｃ") == "劳动合同 ab12 c"
    assert bigrams("工资，法") == ["工资", "法"]


@given(st.text(max_size=300))
def test_any_text_is_cut(text: str) -> None:
    assert all(len(g) in (1, 2) for g in bigrams(normalise(text)))


def test_colloquial_words_are_expanded(analyzer: Analyzer) -> None:
    assert "经济补偿" in analyzer.expand("公司给n+1吗")
    assert "人身安全保护令" in analyzer.expand("老公打我")
    assert analyzer.expand("") == []


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("您好，请问2023年5月借了三万块钱不还怎么办", "借"),
        ("十二岁的孩子打赏", "十二岁 孩子打赏"),
        ("七天无理由退货", "七天无理由退货"),
    ],
)
def test_a_question_loses_its_fillers_and_figures(analyzer: Analyzer, question: str, kept: str) -> None:
    assert analyzer.essence(normalise(question)).split() == kept.split()


def test_the_lexicon_is_large_and_without_repeats() -> None:
    terms = read_terms(LEXICON / "legal_terms.txt")
    assert len(terms) >= 800
    assert len(set(terms)) == len(terms)
    assert len(read_colloquial(LEXICON / "colloquial.yaml")) >= 200


async def test_every_colloquial_entry_names_an_article_that_uses_its_term(searcher: EmbeddedSearcher) -> None:
    table = yaml.safe_load((LEXICON / "colloquial.yaml").read_text(encoding="utf-8"))
    wrong = []
    for word, entry in table.items():
        cited = parse_citations(entry["source"])
        article = await searcher.get(cited[0]) if len(cited) == 1 else None
        named = article is not None and f"《{article.law.removeprefix('中华人民共和国')}》" in entry["terms"]
        if article is None or not (named or any(term in article.text for term in entry["terms"])):
            wrong.append(word)
    assert wrong == []


@pytest.mark.parametrize(
    "content",
    ["a: [", "老板: 用人单位", "老板: {terms: [], source: 甲}", "老板: {terms: [甲]}", "1: {terms: [甲], source: 乙}"],
)
def test_a_malformed_table_names_the_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "colloquial.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"colloquial\.yaml"):
        read_colloquial(path)


def test_a_damaged_analysis_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "analysis.json"
    path.write_text('{"total": 1}', encoding="utf-8")
    with pytest.raises(LexiconError, match="build the index again"):
        Analyzer.load(path)
