"""The months of the old calendar, by the almanac of `lunar-python` (MIT)."""

from __future__ import annotations

import functools
from datetime import date

from lunar_python import Lunar, LunarMonth, Solar

YEARS = range(2000, 2101)
"""Lunar years of which a caller may speak; the almanac is held against the holiday notices in the tests."""


@functools.cache
def month_begins(year: int, month: int) -> date | None:
    """First day of a month (1-12, not the leap one) of the lunar year that begins in `year`; None outside YEARS."""
    if year not in YEARS:
        return None
    day = Lunar.fromYmd(year, month, 1).getSolar()
    return date(day.getYear(), day.getMonth(), day.getDay())


def month_length(year: int, month: int) -> int:
    """Its days: 29 or 30."""
    return int(LunarMonth.fromYm(year, month).getDayCount())


def month_of(day: date) -> tuple[int, int] | None:
    """(lunar year, month) in which a day lies, a leap month counted to the one it follows; None outside YEARS."""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return (lunar.getYear(), abs(lunar.getMonth())) if lunar.getYear() in YEARS else None
