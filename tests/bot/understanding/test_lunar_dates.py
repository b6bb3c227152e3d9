from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.dates import find_dates
from bot.understanding.lunar_dates import find_lunar_dates
from bot.understanding.lunar_months import month_begins, month_length, month_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("正月初八", date(2026, 2, 24), date(2026, 2, 24)),
        ("今年正月十六去的", date(2026, 3, 4), date(2026, 3, 4)),
        ("去年正月", date(2025, 1, 29), date(2025, 2, 27)),
        ("去年腊月干完的", date(2026, 1, 19), date(2026, 2, 16)),
        ("腊月二十三", date(2026, 2, 10), date(2026, 2, 10)),
        ("前年腊月底", date(2025, 1, 19), date(2025, 1, 28)),
        ("2023年农历腊月三十", date(2024, 2, 9), date(2024, 2, 9)),
        ("冬月里", date(2025, 12, 20), date(2026, 1, 18)),
        ("十月初六没的", date(2026, 11, 14), date(2026, 11, 14)),
        ("去年八月初二走的", date(2025, 9, 23), date(2025, 9, 23)),
        ("五月初五借的", date(2026, 6, 19), date(2026, 6, 19)),
        ("阴历七月二十", date(2026, 9, 1), date(2026, 9, 1)),
        ("农历九月初九", date(2026, 10, 18), date(2026, 10, 18)),
        ("去年七月初一", date(2025, 8, 23), date(2025, 8, 23)),
        ("上个月初八推的", date(2026, 10, 17), date(2026, 10, 17)),
        ("这个月初三", date(2026, 11, 11), date(2026, 11, 11)),
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


@given(st.integers(2010, 2040), st.integers(0, 364), st.sampled_from(["正月", "冬月", "腊月"]))
def test_what_has_no_year_is_never_to_come(year: int, days: int, month: str) -> None:
    today = date(year, 1, 1) + timedelta(days=days)
    assert all(one.first <= today for one in find_lunar_dates(month, today))


def test_years_outside_the_table_are_not_guessed() -> None:
    assert find_lunar_dates("正月初一", date(1999, 5, 1)) == []


@pytest.mark.parametrize("text", ["十月初五号", "五月初去的", "八月十五", "6月18"])
def test_a_month_of_the_new_calendar_stays_one(text: str) -> None:
    assert find_lunar_dates(text, TODAY) == []


def test_months_follow_each_other_and_a_leap_month_lies_between() -> None:
    leap = {2020: 4, 2023: 2, 2025: 6}
    for year in range(2019, 2027):
        begins = [month_begins(year, month) for month in range(1, 13)] + [month_begins(year + 1, 1)]
        days = [(later - sooner).days for sooner, later in pairwise(one for one in begins if one is not None)]
        assert len(days) == 12
        for month, passed in enumerate(days, 1):
            between = passed - month_length(year, month)
            assert between in (29, 30) if leap.get(year) == month else between == 0


def test_today_lies_in_the_month_that_has_begun() -> None:
    assert month_of(TODAY) == (2026, 10)
    assert month_of(date(2026, 2, 16)) == (2025, 12)
    assert month_of(date(1999, 5, 1)) is None


def test_last_month_is_that_of_either_calendar() -> None:
    # On 5 November it is still the ninth month: its eighth lies in October, that of the eighth in September.
    span = find_lunar_dates("上个月初八", date(2026, 11, 5))[0]
    assert (span.first, span.last) == (date(2026, 9, 18), date(2026, 10, 17))
