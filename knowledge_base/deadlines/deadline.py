"""The last day of a period of time, counted as the Civil Code counts (民法典 articles 200 to 204)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge_base.deadlines.workdays import add_working_days, holidays_known, next_working_day


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day on which one can still act; it ends at 24:00, or when the office closes (第二百零三条)."""

    day: date
    rolled: bool
    """Whether the period ended on a day off and was carried to the next working day (第二百零三条)."""
    holidays_known: bool
    """False when a year touched has no published holiday plan yet: then only weekends were taken as days off."""


def last_day(start: date, *, years: int = 0, months: int = 0, days: int = 0, working_days: int = 0) -> LastDay:
    """Last day of a period that begins with the event on `start`.

    第二百条: periods run by calendar years, months and days. 第二百零一条: the day of the event is not counted, the
    period runs from the next day. 第二百零二条: a period of months or years ends on the day of the same number, or on
    the last day of the month where there is none. 第二百零三条: if that is a statutory day off, the working day after
    it is the last.
    第二百零四条: another law or an agreement may count otherwise; then the caller must not use this.

    Units add up from large to small. Raises ValueError for a negative or empty period or working days mixed with
    others, OverflowError when the result lies past year 9999.
    """
    if min(years, months, days, working_days) < 0 or not (years or months or days or working_days):
        raise ValueError("a period needs at least one positive unit and no negative one")
    if working_days:
        if years or months or days:
            raise ValueError("working days cannot be mixed with calendar units")
        end = add_working_days(start, working_days)
        return LastDay(end, False, holidays_known(start) and holidays_known(end))
    end = _add_months(start, 12 * years + months) + timedelta(days=days)
    rolled_to = next_working_day(end)
    return LastDay(rolled_to, rolled_to != end, holidays_known(end) and holidays_known(rolled_to))


def _add_months(start: date, months: int) -> date:
    """`start` moved by whole months; the last day of the month where the number does not exist (第二百零二条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError(f"the period ends past year {date.max.year}")
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
