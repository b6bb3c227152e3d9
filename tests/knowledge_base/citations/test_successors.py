"""The table of successions: every entry stands up against today's text."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.citation import Citation
from knowledge_base.citations.successors import Successors, SuccessorsError, default_successors
from knowledge_base.laws.embedded import EmbeddedSearcher

P = "中华人民共和国"
HEADER = "law\tkey\tnew_law\tkeys\trelation\tword\n"


async def test_every_successor_is_in_force_and_speaks_of_the_subject(searcher: EmbeddedSearcher) -> None:
    entries = default_successors().items()
    for cited, succession in entries:
        texts = []
        for successor in succession.citations:
            article = await searcher.get(successor)
            assert article is not None, (cited, successor)
            texts.append(article.text)
        assert succession.word in "".join(texts), (cited, succession)
        assert bool(succession.word) == bool(texts), cited
        assert await searcher.repealed(cited.law) is not None, cited


def test_the_laws_merged_into_the_code_are_covered() -> None:
    counts = Counter(cited.law.removeprefix(P) for cited, _ in default_successors().items())
    whole = {"继承法": 37, "侵权责任法": 92, "收养法": 34, "民法总则": 206}
    assert {law: counts[law] for law in whole} == whole
    assert counts["婚姻法"] >= 50
    assert counts["物权法"] >= 246
    assert counts["合同法"] >= 350
    assert counts["民法通则"] >= 120
    assert counts["担保法"] >= 80


@pytest.mark.parametrize(
    ("law", "key", "keys", "relation"),
    [
        ("侵权责任法", "87", ("1254",), "changed"),
        ("婚姻法", "46", ("1091",), "changed"),
        ("继承法", "10", ("1127",), "same"),
        ("合同法", "107", ("577",), "same"),
        ("合同法", "229", ("725",), "changed"),
        ("物权法", "106", ("311",), "same"),
        ("民法总则", "188", ("188",), "same"),
        ("民法通则", "135", ("188",), "changed"),
        ("担保法", "19", ("686",), "changed"),
        ("婚姻法", "16", (), "dropped"),
        ("婚姻法", "41", ("1089",), "changed"),
        ("继承法", "21", ("1144",), "changed"),
        ("侵权责任法", "25", ("1187",), "changed"),
        ("民法总则", "152", ("152",), "changed"),
        ("物权法", "195", ("410",), "changed"),
        ("合同法", "294", ("815",), "changed"),
        ("合同法", "410", ("933",), "changed"),
        ("民法通则", "111", ("577", "583"), "changed"),
        ("担保法", "94", ("410", "436", "453"), "changed"),
    ],
)
def test_what_is_known_by_heart(law: str, key: str, keys: tuple[str, ...], relation: str) -> None:
    found = default_successors().of(Citation(P + law, key))
    assert found is not None
    assert (found.keys, found.relation) == (keys, relation)
    assert default_successors().of(Citation(P + law, "999")) is None


@pytest.mark.parametrize(
    ("law", "key"),
    [("婚姻法", "44"), ("物权法", "65"), ("合同法", "126"), ("合同法", "204"), ("民法通则", "90"), ("民法通则", "118")],
)
def test_what_has_no_sure_successor_is_left_out(law: str, key: str) -> None:
    assert default_successors().of(Citation(P + law, key)) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("law\tkey\n", ":1:"),
        (HEADER + "婚姻法\t1\t民法典\t1040\tsimilar\t婚姻\n", ":2:"),
        (HEADER + "婚姻法\t1\t民法典\t\tsame\t婚姻\n", ":2:"),
        (HEADER + "婚姻法\t1\t民法典\t\tdropped\t\n\n婚姻法\t1\t民法典\t\tdropped\t\n", ":4:"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(tmp_path: Path, text: str, line: str) -> None:
    path = tmp_path / "successors.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SuccessorsError, match=line):
        Successors.load(path)
    with pytest.raises(SuccessorsError, match="cannot be read"):
        Successors.load(tmp_path / "none.tsv")


async def test_the_successor_of_a_day_long_ago_is_not_in_force_then(searcher: EmbeddedSearcher) -> None:
    succession = default_successors().of(Citation(P + "侵权责任法", "87"))
    assert succession is not None
    assert await searcher.get(succession.citations[0], date(2020, 12, 31)) is None
