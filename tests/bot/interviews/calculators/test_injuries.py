"""Damages for body and freedom, by tables worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.calculators.injury_compensation import disability_years
from bot.interviews.calculators.registry import CALCULATORS
from tests.bot.interviews.calculators.working import TODAY, run, total


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
    assert "被扶养人生活费" in without_age.note
    assert "被扶养人生活费" not in without_grade.note
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
