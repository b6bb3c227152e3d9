"""A stretch of days that words in a text point to."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "month", "year", "period"]


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day meant, inclusive, and where the words stand."""

    first: date
    last: date
    precision: Precision
    start: int
    end: int
    anchored: bool = True
    """Whether the words fix the year; 5月 alone does not."""
    value: date | None = None
    """The day to go by when it is not the first one (三年前: today less three years)."""


def month_of(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def shift_months(day: date, months: int) -> date:
    """The same day of the month `months` later (earlier if negative), or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = max(1, min(9999, index // 12)), index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def shift_days(day: date, days: int) -> date:
    """`days` later, held inside the calendar."""
    ordinal = day.toordinal() + days
    return date.fromordinal(max(1, min(date.max.toordinal(), ordinal)))


def year_of(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def week_of(day: date, weeks: int) -> date:
    """Monday of the week `weeks` after the one `day` lies in."""
    return day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
