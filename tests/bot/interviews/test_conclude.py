from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.conclude import Conclusions, conclude
from bot.interviews.facts import FactValue
from bot.interviews.term import end_of_term
from bot.interviews.topic import Topic
from bot.interviews.topic_file import read_topic
from bot.interviews.topic_parts import Deadline, Plus

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
    assert conclusions.findings[1].text == "可以要补偿，共18,000元。"
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
    assert [(one.kind, one.priority, one.offered) for one in conclusions.takeovers] == [("deadline", "high", True)]


@pytest.mark.parametrize(
    ("left_on", "priority", "offered", "word"),
    [
        ("2025-11-23", "urgent", False, "今天"),
        ("2025-11-24", "urgent", False, "明天"),
        ("2025-11-25", "high", False, "很近"),
        ("2025-11-26", "high", False, "很近"),
        ("2025-11-27", "high", True, "很近"),
    ],
)
def test_the_nearer_a_deadline_the_more_a_person_comes(
    wages: Topic, today: date, left_on: str, priority: str, offered: bool, word: str
) -> None:
    (takeover,) = conclude(wages, {**LEFT, "left_on": FactValue(left_on)}, today).takeovers
    assert (takeover.priority, takeover.offered) == (priority, offered)
    assert word in takeover.say


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
    assert conclusions.findings[1].text == "可以要补偿。"


def test_advice_follows_its_conditions(wages: Topic, today: date) -> None:
    helper = conclude(wages, {"relation": FactValue("helper")}, today)
    assert [(one.text, one.phone) for one in helper.where] == [("法院", "")]
    assert [(one.text, one.phone) for one in conclude(wages, LEFT, today).where] == [("仲裁委", "12333"), ("法院", "")]


def test_a_rule_hands_over(wages: Topic, today: date) -> None:
    takeover = conclude(wages, {"people": FactValue(12.0)}, today).takeovers[0]
    assert (takeover.reason, takeover.kind, takeover.priority) == ("群体12人", "rule", "high")
    assert conclude(wages, {"people": FactValue(9.0)}, today).takeovers == ()


def test_a_term_that_is_no_act_ends_on_a_day_off_too(tmp_path: Path, wages_text: str, today: date) -> None:
    # A year from 6 February 2026 ends on Saturday, 6 February 2027: a plain period ends on a later day.
    facts = {**LEFT, "left_on": FactValue("2026-02-06")}
    ends = {}
    for roll in ("", "    roll: false\n"):
        path = tmp_path / "wages.yaml"
        path.write_text(wages_text.replace("    soon_days: 30\n", f"    soon_days: 30\n{roll}"), encoding="utf-8")
        ends[roll] = conclude(read_topic(path), facts, today).deadlines[0].last_day
    plain, kept = ends.values()
    assert kept == date(2027, 2, 6)
    assert plain is not None
    assert plain > kept


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 15), 6, date(2026, 9, 15)),
        (date(2026, 7, 1), 6, date(2027, 1, 1)),
    ],
)
def test_the_end_of_a_term_by_hand(wages: Topic, start: date, months: int, end: date) -> None:
    deadline = wages.deadlines[0].model_copy(update={"roll": False, "plus": Plus(months=months)})
    assert end_of_term(deadline, start) == end


@given(st.dates(date(2000, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
def test_carrying_only_ever_makes_a_term_longer(start: date, months: int) -> None:
    fields = {"id": "x", "title": "x", "from": "y", "cite": ["民法典 第一条"], "say": "x", "open": "x", "overdue": "x"}
    carried = Deadline.model_validate({**fields, "plus": {"months": months}})
    kept = Deadline.model_validate({**fields, "plus": {"months": months}, "roll": False})
    assert end_of_term(kept, start) <= end_of_term(carried, start)


def test_working_days_cannot_be_kept_from_rolling(wages: Topic) -> None:
    raw = wages.deadlines[0].model_dump(by_alias=True)
    with pytest.raises(ValueError, match="calendar terms"):
        Deadline.model_validate({**raw, "plus": {"working_days": 5}, "roll": False})


def test_a_finding_that_hangs_on_a_round_number_says_so(wages: Topic, today: date) -> None:
    pay = wages.findings[0].model_copy(update={"when": "months > 5", "unless_known": "要看干了多久。"})
    topic = Topic.model_validate(wages.model_dump(by_alias=True) | {"findings": [pay.model_dump(by_alias=True)]})
    relation = {"relation": FactValue("employee")}
    few = conclude(topic, {**relation, "months": FactValue(6.0, low=3.0, high=9.0)}, today)
    assert "工作时间是大概的" in few.findings[0].text
    many = conclude(topic, {**relation, "months": FactValue(7.0, low=6.0, high=9.0)}, today)
    assert "大概" not in many.findings[0].text
    fewer = conclude(topic, {**relation, "months": FactValue(5.0, low=2.0, high=9.0)}, today)
    assert not fewer.findings
    assert fewer.open == ("要看干了多久。",)
