"""Which interpretations and regulations still bind: repeal clauses, new series, laws that are gone, old texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from knowledge_base.article import Status
from knowledge_base.laws.store import status_on
from knowledge_base.record import SourceArticle, SourceLaw
from knowledge_base.validity.clauses import repeal_clauses
from knowledge_base.validity.dated import DatedArticle, Decisions
from knowledge_base.validity.title_book import TitleBook
from knowledge_base.validity.validity import decide

TODAY = date(2026, 11, 23)
COURT = "最高人民法院"
CODE_TEXT = "本法自2021年1月1日起施行。《中华人民共和国甲法》、《中华人民共和国乙法》同时废止。"


def law(
    name: str,
    published: str,
    texts: Sequence[str] = ("文。",),
    *,
    effective: str = "",
    level: str = "司法解释",
    kind: str = "",
    basis: tuple[str, ...] = (),
    amended: tuple[date, ...] = (),
) -> SourceLaw:
    day = date.fromisoformat(published)
    return SourceLaw(
        id=f"{name}{published}",
        name=name,
        kind=kind or level,
        level=level,
        issuer=COURT,
        department="",
        published=day,
        effective=date.fromisoformat(effective) if effective else None,
        version=day,
        label="",
        articles=tuple(
            SourceArticle(i, f"第{n}条", "", "", t) for i, (n, t) in enumerate(zip("一二三四", texts, strict=False))
        ),
        basis=basis,
        amended=amended,
    )


CODE = law("中华人民共和国民法典", "2020-05-28", [CODE_TEXT], effective="2021-01-01", level="法律")


def first(decisions: Decisions, name: str) -> DatedArticle:
    return next(a for a in decisions.articles if a.law == name)


def test_an_interpretation_of_a_repealed_law_ends_with_it() -> None:
    name = f"{COURT}关于适用《中华人民共和国甲法》若干问题的解释（一）"
    short = f"{COURT}关于适用《乙法》的意见"
    new = f"{COURT}关于适用《中华人民共和国民法典》甲编的解释（一）"
    found = decide([CODE, law(name, "2001-01-01"), law(short, "2002-01-01"), law(new, "2020-12-29")], TODAY)
    for gone in (name, short):
        article = first(found, gone)
        assert status_on(article, date(2020, 12, 31)) is Status.IN_FORCE
        assert status_on(article, date(2021, 1, 1)) is not Status.IN_FORCE
        assert "所解释的法律已废止" in article.warning
    assert status_on(first(found, new), TODAY) is Status.IN_FORCE


def test_an_interpretation_that_rests_only_on_what_the_code_replaced_ends() -> None:
    all_gone = ("中华人民共和国甲法", "中华人民共和国乙法", "中华人民共和国民事诉讼法")
    procedure = law("中华人民共和国民事诉讼法", "2007-10-28", level="法律")
    other = law("中华人民共和国丙法", "2007-10-28", level="法律")
    found = decide(
        [
            CODE,
            procedure,
            other,
            law(f"{COURT}关于子的解释", "2010-01-01", basis=all_gone),
            law(f"{COURT}关于丑的解释", "2010-01-01", basis=(*all_gone, "中华人民共和国丙法")),
            law(f"{COURT}关于寅的解释", "2010-01-01", basis=("中华人民共和国丙法",)),
        ],
        TODAY,
    )
    assert status_on(first(found, f"{COURT}关于子的解释"), TODAY) is not Status.IN_FORCE
    partly = first(found, f"{COURT}关于丑的解释")
    assert status_on(partly, TODAY) is Status.IN_FORCE
    assert "《中华人民共和国甲法》（2021年1月1日废止）" in partly.warning
    assert first(found, f"{COURT}关于寅的解释").warning == ""


def test_another_repeal_than_that_of_the_code_only_warns_of_the_basis() -> None:
    repealer = law("中华人民共和国林法", "2006-08-27", ["《中华人民共和国林法（试行）》同时废止。"], level="法律")
    resting = law(f"{COURT}关于护林的规定", "2002-07-30", basis=("中华人民共和国林法（试行）",))
    article = first(decide([repealer, resting], TODAY), resting.name)
    assert status_on(article, TODAY) is Status.IN_FORCE
    assert "引用前请核对本解释是否仍有效" in article.warning


def test_a_new_series_replaces_the_old_one_whatever_its_numbers() -> None:
    old = [f"{COURT}关于审理劳动争议案件适用法律若干问题的解释{n}" for n in ("", "（二）", "（三）", "（四）")]
    new = f"{COURT}关于审理劳动争议案件适用法律问题的解释（一）"
    laws = [law(name, f"{2001 + 4 * i}-01-01") for i, name in enumerate(old)]
    found = decide([*laws, law(new, "2020-12-29", effective="2021-01-01")], TODAY)
    for name in old:
        assert status_on(first(found, name), date(2020, 12, 31)) is Status.IN_FORCE
        assert status_on(first(found, name), date(2021, 1, 1)) is not Status.IN_FORCE
        assert "取代" in first(found, name).ended_by
    assert status_on(first(found, new), TODAY) is Status.IN_FORCE


def test_parts_of_one_series_stand_beside_each_other() -> None:
    parts = [f"{COURT}关于适用《中华人民共和国公司法》若干问题的规定（{n}）" for n in "一二三"]
    amended = law(parts[0], "2014-02-20", amended=(date(2006, 4, 28),))
    found = decide([amended, law(parts[1], "2008-05-12"), law(parts[2], "2011-01-27")], TODAY)
    assert {status_on(a, TODAY) for a in found.articles} == {Status.IN_FORCE}


@pytest.mark.parametrize(
    "clause",
    [
        "本解释施行后，最高人民法院《关于审理甲案的解释》（法释〔2001〕1号）同时废止；以前的规定与本解释不一致的，以本解释为准。",
        "自本规定公布之日起，《最高人民法院关于审理甲案的解释》即行废止。",
        "本解释施行后，《最高人民法院关于审理甲案的解释》（法释〔2001〕1号）不再适用。",
    ],
)
def test_the_ways_in_which_courts_repeal(clause: str) -> None:
    old, new = f"{COURT}关于审理甲案的解释", f"{COURT}关于办理甲罪案件的解释"
    found = decide([law(old, "2001-01-01"), law(new, "2019-01-01", [clause], effective="2019-02-01")], TODAY)
    assert status_on(first(found, old), TODAY) is Status.REPEALED
    assert status_on(first(found, old), date(2019, 1, 31)) is Status.IN_FORCE
    assert f"《{new}》第一条" in first(found, old).ended_by


@pytest.mark.parametrize(
    "text",
    [
        "《甲条例》中有关看守所的规定即行废止。",
        "《甲条例》第五条同时废止。",
        "人民法院不再适用《甲条例》。",
        "废止《甲条例》应当报批。",
    ],
)
def test_what_is_no_repeal_of_the_whole(text: str) -> None:
    assert repeal_clauses(law("乙条例", "2019-01-01", [text], level="行政法规")) == []


def test_a_law_of_the_same_name_made_after_the_repeal_stays() -> None:
    text = "本法自1995年1月1日起施行。《中华人民共和国乙条例》同时废止。"
    repealer = law("中华人民共和国甲法", "2019-01-01", [text], level="法律")
    again = law("中华人民共和国乙条例", "2003-01-01", level="行政法规")
    assert status_on(first(decide([repealer, again], TODAY), again.name), TODAY) is Status.IN_FORCE


def test_a_decision_on_many_texts_dates_what_it_changed_and_warns_of_what_it_did_not_reach() -> None:
    a, b, c = (f"{COURT}关于审理{n}案的规定" for n in "甲乙丙")
    decision = law(
        f"{COURT}关于修改《{a}》等二件民事类司法解释的决定",
        "2020-12-23",
        [f"一、修改《{a}》\n二、修改《{b}》\n1.将第一条修改为：“依照《{c}》处理。”"],
        effective="2021-01-01",
        kind="修改决定",
    )
    passed = date(2020, 12, 23)
    laws = [law(a, "2020-12-29", amended=(passed,)), law(b, "2011-01-27"), law(c, "2011-01-27")]
    same_session = law(f"{COURT}关于审理丁案的规定", "2020-12-29", amended=(passed,))
    found = decide([decision, *laws, same_session], TODAY)
    assert first(found, a).effective == date(2021, 1, 1)
    assert first(found, same_session.name).effective == date(2021, 1, 1)
    assert "库中没有修改后的文本" in first(found, b).warning
    assert first(found, c).warning == ""
    assert "修改决定的文字" in first(found, decision.name).warning


def test_titles_are_found_by_the_court_in_front_of_them() -> None:
    one, two = f"{COURT}关于甲的规定", "最高人民检察院关于甲的规定"
    book = TitleBook([one, two, "中华人民共和国民法典"])
    assert book.find("民法典") == "中华人民共和国民法典"
    assert book.find("关于甲的规定", "本解释施行后，最高人民检察院") == two
    assert book.find("关于甲的规定") is None
    assert TitleBook([one]).find("关于甲的规定") == one
    assert book.find("丙法") is None
