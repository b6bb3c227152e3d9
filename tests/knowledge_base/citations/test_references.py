"""Law references in text: the ways people write them, the round trip, and noise."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.citation import Citation
from knowledge_base.citations.law_names import SHORT_NAMES, LawNames
from knowledge_base.citations.references import format_citation, parse_citations
from knowledge_base.text.numerals import write_number
from knowledge_base.validity.validity import Decisions

P = "中华人民共和国"
TITLES = [
    P + t for t in sorted(set(SHORT_NAMES.values()) | {"劳动法", "劳动合同法", "刑法", "民法典", "婚姻法", "合同法"})
]
COURT = "最高人民法院关于"
INTERPRETATIONS = {
    "借贷": COURT + "审理民间借贷案件适用法律若干问题的规定",
    "劳动一": COURT + "审理劳动争议案件适用法律问题的解释（一）",
    "民诉": COURT + "适用《中华人民共和国民事诉讼法》的解释",
    "担保": COURT + "适用《中华人民共和国民法典》有关担保制度的解释",
    "家庭一": COURT + "适用《中华人民共和国民法典》婚姻家庭编的解释（一）",
    "家庭二": COURT + "适用《中华人民共和国民法典》婚姻家庭编的解释（二）",
    "交通": COURT + "审理道路交通事故损害赔偿案件适用法律若干问题的解释",
    "盗窃": "最高人民法院、最高人民检察院关于办理盗窃刑事案件适用法律若干问题的解释",
    "工伤": "工伤保险条例",
    "物业": "物业管理条例",
}
NAMES = LawNames([*TITLES, P + "刑法修正案（十二）"])
STYLED = LawNames([*TITLES, P + "刑法修正案（十二）", "工伤保险条例"])
MORE = LawNames([*TITLES, *INTERPRETATIONS.values()])


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("最高法关于民间借贷的规定第25条", ("借贷", "25")),
        ("民间借贷司法解释25条", ("借贷", "25")),
        ("《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》（2020第二次修正）第二十五条", ("借贷", "25")),
        ("根据最高院审理民间借贷案件的规定第二条", ("借贷", "2")),
        ("劳动争议解释一第3条", ("劳动一", "3")),
        ("劳动争议司法解释（一）三条", ("劳动一", "3")),
        ("民诉解释第108条", ("民诉", "108")),
        ("民诉法司法解释一百零八条", ("民诉", "108")),
        ("担保解释4条", ("担保", "4")),
        ("婚姻家庭编解释（一）第二条", ("家庭一", "2")),
        ("最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（二）第二条", ("家庭二", "2")),
        ("交通事故司法解释第13条", ("交通", "13")),
        ("两高盗窃解释第一条", ("盗窃", "1")),
        ("工伤条例14条", ("工伤", "14")),
        ("物业条例第三条", ("物业", "3")),
    ],
)
def test_interpretations_and_regulations_have_short_names_by_rule(text: str, expected: tuple[str, str]) -> None:
    (found,) = parse_citations(text, MORE)
    assert (found.law, found.key) == (INTERPRETATIONS[expected[0]], expected[1])


@pytest.mark.parametrize(
    "text", ["广东省工伤保险条例第三条", "根据公司关于担保的规定第3条", "某市实施工伤保险条例第三条", "村规民约第三条"]
)
def test_what_only_looks_like_a_known_name_is_not_it(text: str) -> None:
    assert not [c for c in parse_citations(text, MORE) if c.law in INTERPRETATIONS.values()]


def test_a_name_that_can_mean_two_stays_as_written() -> None:
    (found,) = parse_citations("根据婚姻家庭编解释第2条", MORE)
    assert (found.law, found.text) == ("婚姻家庭编解释", "婚姻家庭编解释第2条")
    assert MORE.resolve(found.law) is None
    assert set(MORE.candidates(found.law)) == {INTERPRETATIONS["家庭一"], INTERPRETATIONS["家庭二"]}
    ended = LawNames([*TITLES, *INTERPRETATIONS.values()], [INTERPRETATIONS["家庭一"]])
    assert ended.candidates(found.law) == (INTERPRETATIONS["家庭二"],)


Part = tuple[str, int | None, int | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("劳动合同法82条2款", [("82", 2, None)]),
        ("刑法第十条第一款、第三款", [("10", 1, None), ("10", 3, None)]),
        ("劳动合同法第三十八条第一款第（一）、（二）项", [("38", 1, 1), ("38", 1, 2)]),
        (
            "劳动合同法第三十八条第一款第（一）项至第（三）项和第二款",
            [("38", 1, 1), ("38", 1, 2), ("38", 1, 3), ("38", 2, None)],
        ),
        ("劳动法第３８条第１款第２项", [("38", 1, 2)]),
        ("《勞動合同法》第 八 十 二 條 第 二 款", [("82", 2, None)]),
        ("民法典第一百八十八条第一款，该条第二款", [("188", 1, None), ("188", 2, None)]),
        ("民法典第1062—1064条", [("1062", None, None), ("1063", None, None), ("1064", None, None)]),
        ("民法典第1062一1064条", [("1062", None, None), ("1063", None, None), ("1064", None, None)]),
        ("刑法第3、5-7条", [("3", None, None), ("5", None, None), ("6", None, None), ("7", None, None)]),
        ("刑法第133-1条", [("133-1", None, None)]),
        ("刑法266之一", [("266-1", None, None)]),
        ("《劳动合同法》第三十八条（未及时足额支付）、第四十六条", [("38", None, None), ("46", None, None)]),
    ],
)
def test_parts_and_lists(text: str, expected: list[Part]) -> None:
    assert [(c.key, c.paragraph, c.item) for c in parse_citations(text, NAMES)] == expected


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("刑法（2020修正）第二百条", "刑法"),
        ("2018年修正的劳动法第十六条", "劳动法"),
        ("《劳动法》2018年修正版第十六条", "劳动法"),
        ("民法典婚姻家庭编第1079条", "民法典"),
        ("合同编第577条", "民法典"),
        ("《民法典·合同编》第577条", "民法典"),
        ("《民法典》合同编第五百七十七条", "民法典"),
        ("《民法典》第三编合同第二章第五百条", "民法典"),
        ("刑法分则第二百三十二条", "刑法"),
        ("原合同法第52条", "合同法"),
    ],
)
def test_editions_and_parts_of_a_law(text: str, law: str) -> None:
    (found,) = parse_citations(text, NAMES)
    assert found.law == P + law


def test_a_title_that_names_an_article_is_one_law(decisions: Decisions) -> None:
    title = "全国人民代表大会常务委员会关于《中华人民共和国刑法》第三十条的解释"
    names = LawNames([P + "刑法", title])
    assert [(c.law, c.key) for c in parse_citations(f"按《{title}》第二条和刑法第三条", names)] == [
        (title, "2"), (P + "刑法", "3")
    ]  # fmt: skip
    laws = sorted({a.law for a in decisions.articles})
    every = LawNames(laws)
    for law in laws:
        (found,) = parse_citations(f"根据{format_citation(Citation(law, '25', 2, 3))}的规定", every)
        assert (found.law, found.key, found.paragraph, found.item) == (law, "25", 2, 3)


def test_the_law_meant_by_that_law_is_the_one_named_last() -> None:
    text = "《劳动合同法》第三十八条。《民法典》另有规定的，按该法第五百条"
    assert keys(text) == [("劳动合同法", "38"), ("民法典", "500")]
    assert keys("《劳动合同法》第三十八条。依《民法典》，该条第二款") == [("劳动合同法", "38")]
    assert keys("该法第三条，该条第二款") == []


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


def arabic(c: Citation) -> str:
    main, _, sub = c.key.partition("-")
    out = f"{c.law.removeprefix(P)}第{main}条" + (f"之{sub}" if sub else "")
    return out + (f"第{c.paragraph}款" if c.paragraph else "") + (f"第({c.item})项" if c.item else "")


def bare_arabic(c: Citation) -> str:
    written = arabic(c)
    return written if "-" in c.key else written.replace("第", "")  # 1条之1第1款 needs its 第


def wide_and_spaced(c: Citation) -> str:
    wide = arabic(c).translate(str.maketrans("0123456789()", "０１２３４５６７８９（）"))
    return f"\u3000{wide}".replace("第", " 第\n").replace("条", " 条 ")


def in_marks(c: Citation) -> str:
    return format_citation(c).replace("《", "〈").replace("》", "〉（2020年修正）")


@given(citations, st.sampled_from([arabic, bare_arabic, wide_and_spaced, in_marks, format_citation]))
def test_every_accepted_style_reads_the_same(citation: Citation, style: Callable[[Citation], str]) -> None:
    text = f"依照{style(citation)}的规定"
    (found,) = parse_citations(text, STYLED)
    assert (found.law, found.key, found.paragraph, found.item) == (
        citation.law, citation.key, citation.paragraph, citation.item
    )  # fmt: skip
    assert text[found.start : found.start + len(found.text)] == found.text


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


FRAGMENTS = st.sampled_from(
    [
        *"第条款项、和至—。8８千《》\n", "之一", "（一）", "该法", "同条", "本法", "民法典", "中华人民共和国", "刑法",
        "劳动合同法", "最高法关于", "民间借贷", "的规定", "司法解释", "解释（一）", "第三条", "第1、2条", "十二",
        "二百零三", "修正", "（2020年修正）", "第一款", "第（二）项", "勞動法",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=80).map("".join))
def test_mixed_fragments_of_law_never_raise_and_offsets_hold(text: str) -> None:
    for found in parse_citations(text, MORE):
        assert text[found.start : found.start + len(found.text)] == found.text
        assert found.law
        assert format_citation(found)


@pytest.mark.parametrize("char", "法一《》第条款项之、（1 解典最该-\n")
def test_one_character_a_hundred_thousand_times(char: str) -> None:
    began = time.process_time()
    assert parse_citations(char * 100_000, MORE) == []
    assert time.process_time() - began < 1


def test_a_long_judgment_is_read_in_the_blink_of_an_eye() -> None:
    sentence = "本院认为，根据《中华人民共和国民法典》第六百七十五条第一款，应当返还；依照民诉法第67条，判决如下。"
    text = (sentence * 300)[:10_000]
    parse_citations(text, MORE)
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.05


def _seconds(text: str) -> float:
    began = time.process_time()
    assert len(parse_citations(text, MORE)) > 300
    return time.process_time() - began


@pytest.mark.parametrize(
    ("unit", "times"),
    [("法", 20_000), ("一", 20_000), ("《", 20_000), ("》第一条", 5_000), ("1 ", 10_000), ("第1至9999条", 2_000)],
)
def test_long_noise_is_read(unit: str, times: int) -> None:
    assert all(c.law for c in parse_citations(unit * times, NAMES))
