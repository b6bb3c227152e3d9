"""How many seats there must be when, and where the roster falls short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import SHANGHAI
from bot.desk.roster.shift import Shift
from bot.desk.seat import TIERS
from knowledge_base.deadlines.workdays import is_working_day

_TIERS = list(TIERS)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Cover:
    """A rule: at least `least` seats from one time of day to another."""

    id: int
    area: str
    """"" for any."""
    tier: str
    """A seat of this tier or a higher one counts."""
    weekdays: tuple[int, ...]
    """1 (Monday) to 7; a day off counts as 7, a shifted working day as its weekday."""
    from_minute: int
    to_minute: int
    least: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch with too few seats."""

    starts: datetime
    ends: datetime
    area: str
    tier: str
    there: int
    least: int


def gaps(rules: Iterable[Cover], shifts: Sequence[Shift], first: date, days: int) -> list[Gap]:
    """Where the roster falls short from `first` on, in order of time."""
    found = [gap for rule in rules for day in _days(first, days) for gap in _of_day(rule, shifts, day)]
    return sorted(found, key=lambda gap: (gap.starts, gap.area, gap.tier))


def _days(first: date, count: int) -> Iterator[date]:
    return (first + timedelta(days=ahead) for ahead in range(count))


def _kind(day: date) -> int:
    """The weekday as the rules count it: public holidays are Sundays, a shifted working Sunday a Friday."""
    weekday = day.isoweekday()
    if not is_working_day(day):
        return weekday if weekday >= 6 else 7
    return weekday if weekday <= 5 else 5


def _of_day(rule: Cover, shifts: Sequence[Shift], day: date) -> Iterator[Gap]:
    if _kind(day) not in rule.weekdays:
        return
    midnight = datetime.combine(day, time(), SHANGHAI)
    start, end = midnight + timedelta(minutes=rule.from_minute), midnight + timedelta(minutes=rule.to_minute)
    there = [one for one in shifts if one.starts < end and start < one.ends and _counts(one, rule)]
    edges = {start, end}
    for one in there:
        edges |= {edge for edge in (one.starts, one.ends) if start < edge < end}
    marks = sorted(edges)
    running: Gap | None = None
    for begins, ends in zip(marks, marks[1:], strict=False):
        count = sum(one.starts <= begins and one.ends >= ends for one in there)
        if running is not None and (count != running.there or count >= rule.least):
            yield running
            running = None
        if count < rule.least:
            since = begins if running is None else running.starts
            running = Gap(since, ends, rule.area, rule.tier, count, rule.least)
    if running is not None:
        yield running


def _counts(shift: Shift, rule: Cover) -> bool:
    fits = not rule.area or not shift.area or shift.area == rule.area
    return fits and _TIERS.index(shift.tier) >= _TIERS.index(rule.tier)  # type: ignore[arg-type]
