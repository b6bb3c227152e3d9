"""In-force status from dates, versions and clauses: the real corpus, and small made-up ones for each rule."""

from __future__ import annotations

from collections import Counter
from datetime import date

from knowledge_base.article import Status
from knowledge_base.laws.store import status_on
from knowledge_base.record import SourceArticle, SourceLaw
from knowledge_base.validity.validity import DatedArticle, Decisions, decide

TODAY = date(2026, 11, 23)
_rows = iter(range(1, 10_000))


def law(
    name: str,
    published: str,
    effective: str,
    texts: list[str],
    *,
    label: str = "现行有效",
    kind: str = "法律",
    numbers: list[str] | None = None,
) -> SourceLaw:
    numerals = numbers or [f"第{'一二三四五六七八九'[i]}条" for i in range(len(texts))]
    rows = [SourceArticle(next(_rows), n, "第一章 总则", "", t) for n, t in zip(numerals, texts, strict=True)]
    day = date.fromisoformat(published)
    return SourceLaw(
        id=f"{name}{published}",
        name=name,
        kind=kind,
        level="法律",
        issuer="全国人大常委会",
        department="民法商法",
        published=day,
        effective=date.fromisoformat(effective),
        version=day,
        label=label,
        articles=tuple(rows),
    )


def one(decisions: Decisions, name: str, key: str, on: date = TODAY) -> DatedArticle:
    (found,) = [a for a in decisions.articles if (a.law, a.key) == (name, key) and status_on(a, on) is Status.IN_FORCE]
    return found


# --- the real corpus


def test_every_known_defect_is_found_by_rule(decisions: Decisions) -> None:
    counts = Counter(a.kind for a in decisions.anomalies)
    assert counts["effective_before_publication"] == 110
    assert counts["several_versions"] == 11
    assert counts["duplicate_group"] == 93
    assert counts["article_without_number"] == 25
    assert counts["amendment_missing"] == 7
    assert counts["versions_same_effective"] == 1
    assert counts["repeal_contradicted"] == 1
    assert counts["repeal_unconfirmed"] == 3
    assert counts["label_in_force_too_early"] == 4
    assert counts["label_history_but_in_force"] == 2
    assert counts["article_missing"] == 2


def test_future_versions_do_not_bind_yet(decisions: Decisions) -> None:
    trademark = "中华人民共和国商标法"
    assert one(decisions, trademark, "1").version == date(2019, 4, 23)
    assert one(decisions, trademark, "1", date(2027, 1, 1)).version == date(2026, 6, 26)


def test_no_law_has_two_binding_versions_of_an_article(decisions: Decisions) -> None:
    for on in (date(2020, 6, 1), TODAY, date(2027, 6, 1)):
        binding = Counter((a.law, a.key) for a in decisions.articles if a.key and status_on(a, on) is Status.IN_FORCE)
        assert [pair for pair, times in binding.items() if times > 1] == []


def test_rural_land_contracting_is_in_force_and_the_environment_laws_are_not(decisions: Decisions) -> None:
    land = one(decisions, "中华人民共和国农村土地承包法", "5")
    assert "现行法律仍在援引它" in land.warning
    old = [a for a in decisions.articles if a.law == "中华人民共和国环境保护法"]
    assert {status_on(a, TODAY) for a in old} == {Status.REPEALED}
    assert {status_on(a, date(2026, 8, 14)) for a in old} == {Status.IN_FORCE}
    assert "生态环境法典" in old[0].ended_by


def test_the_twelfth_amendment_of_the_criminal_law_is_composed(decisions: Decisions) -> None:
    criminal = "中华人民共和国刑法"
    composed = {a.key for a in decisions.articles if a.law == criminal and a.version == date(2023, 12, 29)}
    assert composed == {"165", "166", "169", "387", "390", "391", "393"}
    new = one(decisions, criminal, "165")
    assert "其他公司、企业的董事、监事、高级管理人员" in new.text
    assert "修正案（十二）》第一条" in new.warning
    old = one(decisions, criminal, "165", date(2024, 2, 29))
    assert "监事" not in old.text
    assert "自2024年3月1日起已被" in old.warning
    partial = one(decisions, criminal, "387")
    assert "处三年以下有期徒刑或者拘役；情节特别严重的" in partial.text
    assert partial.text.endswith("以受贿论，依照前款的规定处罚。")


def test_a_decision_gives_the_real_effective_day_of_the_version_it_made(decisions: Decisions) -> None:
    assert one(decisions, "中华人民共和国网络安全法", "20").effective == date(2026, 1, 1)
    assert one(decisions, "中华人民共和国村民委员会组织法", "7").effective == date(2026, 1, 1)
    assert one(decisions, "中华人民共和国食品安全法", "41").effective == date(2025, 12, 1)


def test_accountants_both_versions_carry_a_warning(decisions: Decisions) -> None:
    articles = [a for a in decisions.articles if a.law == "中华人民共和国注册会计师法"]
    assert {a.version for a in articles} == {date(2014, 8, 31), date(2026, 6, 26)}
    assert all("没有载明它的施行日期" in a.warning for a in articles)


def test_headings_of_the_next_part_are_cut_off(decisions: Decisions) -> None:
    assert one(decisions, "中华人民共和国民法典", "204").text.endswith("另有约定的除外。")


# --- one rule at a time


def test_a_version_binds_until_the_next_takes_effect() -> None:
    found = decide(
        [
            law("甲法", "2010-01-01", "2010-03-01", ["旧"], label="历史版本"),
            law("甲法", "2026-06-01", "2027-01-01", ["新"]),
        ],
        TODAY,
    )
    assert one(found, "甲法", "1").text == "旧"
    assert one(found, "甲法", "1", date(2027, 1, 1)).text == "新"


def test_a_repeal_clause_ends_a_law_whatever_its_label() -> None:
    found = decide(
        [
            law("甲法", "2000-01-01", "2000-01-01", ["文"]),
            law("乙法典", "2020-01-01", "2021-01-01", ["本法自2021年1月1日起施行。《甲法》、《丙法》同时废止。"]),
        ],
        TODAY,
    )
    (old,) = [a for a in found.articles if a.law == "甲法"]
    assert status_on(old, date(2020, 12, 31)) is Status.IN_FORCE
    assert status_on(old, date(2021, 1, 1)) is Status.REPEALED
    assert {r.law for r in found.repealed} == {"甲法", "丙法"}


def test_a_law_that_repeals_its_predecessor_of_the_same_name_stays() -> None:
    text = "本法自公布之日起施行。1950年颁布的《甲法》同时废止。"
    assert one(decide([law("甲法", "2001-01-01", "2001-01-01", [text])], TODAY), "甲法", "1").text == text


def test_a_repeal_label_nobody_confirms_keeps_the_text_findable_with_a_warning() -> None:
    found = decide([law("甲法", "2000-01-01", "2000-01-01", ["文"], label="已废止")], TODAY)
    (article,) = found.articles
    assert status_on(article, TODAY) is Status.REPEALED
    assert "以官方文本为准" in article.warning


def test_an_amendment_that_cannot_be_composed_keeps_the_old_text_with_a_warning() -> None:
    amendment = law(
        "甲法修正案（二）",
        "2020-01-01",
        "2020-05-01",
        ["删去甲法第二条第三款，增加一项。"],
        kind="修正案",
        numbers=["条目一"],
    )
    found = decide([law("甲法", "2010-01-01", "2010-01-01", ["一", "二"]), amendment], TODAY)
    kept = one(found, "甲法", "2")
    assert kept.text == "二"
    assert "已被《甲法修正案（二）》第一条修改" in kept.warning


def test_an_amendment_may_add_an_article() -> None:
    amendment = law(
        "甲法修正案", "2020-01-01", "2020-05-01", ['在甲法第一条后增加一条，作为第一条之一："新条。"'], kind="修正案"
    )
    found = decide([law("甲法", "2010-01-01", "2010-01-01", ["一", "二"]), amendment], TODAY)
    assert one(found, "甲法", "1-1").text == "新条。"
    assert [a for a in found.articles if a.key == "1-1" and status_on(a, date(2020, 4, 30)) is Status.IN_FORCE] == []
