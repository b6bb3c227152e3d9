"""Interest on loans and on what is paid late, by tables worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.calculators.lpr import KNOWN_UNTIL, one_year_lpr
from tests.bot.interviews.calculators.working import TODAY, run, total


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2019, 8, 19), None),
        (date(2019, 8, 20), "4.25"),
        (date(2019, 9, 19), "4.25"),
        (date(2020, 4, 20), "3.85"),
        (date(2021, 12, 19), "3.85"),
        (date(2022, 8, 22), "3.65"),
        (date(2024, 10, 20), "3.35"),
        (date(2025, 5, 20), "3.00"),
        (KNOWN_UNTIL, "3.00"),
    ],
)
def test_lpr_table(day: date, rate: str | None) -> None:
    assert one_year_lpr(day) == (None if rate is None else Decimal(rate))


def test_loan_interest_within_the_ceiling() -> None:
    # 100,000 at 12 % for exactly 365 days; the ceiling in January 2024 is 4 × 3.45 = 13.8 %.
    lent, until = date(2024, 1, 10), date(2025, 1, 9)
    assert (until - lent).days == 365
    assert total("loan_interest", principal=100000, lent_on=lent, annual_rate=12, until=until) == "112000.00"


def test_loan_interest_above_the_ceiling_is_cut() -> None:
    result = run("loan_interest", principal=100000, lent_on=date(2024, 1, 10), annual_rate=24, until=date(2025, 1, 9))
    assert result is not None
    assert result.total == Decimal("113800.00")
    assert "13.8%" in result.note


def test_loan_made_before_the_new_ceiling_is_counted_in_two_parts() -> None:
    # 366 days to 2020-08-20 at 24 %, then 365 days at 4 × 3.00 (today's known LPR) = 12 %.
    result = run("loan_interest", principal=36500, lent_on=date(2019, 8, 20), annual_rate=36, until=date(2021, 8, 20))
    assert result is not None
    assert [line.amount for line in result.lines] == [Decimal("36500.00"), Decimal("8784.00"), Decimal("4380.00")]


def test_loan_without_agreed_interest_bears_only_overdue_interest() -> None:
    # Due 2024-01-10, LPR 3.45 %, 365 days.
    due, until = date(2024, 1, 10), date(2025, 1, 9)
    lent = date(2023, 1, 1)
    assert total("loan_interest", principal=100000, lent_on=lent, due_on=due, until=until) == "103450.00"
    assert total("loan_interest", principal=100000, lent_on=lent, until=until) == "100000.00"
    assert total("loan_interest", principal=100000, lent_on=lent, until=until, repaid=30000) == "70000.00"
    assert total("loan_interest", principal=100000, lent_on=lent, until=until, repaid=300000) == "0.00"


def test_rates_after_the_table_are_marked_to_be_checked() -> None:
    late = run("loan_interest", principal=1000, lent_on=date(2026, 3, 21), annual_rate=6)
    early = run("loan_interest", principal=1000, lent_on=date(2026, 3, 20), annual_rate=6)
    assert late is not None
    assert early is not None
    assert "请核对" in late.note
    assert "请核对" not in early.note


@pytest.mark.parametrize(
    ("due", "until", "interest"),
    [
        # 100,000 × 0.000175 = 17.50 a day; the last day for payment itself does not count.
        (date(2026, 1, 1), date(2026, 1, 2), "17.50"),
        (date(2026, 1, 1), date(2026, 1, 31), "525.00"),
        (date(2025, 1, 1), date(2026, 1, 1), "6387.50"),
        # From 2014-08-01, the first day of the interpretation, and 31 days of August.
        (date(2014, 7, 31), date(2014, 8, 31), "542.50"),
        (date(2013, 1, 1), date(2014, 8, 31), "542.50"),
    ],
)
def test_late_payment_interest_by_hand(due: date, until: date, interest: str) -> None:
    assert total("late_payment_interest", amount=100000, due_on=due, until=until) == interest


def test_late_payment_interest_runs_to_today_and_tells_what_is_missing() -> None:
    # 2026-11-13 to 2026-11-23: ten days.
    result = run("late_payment_interest", amount=100000, due_on=date(2026, 11, 13))
    assert result is not None
    assert result.total == Decimal("175.00")
    assert "一般利息" in result.note
    assert "2014年" not in result.note
    old = run("late_payment_interest", amount=100000, due_on=date(2013, 1, 1))
    assert old is not None
    assert "2014年8月1日以前" in old.note


@pytest.mark.parametrize(("amount", "due"), [(0, date(2026, 1, 1)), (100, TODAY), (100, date(2027, 1, 1))])
def test_no_late_payment_interest_before_the_term_is_over(amount: int, due: date) -> None:
    assert run("late_payment_interest", amount=amount, due_on=due) is None


@given(st.integers(1, 10**9), st.integers(1, 4000), st.integers(0, 4000))
def test_later_payment_never_costs_less(amount: int, days: int, more: int) -> None:
    due = date(2015, 1, 1)
    one, two = (
        run("late_payment_interest", amount=amount, due_on=due, until=due + timedelta(days=end))
        for end in (days, days + more)
    )
    assert one is not None
    assert two is not None
    assert 0 <= one.total <= two.total
