from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.dates import find_dates
from bot.understanding.festivals import SPRING_FESTIVAL
from bot.understanding.lunar_dates import find_lunar_dates

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("正月初八", date(2026, 2, 24), date(2026, 2, 24)),
        ("今年正月十六去的", date(2026, 3, 4), date(2026, 3, 4)),
        ("去年正月", date(2025, 1, 29), date(2025, 2, 27)),
        ("去年腊月干完的", date(2026, 1, 18), date(2026, 2, 16)),
        ("腊月二十三", date(2026, 2, 9), date(2026, 2, 10)),
        ("前年腊月底", date(2025, 1, 19), date(2025, 1, 28)),
        ("2023年农历腊月三十", date(2024, 2, 9), date(2024, 2, 9)),
        ("冬月里", date(2025, 12, 19), date(2026, 1, 17)),
    ],
)
def test_the_old_calendar(text: str, first: date, last: date) -> None:
    one = find_dates(text, TODAY)[0]
    assert (one.low or one.value, one.high or one.value) == (first, last)


def test_before_the_new_year_it_is_still_the_old_one() -> None:
    one = find_dates("去年腊月", date(2026, 1, 30))[0]
    assert one.high == date(2025, 1, 28)


def test_so_many_days_are_no_day_of_the_month() -> None:
    assert find_dates("正月十几天", TODAY)[0].high == date(2026, 3, 18)


@given(st.sampled_from(sorted(SPRING_FESTIVAL)[1:-1]), st.integers(0, 364), st.sampled_from(["正月", "冬月", "腊月"]))
def test_what_has_no_year_is_never_to_come(year: int, days: int, month: str) -> None:
    today = date(year, 1, 1) + timedelta(days=days)
    assert all(one.first <= today for one in find_lunar_dates(month, today))


def test_years_outside_the_table_are_not_guessed() -> None:
    assert find_lunar_dates("正月初一", date(1999, 5, 1)) == []
