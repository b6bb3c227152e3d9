"""A pasted plan of days off: whatever table or notice it comes from, and nothing taken that is not plain."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.clocks.plan import MOST_DAYS, read_plan


def test_days_and_stretches_from_tables_and_notices() -> None:
    plan = read_plan(
        "日期,安排\n2027-01-01,放假\n2027/2/6\t2027/2/8\t休\n\n2027年2月20日，上班\n2027.10.1；2027.10.2；放假\n"
    )
    assert plan.refused == ()
    assert plan.days == {
        date(2027, 1, 1): False,
        date(2027, 2, 6): False,
        date(2027, 2, 7): False,
        date(2027, 2, 8): False,
        date(2027, 2, 20): True,
        date(2027, 10, 1): False,
        date(2027, 10, 2): False,
    }


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2027-02-06", "每行写"),
        ("2027-02-06,也许", "每行写"),
        ("2027-02-06,a,b,放假", "每行写"),
        ("2027-02-30,放假", "看不懂"),
        ("2027-02-06,明天,放假", "看不懂"),
        ("2027-02-08,2027-02-06,放假", "不早于"),
        ("2027-02-06,2072-02-06,放假", "不早于"),
        ("2027-01-01,上班", "已经写过"),
        ("2027-01-02,2028-02-05,放假", "最多"),
    ],
)
def test_a_line_that_is_not_plain_is_told(line: str, why: str) -> None:
    plan = read_plan(f"2027-01-01,放假\n{line}")
    assert plan.days == {date(2027, 1, 1): False}
    assert [(one.line, why in one.why) for one in plan.refused] == [(2, True)]


@given(st.text(max_size=200))
def test_odd_text_never_breaks_the_reading(text: str) -> None:
    assert len(read_plan(text).days) <= MOST_DAYS
