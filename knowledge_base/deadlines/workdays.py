"""Which days are working days in China, with honest ignorance beyond the years whose holiday plan is published."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar


@lru_cache(maxsize=1)
def _known_years() -> tuple[int, int]:
    """First and last year for which the calendar library carries the State Council's holiday plan."""
    days = chinese_calendar.constants.holidays
    return min(days).year, max(days).year


def holidays_known(day: date) -> bool:
    """Whether the holiday plan of that year is known; if not, only Saturdays and Sundays count as days off."""
    first, last = _known_years()
    return first <= day.year <= last


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`: weekdays but statutory holidays, and the weekends worked in exchange."""
    if holidays_known(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def next_working_day(day: date) -> date:
    """`day` itself if it is a working day, else the first working day after it. Raises OverflowError past year 9999."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, count: int) -> date:
    """The `count`-th working day after `start`, which itself is not counted. `count` must not be negative."""
    if count < 0:
        raise ValueError(f"working days must not be negative, got {count}")
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
