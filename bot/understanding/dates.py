"""Finds every date in a text, by the calendar or counted from today, and settles overlaps."""

from __future__ import annotations

from datetime import date

from bot.understanding.calendar_dates import find_calendar_dates
from bot.understanding.entity import Entity
from bot.understanding.lunar_dates import find_lunar_dates
from bot.understanding.period import Period
from bot.understanding.relative_dates import find_relative_dates, reported


def find_dates(text: str, today: date) -> list[Entity]:
    """Dates in `text` (already folded), in order, not overlapping; of overlapping readings the longest wins."""
    periods = find_calendar_dates(text, today) + find_relative_dates(text, today) + find_lunar_dates(text, today)
    periods.sort(key=lambda period: (period.start, -period.end))
    kept: list[Period] = []
    for period in periods:
        if not kept or period.start >= kept[-1].end:
            kept.append(period)
        elif period.end - period.start > kept[-1].end - kept[-1].start:
            kept[-1] = period
    return [_entity(text, period) for period in reported(text, kept, today)]


def _entity(text: str, period: Period) -> Entity:
    exact = period.first == period.last
    return Entity(
        "date",
        period.value or period.first,
        None if exact else period.first,
        None if exact else period.last,
        period.precision,
        text[period.start : period.end],
        period.start,
        period.end,
    )
