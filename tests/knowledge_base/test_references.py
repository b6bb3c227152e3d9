"""Law references in text: the ways people write them, the round trip, and noise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.citation import Citation
from knowledge_base.law_names import SHORT_NAMES, LawNames
from knowledge_base.numerals import write_number
from knowledge_base.references import format_citation, parse_citations

P = "中华人民共和国"
TITLES = [
    P + t for t in sorted(set(SHORT_NAMES.values()) | {"劳动法", "劳动合同法", "刑法", "民法典", "婚姻法", "合同法"})
]
NAMES = LawNames([*TITLES, P + "刑法修正案（十二）"])


def keys(text: str) -> list[tuple[str, str]]:
    return [(c.law.removeprefix(P), c.key) for c in parse_citations(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("民法典1254条", [("民法典", "1254")]),
        ("劳动法三十八", [("劳动法", "38")]),
        ("劳动合同法82", [("劳动合同法", "82")]),
        ("劳动合同法 第 82 条怎么说", [("劳动合同法", "82")]),
        ("刑法第二百六十六条之一", [("刑法", "266-1")]),
        ("刑法第133条之一", [("刑法", "133-1")]),
        ("中华人民共和国民法典第五条", [("民法典", "5")]),
        ("《劳动合同法》第三十八条、第四十六条", [("劳动合同法", "38"), ("劳动合同法", "46")]),
        ("民法典第10至12条", [("民法典", "10"), ("民法典", "11"), ("民法典", "12")]),
        ("民法典第十条到第十二条", [("民法典", "10"), ("民法典", "11"), ("民法典", "12")]),
        ("劳动合同法第10、11条和第三十八条", [("劳动合同法", "10"), ("劳动合同法", "11"), ("劳动合同法", "38")]),
        ("民诉法第五条，该法第六条", [("民事诉讼法", "5"), ("民事诉讼法", "6")]),
        ("劳动仲裁法二十七条", [("劳动争议调解仲裁法", "27")]),
        ("消保法第55条和反家暴法第二十三条", [("消费者权益保护法", "55"), ("反家庭暴力法", "23")]),
        ("勞動合同法第三十八條", [("劳动合同法", "38")]),
        ("《劳动合同法》（2012年修正）第８２条", [("劳动合同法", "82")]),
        ("根据工伤保险条例第三十七条", [("工伤保险条例", "37")]),
        ("婚姻法第四十六条", [("婚姻法", "46")]),
        ("《刑法修正案（十二）》第一条", [("刑法修正案（十二）", "1")]),
        ("合同第三条约定，我在2024年3月1日付了5000元", []),
        ("劳动法一般怎么规定，劳动法2018年修正", []),
        ("本法第三条；第四条", []),
    ],
)
def test_ways_of_writing(text: str, expected: list[tuple[str, str]]) -> None:
    assert keys(text) == expected


def test_paragraph_item_text_and_offset() -> None:
    text = "依据《民法典》第一千二百五十四条第一款第（二）项，请求赔偿"
    (found,) = parse_citations(text, NAMES)
    assert (found.key, found.paragraph, found.item) == ("1254", 1, 2)
    assert (
        text[found.start : found.start + len(found.text)]
        == found.text
        == "《民法典》第一千二百五十四条第一款第（二）项"
    )


def test_rules_of_the_supreme_court_are_recognised_as_written() -> None:
    (found,) = parse_citations("最高人民法院关于审理民间借贷案件适用法律若干问题的规定第二十五条", NAMES)
    assert found.law.endswith("若干问题的规定")
    assert found.law.startswith("最高人民法院")


def test_the_installed_corpus_gives_the_names_by_default() -> None:
    (found,) = parse_citations("道交法第七十六条")
    assert found.law == P + "道路交通安全法"


citations = st.builds(
    Citation,
    law=st.sampled_from([*TITLES, P + "刑法修正案（十二）", "工伤保险条例"]),
    key=st.one_of(
        st.integers(1, 1300).map(str),
        st.tuples(st.integers(1, 500), st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]}"),
    ),
    paragraph=st.one_of(st.none(), st.integers(1, 20)),
    item=st.one_of(st.none(), st.integers(1, 30)),
)


@given(citations)
def test_what_is_written_is_read_back(citation: Citation) -> None:
    (found,) = parse_citations(f"根据{format_citation(citation)}的规定", NAMES)
    assert (found.law, found.key, found.paragraph, found.item) == (
        citation.law, citation.key, citation.paragraph, citation.item
    )  # fmt: skip


@given(st.integers(1, 1200), st.integers(1, 40))
def test_ranges_give_every_article(low: int, more: int) -> None:
    found = keys(f"《民法典》第{write_number(low)}条至第{write_number(low + more)}条")
    assert [k for _, k in found] == [str(n) for n in range(low, low + more + 1)]


@settings(deadline=2000)
@given(st.text(alphabet="《》（）第条款项之至到、，一二十百千零法典民刑合同劳动0123456789 \n\x00😀ａ該", max_size=400))
def test_noise_never_raises_and_offsets_hold(text: str) -> None:
    for found in parse_citations(text, NAMES):
        assert text[found.start : found.start + len(found.text)] == found.text
        assert found.law
        assert found.key


@pytest.mark.parametrize(
    ("unit", "times"),
    [("法", 20_000), ("一", 20_000), ("《", 20_000), ("》第一条", 5_000), ("1 ", 10_000), ("第1至9999条", 2_000)],
)
def test_long_noise_is_read(unit: str, times: int) -> None:
    assert all(c.law for c in parse_citations(unit * times, NAMES))
