from __future__ import annotations

from datetime import date

from bot.interviews.conclude import Conclusions, conclude
from bot.interviews.facts import FactValue
from bot.interviews.topic import Topic

LEFT = {
    "relation": FactValue("employee"),
    "owed": FactValue(15000.0),
    "still": FactValue(False),
    "left_on": FactValue("2026-03-02"),
    "months": FactValue(30.0),
    "wage": FactValue(6000.0),
}


def titles(conclusions: Conclusions) -> list[str]:
    return [one.finding.id for one in conclusions.findings]


def test_findings_with_text_and_sum(wages: Topic, today: date) -> None:
    conclusions = conclude(wages, LEFT, today)
    assert titles(conclusions) == ["pay", "compensation"]
    assert conclusions.findings[0].text == "单位欠您15,000元。"
    assert conclusions.findings[1].text == "可以要18,000元。"
    calculation = conclusions.findings[1].calculation
    assert calculation is not None
    assert calculation.lines[0].expression == "6,000 × 3个月"
    assert conclusions.open == ()


def test_a_rough_figure_is_said_to_be_rough(wages: Topic, today: date) -> None:
    facts = {**LEFT, "months": FactValue(36.0, low=36.0, high=48.0)}
    calculation = conclude(wages, facts, today).findings[1].calculation
    assert calculation is not None
    assert "大概" in calculation.note


def test_deadline_by_calendar_year(wages: Topic, today: date) -> None:
    due = conclude(wages, LEFT, today).deadlines[0]
    assert due.last_day == date(2027, 3, 2)
    assert due.days_left == 99
    assert due.text == "最迟2027年3月2日，还有99天。"
    assert not due.soon
    assert not due.overdue


def test_a_near_deadline_calls_a_person(wages: Topic, today: date) -> None:
    conclusions = conclude(wages, {**LEFT, "left_on": FactValue("2025-12-15")}, today)
    assert conclusions.deadlines[0].soon
    assert [(one.kind, one.priority) for one in conclusions.takeovers] == [("deadline", "high")]


def test_a_passed_deadline_says_so(wages: Topic, today: date) -> None:
    due = conclude(wages, {**LEFT, "left_on": FactValue("2025-03-03")}, today).deadlines[0]
    assert due.overdue
    assert not due.soon
    assert due.days_left is not None
    assert due.days_left < 0
    assert due.text == "可能过了2026年3月3日。"


def test_an_unknown_day_leaves_the_open_text(wages: Topic, today: date) -> None:
    due = conclude(wages, {**LEFT, "left_on": FactValue(None, True)}, today).deadlines[0]
    assert (due.last_day, due.text) == (None, "离开后一年内。")


def test_a_deadline_that_may_apply_is_told(wages: Topic, today: date) -> None:
    conclusions = conclude(wages, {**LEFT, "still": FactValue(None, True)}, today)
    assert [due.text for due in conclusions.deadlines] == ["离开后一年内。"]


def test_what_stays_open_is_told(wages: Topic, today: date) -> None:
    conclusions = conclude(wages, {"relation": FactValue("employee"), "owed": FactValue(None, True)}, today)
    assert conclusions.open == ("还要知道欠了多少。",)
    assert titles(conclusions) == []


def test_what_does_not_apply_is_not_open(wages: Topic, today: date) -> None:
    conclusions = conclude(wages, {"relation": FactValue("helper"), "owed": FactValue(None, True)}, today)
    assert conclusions.open == ()


def test_a_missing_figure_is_named(wages: Topic, today: date) -> None:
    conclusions = conclude(wages, {**LEFT, "wage": FactValue(None, True)}, today)
    assert conclusions.findings[1].calculation is None
    assert conclusions.findings[1].missing == ("月工资",)
    assert conclusions.findings[1].text == "可以要（金额待核算）。"


def test_advice_follows_its_conditions(wages: Topic, today: date) -> None:
    helper = conclude(wages, {"relation": FactValue("helper")}, today)
    assert [(one.text, one.phone) for one in helper.where] == [("法院", "")]
    assert [(one.text, one.phone) for one in conclude(wages, LEFT, today).where] == [("仲裁委", "12333"), ("法院", "")]


def test_a_rule_hands_over(wages: Topic, today: date) -> None:
    takeover = conclude(wages, {"people": FactValue(12.0)}, today).takeovers[0]
    assert (takeover.reason, takeover.kind, takeover.priority) == ("群体12人", "rule", "high")
    assert conclude(wages, {"people": FactValue(9.0)}, today).takeovers == ()
