"""Pay and compensation of employees, by tables worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.calculators.economic_compensation import paid_months
from bot.interviews.calculators.registry import CALCULATORS
from tests.bot.interviews.calculators.working import run, total


@pytest.mark.parametrize(
    ("months", "paid"),
    [
        ("0", "0"),
        ("1", "0.5"),
        ("5.9", "0.5"),
        ("6", "1"),
        ("11", "1"),
        ("12", "1"),
        ("13", "1.5"),
        ("18", "2"),
        ("36", "3"),
        ("41", "3.5"),
        ("42", "4"),
    ],
)
def test_years_and_half_years(months: str, paid: str) -> None:
    assert paid_months(Decimal(months)) == Decimal(paid)


@pytest.mark.parametrize(
    ("months", "wage", "average", "expected"),
    [
        (30, 6000, None, "18000.00"),
        (27, 6000, None, "15000.00"),
        (240, 50000, 10000, "360000.00"),
        (240, 30000, 10000, "600000.00"),
        (24, 30001, 10000, "60000.00"),
    ],
)
def test_economic_compensation(months: int, wage: int, average: int | None, expected: str) -> None:
    assert (
        total("economic_compensation", service_months=months, monthly_wage=wage, local_average_wage=average) == expected
    )


def test_an_unknown_local_average_is_told() -> None:
    result = run("economic_compensation", service_months=30, monthly_wage=6000)
    assert result is not None
    assert "三倍" in result.note
    assert "《劳动合同法》第四十七条" in result.basis


def test_service_before_2008_is_told() -> None:
    old = run("economic_compensation", service_months=300, monthly_wage=6000)
    new = run("economic_compensation", service_months=200, monthly_wage=6000)
    assert old is not None
    assert new is not None
    assert "2008年以前" in old.note
    assert "2008年以前" not in new.note


def test_double_damages_are_twice_the_compensation() -> None:
    assert total("double_damages", service_months=30, monthly_wage=6000) == "36000.00"


def test_double_damages_count_every_year_since_the_first_day() -> None:
    # 劳动合同法实施条例 25: 25 years since 2001, a month each, twice.
    old = run("double_damages", service_months=300, monthly_wage=6000)
    assert old is not None
    assert str(old.total) == "300000.00"
    assert "2008年以前" not in old.note
    assert "不能同时拿" in old.note


def test_notice_pay() -> None:
    assert total("notice_pay", monthly_wage=7350.5) == "7350.50"


@pytest.mark.parametrize(
    ("months", "expected"),
    [(0, "0.00"), (1, "0.00"), (1.5, "2500.00"), (8, "35000.00"), (12, "55000.00"), (40, "55000.00")],
)
def test_double_wage_runs_from_the_second_to_the_twelfth_month(months: float, expected: str) -> None:
    assert total("double_wage", months_without_contract=months, monthly_wage=5000) == expected


def test_overtime_by_hand() -> None:
    # 8700 / 21.75 / 8 = 50 an hour: 20 h × 75 + 16 h × 100 + 8 h × 150 = 1500 + 1600 + 1200.
    assert total("overtime_pay", monthly_wage=8700, workday_hours=20, restday_hours=16, holiday_hours=8) == "4300.00"
    assert total("overtime_pay", monthly_wage=8700, workday_hours=20, months=3, paid=500) == "4000.00"
    assert total("overtime_pay", monthly_wage=8700, workday_hours=1, paid=500) == "0.00"
    assert run("overtime_pay", monthly_wage=8700) is None


def test_unpaid_wages_only_an_ignored_order_brings_more() -> None:
    assert total("unpaid_wages", owed=15000) == "15000.00"
    assert total("unpaid_wages", owed=15000, ordered_and_ignored=False) == "15000.00"
    assert total("unpaid_wages", owed=15000, ordered_and_ignored=True) == "22500.00-30000.00"


@given(st.integers(0, 1200), st.integers(0, 100))
def test_longer_service_never_pays_less(months: int, more: int) -> None:
    assert paid_months(Decimal(months)) <= paid_months(Decimal(months + more))


def test_overtime_months_are_months() -> None:
    # 4,350 / 21.75 / 8 = 25 an hour; 40 hours at 150 % are 1,500 a month.
    assert total("overtime_pay", monthly_wage=4350, workday_hours=40, months=7) == "10500.00"
    months = next(one for one in CALCULATORS["overtime_pay"].parameters if one.name == "months")
    assert months.unit == "months"


@pytest.mark.parametrize(
    ("wage", "days", "expected"),
    [
        # 8,700 / 21.75 = 400 a day; twice that for each day is still to be paid.
        (8700, 5, "4000.00"),
        (8700, 1, "800.00"),
        (8700, 2.9, "1600.00"),
        # 5,000 / 21.75 × 10 × 2 = 4,597.7011…
        (5000, 10, "4597.70"),
    ],
)
def test_annual_leave_pay_by_hand(wage: int, days: float, expected: str) -> None:
    assert total("annual_leave_pay", monthly_wage=wage, unused_days=days) == expected


def test_no_leave_pay_for_less_than_a_day() -> None:
    assert run("annual_leave_pay", monthly_wage=8700, unused_days=0.9) is None
    assert run("annual_leave_pay", monthly_wage=0, unused_days=5) is None


@pytest.mark.parametrize(("wage", "months", "expected"), [(6000, 4, "24000.00"), (6000, 0.5, "3000.00")])
def test_probation_damages_by_hand(wage: int, months: float, expected: str) -> None:
    assert total("probation_damages", full_wage=wage, excess_months=months) == expected


def test_no_probation_damages_within_the_term() -> None:
    assert run("probation_damages", full_wage=6000, excess_months=0) is None
    assert run("probation_damages", full_wage=6000, excess_months=-1) is None
