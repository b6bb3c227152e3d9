"""Hand-worked tables for every calculator; each number of law stands beside its article in the module."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.calculation import Calculation
from bot.interviews.calculators.economic_compensation import paid_months
from bot.interviews.calculators.injury_compensation import disability_years
from bot.interviews.calculators.lpr import KNOWN_UNTIL, one_year_lpr
from bot.interviews.calculators.registry import CALCULATORS
from bot.interviews.conditions.kind import Value

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


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        # 诉讼费用交纳办法 13, at and around each bound, by hand.
        (0.01, "50.00"),
        (10000, "50.00"),
        (10100, "52.50"),
        (20000, "300.00"),
        (100000, "2300.00"),
        (150000, "3300.00"),
        (200000, "4300.00"),
        (500000, "8800.00"),
        (1000000, "13800.00"),
        (2000000, "22800.00"),
        (5000000, "46800.00"),
        (10000000, "81800.00"),
        (20000000, "141800.00"),
        (30000000, "191800.00"),
    ],
)
def test_court_costs_by_hand(amount: float, fee: str) -> None:
    assert total("court_costs", amount=amount) == fee


def test_court_costs_show_the_halved_fee_beside_the_sum() -> None:
    result = run("court_costs", amount=20000)
    assert result is not None
    *steps, half = result.lines
    assert sum(line.amount for line in steps) == result.total
    assert (half.amount, "不计入合计" in half.label) == (Decimal("150.00"), True)
    assert "10元" in result.note
    assert run("court_costs", amount=0) is None


@given(st.integers(1, 5_000_000_000), st.integers(0, 5_000_000_000))
def test_a_larger_claim_never_costs_less(amount: int, more: int) -> None:
    small = run("court_costs", amount=Decimal(amount) / 100)
    large = run("court_costs", amount=Decimal(amount + more) / 100)
    assert small is not None
    assert large is not None
    assert Decimal(50) <= small.total <= large.total
    assert sum(line.amount for line in small.lines[:-1]) == small.total


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


@pytest.mark.parametrize(
    ("estate", "heirs", "half", "share"),
    [
        (900000, 3, None, "300000.00"),
        (900000, 3, False, "300000.00"),
        # Half of 900,000 is the spouse's; 450,000 among three.
        (900000, 3, True, "150000.00"),
        (100, 3, None, "33.33"),
        (800000, 1, True, "400000.00"),
        (800000, 1, False, "800000.00"),
    ],
)
def test_inheritance_shares_by_hand(estate: int, heirs: int, half: bool | None, share: str) -> None:
    assert total("inheritance_shares", estate=estate, heirs=heirs, half_is_spouses=half) == share


def test_inheritance_tells_what_the_spouse_gets_in_all_and_who_gets_more() -> None:
    result = run("inheritance_shares", estate=900000, heirs=3, half_is_spouses=True)
    assert result is not None
    assert "600,000元" in result.note
    assert "可以多分" in result.note
    assert [str(line.amount) for line in result.lines] == ["450000.00", "450000.00", "150000.00"]


@pytest.mark.parametrize(("estate", "heirs"), [(0, 2), (100, 0), (100, 1.5), (100, 0.9)])
def test_no_shares_of_nothing_or_for_nobody(estate: int, heirs: float) -> None:
    assert run("inheritance_shares", estate=estate, heirs=heirs) is None


@given(st.integers(1, 10**12), st.integers(1, 30), st.booleans())
def test_shares_use_up_the_estate_to_the_cent(amount: int, heirs: int, half: bool) -> None:
    estate = Decimal(amount) / 100
    result = run("inheritance_shares", estate=estate, heirs=heirs, half_is_spouses=half)
    assert result is not None
    own = result.lines[0].amount if half else Decimal(0)
    assert abs(own + result.total * heirs - estate) <= Decimal("0.005") * heirs
    more = run("inheritance_shares", estate=estate, heirs=heirs + 1, half_is_spouses=half)
    assert more is not None
    assert more.total <= result.total


@pytest.mark.parametrize(
    ("age", "years"), [(None, 20), (0, 20), (59, 20), (60, 20), (61, 19), (65, 15), (74, 6), (75, 5), (76, 5), (90, 5)]
)
def test_years_of_disability_compensation(age: int | None, years: int) -> None:
    assert disability_years(None if age is None else Decimal(age)) == years


@pytest.mark.parametrize(
    ("grade", "age", "expected"),
    [
        # 50,000 × 20 = 1,000,000 in full.
        (1, 30, "1000000.00"),
        (5, 30, "600000.00"),
        (9, 30, "200000.00"),
        (10, 30, "100000.00"),
        (10, None, "100000.00"),
        # 50,000 × 15 × 10 %, 50,000 × 5 × 10 %.
        (10, 65, "75000.00"),
        (10, 75, "25000.00"),
    ],
)
def test_disability_compensation_by_hand(grade: int, age: int | None, expected: str) -> None:
    assert total("injury_compensation", disability_grade=grade, age=age, yearly_income=50000) == expected


def test_injury_compensation_adds_up_and_is_shared() -> None:
    # 10,000 + 6,000 + 2,000 + 300 + 500 + 200 + 1,000 = 20,000; with grade 10: 120,000; 70 %: 84,000.
    items = {
        "medical": 10000,
        "lost_income": 6000,
        "nursing": 2000,
        "transport": 300,
        "hospital_meals": 500,
        "nutrition": 200,
        "other": 1000,
    }
    hurt = {"disability_grade": 10, "age": 40, "yearly_income": 50000}
    assert total("injury_compensation", **items) == "20000.00"
    assert total("injury_compensation", **items, **hurt) == "120000.00"
    assert total("injury_compensation", **items, **hurt, their_share=70) == "84000.00"
    assert total("injury_compensation", **items, their_share=0) == "0.00"


def test_injury_compensation_tells_why_the_disability_is_not_counted() -> None:
    without_income = run("injury_compensation", medical=100, disability_grade=10)
    without_grade = run("injury_compensation", medical=100, yearly_income=50000)
    no_such_grade = run("injury_compensation", medical=100, disability_grade=11, yearly_income=50000)
    without_age = run("injury_compensation", disability_grade=10, yearly_income=50000)
    assert without_income is not None
    assert without_grade is not None
    assert no_such_grade is not None
    assert without_age is not None
    assert "人均可支配收入" in without_income.note
    assert "伤残鉴定后" in without_grade.note
    assert {without_income.total, without_grade.total, no_such_grade.total} == {Decimal(100)}
    assert "未满六十周岁" in without_age.note
    assert run("injury_compensation", disability_grade=10) is None
    assert run("injury_compensation", their_share=70) is None


@given(st.integers(1, 10), st.integers(0, 110), st.integers(1, 200_000), st.integers(0, 100))
def test_a_graver_injury_or_a_younger_person_never_gets_less(grade: int, age: int, income: int, share: int) -> None:
    def worth(grade: int, age: int) -> Decimal:
        result = run(
            "injury_compensation", disability_grade=grade, age=age, yearly_income=income, medical=1, their_share=share
        )
        assert result is not None
        assert result.total >= 0
        return result.total

    assert worth(grade, age) >= worth(min(grade + 1, 10), age)
    assert worth(grade, age) >= worth(grade, age + 1)


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


@pytest.mark.parametrize(
    ("day", "year", "expected"),
    [
        # Ten days at 436.89, 462.44 and 475.52; each standard holds from its day on.
        (date(2024, 5, 19), "2022", "4368.90"),
        (date(2024, 5, 20), "2023", "4624.40"),
        (date(2025, 5, 18), "2023", "4624.40"),
        (date(2025, 5, 19), "2024", "4755.20"),
    ],
)
def test_detention_compensation_by_the_standard_of_the_day(day: date, year: str, expected: str) -> None:
    result = CALCULATORS["detention_compensation"].run({"days": Decimal(10)}, day)
    assert result is not None
    assert str(result.total) == expected
    assert f"{year}年度" in result.lines[0].label
    assert f"{year}年度" in result.note


def test_a_dated_standard_is_told() -> None:
    detention = CALCULATORS["detention_compensation"]
    fresh, dated = (detention.run({"days": Decimal(1)}, day) for day in (date(2025, 6, 1), date(2030, 6, 1)))
    assert fresh is not None
    assert dated is not None
    assert "更新一年" not in fresh.note
    assert "更新一年" in dated.note


def test_no_detention_compensation_without_days_or_figures() -> None:
    assert run("detention_compensation", days=0) is None
    assert CALCULATORS["detention_compensation"].run({"days": Decimal(3)}, date(2000, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # 20 × 51,821, 54,188 and 56,502.
        (date(2025, 1, 16), "1036420.00"),
        (date(2025, 1, 17), "1083760.00"),
        (date(2026, 11, 23), "1130040.00"),
    ],
)
def test_work_injury_death_by_the_figure_of_the_day(day: date, expected: str) -> None:
    result = CALCULATORS["work_injury_death"].run({}, day)
    assert result is not None
    assert str(result.total) == expected
    assert "丧葬补助金" in result.note


def test_work_injury_death_takes_the_income_that_is_told() -> None:
    assert total("work_injury_death", yearly_income=50000) == "1000000.00"
    assert run("work_injury_death", yearly_income=0) is None
    assert CALCULATORS["work_injury_death"].run({}, date(2000, 1, 1)) is None


def test_work_injury_death_says_when_the_figure_may_be_old() -> None:
    fresh, dated = (CALCULATORS["work_injury_death"].run({}, day) for day in (TODAY, date(2030, 1, 1)))
    assert fresh is not None
    assert dated is not None
    assert "更新一年" not in fresh.note
    assert "更新一年" in dated.note


@pytest.mark.parametrize(
    ("loss", "agreed", "expected", "words"),
    [
        # 130 % of 10,000 is 13,000: not above it is not excessive.
        (10000, 13000, "13000.00", "不算过高"),
        (10000, 13000.01, "13000.00", "请求法院减少"),
        (10000, 50000, "13000.00", "请求法院减少"),
        (10000, 10000, "10000.00", "不算过高"),
        (10000, 5000, "5000.00", "请求法院增加"),
    ],
)
def test_contract_penalty_by_hand(loss: float, agreed: float, expected: str, words: str) -> None:
    result = run("contract_penalty", loss=loss, agreed=agreed)
    assert result is not None
    assert str(result.total) == expected
    assert result.lines[-1].amount == result.total
    assert words in result.note


def test_no_measure_of_a_penalty_without_a_loss() -> None:
    assert run("contract_penalty", loss=0, agreed=100) is None
    assert run("contract_penalty", loss=100, agreed=0) is None


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(0, 10**9))
def test_a_penalty_grows_with_the_loss_and_the_agreement(loss: int, agreed: int, more: int) -> None:
    def left(loss: int, agreed: int) -> Decimal:
        result = run("contract_penalty", loss=loss, agreed=agreed)
        assert result is not None
        return result.total

    assert 0 < left(loss, agreed) <= min(left(loss + more, agreed), left(loss, agreed + more))
    assert left(loss, agreed) <= agreed


@given(
    st.sampled_from(
        [
            ("annual_leave_pay", "monthly_wage", "unused_days"),
            ("probation_damages", "full_wage", "excess_months"),
            ("detention_compensation", None, "days"),
        ]
    ),
    st.integers(1, 10**7),
    st.integers(1, 1000),
    st.integers(0, 1000),
)
def test_longer_never_pays_less(names: tuple[str, str | None, str], wage: int, time: int, more: int) -> None:
    name, wage_name, time_name = names
    wages = {wage_name: wage} if wage_name else {}
    one, two = (run(name, **wages, **{time_name: length}) for length in (time, time + more))
    assert one is not None
    assert two is not None
    assert 0 < one.total <= two.total
    assert one.lines[-1].amount == one.total


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_authors_can_read_of_every_calculator_and_its_arguments(name: str) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "topics.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
    calculator = CALCULATORS[name]
    for parameter in calculator.parameters:
        assert f"`{parameter.name}`{'' if parameter.required else '?'}" in row
    for citation in calculator.rests_on:
        law, number = citation.split()
        assert law in row
        assert number in row
