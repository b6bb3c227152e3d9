"""Periods of time by the Civil Code, articles 200 to 204."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.deadlines.deadline import last_day
from knowledge_base.deadlines.workdays import add_working_days, holidays_known, is_working_day, next_working_day

days = st.dates(date(2005, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2024, 2, 29), {"years": 1}, date(2025, 2, 28)),  # no 29 February: the month's last day (第二百零二条)
        (date(2024, 2, 29), {"years": 4}, date(2028, 2, 29)),
        (date(2026, 1, 31), {"months": 1}, date(2026, 2, 28)),  # a Saturday worked in exchange for the Spring Festival
        (date(2025, 12, 31), {"months": 6}, date(2026, 6, 30)),
        (date(2026, 11, 2), {"days": 15}, date(2026, 11, 17)),  # the day of the event is not counted (第二百零一条)
        (
            date(2026, 9, 16),
            {"days": 15},
            date(2026, 10, 8),
        ),  # 1 October: after the National Day holiday (第二百零三条)
        (date(2026, 11, 6), {"days": 15}, date(2026, 11, 23)),  # a Saturday: Monday (第二百零三条)
        (date(2026, 11, 20), {"working_days": 5}, date(2026, 11, 27)),
        (date(2026, 9, 30), {"working_days": 1}, date(2026, 10, 8)),
    ],
)
def test_known_dates(start: date, period: dict[str, int], end: date) -> None:
    assert last_day(start, **period).day == end


def test_rolling_is_told() -> None:
    assert last_day(date(2026, 9, 16), days=15).rolled
    assert not last_day(date(2026, 11, 2), days=15).rolled


def test_years_without_a_holiday_plan_are_told() -> None:
    assert last_day(date(2026, 1, 5), days=3).holidays_known
    assert not last_day(date(2026, 1, 5), years=20).holidays_known
    assert last_day(date(2046, 1, 5), days=1).day.weekday() < 5


@given(days, st.integers(1, 60))
def test_months_end_on_the_same_day_or_the_months_last(start: date, months: int) -> None:
    result = last_day(start, months=months)
    assert result.day > start
    assert is_working_day(result.day)
    first = date(start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1, 1)
    assert first <= result.day <= first + timedelta(days=31 + 11)


@given(days, st.integers(1, 800))
def test_days_are_exact_but_for_the_roll(start: date, count: int) -> None:
    result = last_day(start, days=count)
    end = start + timedelta(days=count)
    assert result.day == next_working_day(end)
    assert result.rolled == (result.day != end)


@given(days, st.integers(1, 90), st.integers(1, 90))
def test_a_longer_period_never_ends_earlier(start: date, one: int, other: int) -> None:
    short, long = sorted((one, other))
    assert last_day(start, days=short).day <= last_day(start, days=long).day
    assert last_day(start, working_days=short).day <= last_day(start, working_days=long).day


@given(days, st.integers(1, 60))
def test_working_days_count_only_working_days(start: date, count: int) -> None:
    end = add_working_days(start, count)
    between = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(end)


@given(st.dates(date(2050, 1, 1), date(2090, 1, 1)))
def test_beyond_the_plan_only_weekends_are_off(day: date) -> None:
    assert not holidays_known(day)
    assert is_working_day(day) == (day.weekday() < 5)


@pytest.mark.parametrize(
    "period", [{}, {"days": 0}, {"days": -1}, {"days": 3, "working_days": 2}, {"working_days": -2}]
)
def test_impossible_periods_are_refused(period: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="period|calendar"):
        last_day(date(2026, 1, 1), **period)


def test_the_end_of_time_is_refused() -> None:
    with pytest.raises(OverflowError, match="9999"):
        last_day(date(2026, 1, 1), years=9000)
