"""When the months of the old calendar begin, worked out from the festivals between which they lie."""

from __future__ import annotations

import functools
from datetime import date, timedelta

from bot.understanding.festivals import festival_day

LEAP = {2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5}
"""Years between 2010 and 2029 with a thirteenth month → the month it follows; the festivals lie apart accordingly."""
SLACK = timedelta(days=1)
"""A month has 29 or 30 days; between two festivals nobody knows which without the almanac."""
_FESTIVALS = ((1, "spring", 0), (5, "dragon_boat", 4), (8, "mid_autumn", 14))
"""Month, festival, and how many days after the month's first the festival is."""


@functools.cache
def month_begins(year: int, month: int) -> date | None:
    """First day of a month (1–12, not the leap one) of the lunar year that begins in `year`, at most a day out; None
    where the year is not in the table of festivals.
    """
    first, last = _known(year, month)
    if first is None or last is None:
        return None
    (here, begins), (there, ends) = first, last
    months = there - here + (here <= LEAP.get(year, 0) < there)
    passed = month - here + (here <= LEAP.get(year, 0) < month)
    return begins + timedelta(days=round((ends - begins).days * passed / months))


def is_exact(month: int) -> bool:
    """Whether the month is a festival's, so that its first day is known."""
    return month in {one for one, _, _ in _FESTIVALS}


def month_of(day: date) -> tuple[int, int] | None:
    """(lunar year, month) in which a day lies, a leap month counted to the one it follows; None outside the table."""
    for year in (day.year, day.year - 1):
        for month in range(12, 0, -1):
            begins = month_begins(year, month)
            if begins is not None and begins <= day:
                return year, month
    return None


def _known(year: int, month: int) -> tuple[tuple[int, date] | None, tuple[int, date] | None]:
    """The months known for certain between which a month lies, itself or one before it and the next after it."""
    spring = festival_day("spring", year + 1)
    found = [
        (one, day - timedelta(days=after))
        for one, name, after in _FESTIVALS
        if (day := festival_day(name, year)) is not None
    ]
    if spring is not None:
        found.append((13, spring))
    before = [one for one in found if one[0] <= month]
    behind = [one for one in found if one[0] > month]
    return (before[-1] if before else None), (behind[0] if behind else None)
