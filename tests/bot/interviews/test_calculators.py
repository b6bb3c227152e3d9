"""Hand-worked tables for every calculator; each number of law stands beside its article in the module."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.calculation import Calculation
from bot.interviews.calculators.economic_compensation import paid_months
from bot.interviews.calculators.lpr import KNOWN_UNTIL, one_year_lpr
from bot.interviews.calculators.registry import CALCULATORS
from bot.interviews.condition import Value

TODAY = date(2026, 11, 23)


def run(name: str, **arguments: Value | int | float | None) -> Calculation | None:
    exact = {
        key: Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
        for key, value in arguments.items()
    }
    return CALCULATORS[name].run(exact, TODAY)


def total(name: str, **arguments: Value | int | float | None) -> str:
    result = run(name, **arguments)
    assert result is not None
    return str(result.total) if result.high is None else f"{result.total}-{result.high}"


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
    late = run("loan_interest", principal=1000, lent_on=date(2026, 1, 1), annual_rate=6)
    early = run("loan_interest", principal=1000, lent_on=date(2025, 1, 1), annual_rate=6)
    assert late is not None
    assert early is not None
    assert "请核对" in late.note
    assert "请核对" not in early.note


@pytest.mark.parametrize(
    ("price", "expected"), [(1000, "4000.00"), (100, "600.00"), (166.66, "666.66"), (166.67, "666.68")]
)
def test_punitive_consumer_minimum_500(price: float, expected: str) -> None:
    assert total("punitive_consumer", price=price) == expected


@pytest.mark.parametrize(
    ("price", "loss", "expected"),
    [(50, 0, "1000.00"), (200, 0, "2000.00"), (200, 1000, "4000.00"), (200, 500, "2500.00"), (20, 100, "1100.00")],
)
def test_punitive_food_minimum_1000(price: float, loss: float, expected: str) -> None:
    assert total("punitive_food", price=price, loss=loss) == expected


def test_child_support_ranges() -> None:
    assert total("child_support", monthly_income=8000) == "1600.00-2400.00"
    assert total("child_support", monthly_income=8000, children=2) == "1600.00-4000.00"
    assert run("child_support", monthly_income=8000, children=0) is None


@pytest.mark.parametrize(
    ("grade", "months", "percent"),
    [
        (1, 27, 90),
        (2, 25, 85),
        (3, 23, 80),
        (4, 21, 75),
        (5, 18, 70),
        (6, 16, 60),
        (7, 13, 0),
        (8, 11, 0),
        (9, 9, 0),
        (10, 7, 0),
    ],
)
def test_work_injury_table(grade: int, months: int, percent: int) -> None:
    result = run("work_injury_disability", grade=grade, monthly_wage=1000)
    assert result is not None
    assert result.total == months * 1000
    assert [line.amount for line in result.lines[1:]] == ([Decimal(percent * 10)] if percent else [])


@pytest.mark.parametrize("grade", [0, 11, 1.5])
def test_no_such_grade(grade: float) -> None:
    assert run("work_injury_disability", grade=grade, monthly_wage=1000) is None


def test_traffic_loss_by_share() -> None:
    assert total("traffic_loss", medical=10000, lost_income=6000, nursing=2000) == "18000.00"
    assert total("traffic_loss", medical=10000, lost_income=6000, nursing=2000, their_share=70) == "12600.00"
    assert run("traffic_loss", their_share=70) is None


def test_deposit_refund() -> None:
    assert total("deposit_refund", deposit=3000, agreed_deductions=500, prepaid_rent=1000) == "3500.00"
    assert total("deposit_refund", deposit=300, agreed_deductions=500) == "0.00"


def test_a_missing_required_argument_gives_nothing() -> None:
    assert run("economic_compensation", service_months=30, monthly_wage=None) is None


def test_an_unknown_argument_is_an_error() -> None:
    with pytest.raises(KeyError, match="no argument"):
        run("notice_pay", wage=1)


@given(st.sampled_from(sorted(CALCULATORS)), st.integers(0, 10_000_000), st.integers(0, 1000))
def test_every_calculation_adds_up_to_whole_cents(name: str, amount: int, small: int) -> None:
    calculator = CALCULATORS[name]
    values: dict[str, Value] = {}
    for parameter in calculator.parameters:
        match parameter.unit:
            case "date":
                values[parameter.name] = date(2023, 1, 1)
            case "yes_no":
                values[parameter.name] = True
            case "yuan":
                values[parameter.name] = Decimal(amount) / 100
            case _:
                values[parameter.name] = Decimal(small % 100)
    result = calculator.run(values, TODAY)
    if result is not None:
        assert result.total >= 0
        assert result.total == result.total.quantize(Decimal("0.01"))
        assert result.high is None or result.high >= result.total
        assert result.to_dict()["total"].endswith("元")
        assert calculator.basis == result.basis


@given(st.integers(0, 1200), st.integers(0, 100))
def test_longer_service_never_pays_less(months: int, more: int) -> None:
    assert paid_months(Decimal(months)) <= paid_months(Decimal(months + more))


@pytest.mark.parametrize(
    ("paid", "used", "left"),
    [
        (2000, 200, "1800.00"),
        (12000, 0, "12000.00"),
        # 36 lessons for 12,000 yuan, three taken: 12,000 - 1,000.
        (12000, 1000, "11000.00"),
        (99.99, 33.33, "66.66"),
    ],
)
def test_prepaid_refund_by_hand(paid: float, used: float, left: str) -> None:
    assert total("prepaid_refund", paid=paid, used=used) == left


def test_prepaid_refund_has_nothing_to_tell_when_all_is_used() -> None:
    assert run("prepaid_refund", paid=1000, used=1000) is None
    assert run("prepaid_refund", paid=1000, used=1500) is None
    assert run("prepaid_refund", paid=1000, used=None) is None


def test_earnest_double_by_hand() -> None:
    assert total("earnest_double", earnest=1000) == "2000.00"
    # A year at 1,500 a month is 18,000; a fifth is 3,600, so 2,000 counts in full.
    assert total("earnest_double", earnest=2000, contract_price=18000) == "4000.00"
    # 5,000 paid: 3,600 twice and 1,400 once.
    result = run("earnest_double", earnest=5000, contract_price=18000)
    assert result is not None
    assert [str(line.amount) for line in result.lines] == ["7200.00", "1400.00"]
    assert str(result.total) == "8600.00"
    assert run("earnest_double", earnest=0) is None


def test_overtime_months_are_months() -> None:
    # 4,350 / 21.75 / 8 = 25 an hour; 40 hours at 150 % are 1,500 a month.
    assert total("overtime_pay", monthly_wage=4350, workday_hours=40, months=7) == "10500.00"
    months = next(one for one in CALCULATORS["overtime_pay"].parameters if one.name == "months")
    assert months.unit == "months"
