"""Business time: working days as the State Council shifts them, and the hours in which the desk is held to answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.clock import SHANGHAI
from knowledge_base.deadlines.workdays import holidays_known, is_working_day

DAY = timedelta(days=1)
HOLIDAYS = 13
"""Statutory days off in a year (全国年节及纪念日放假办法, 2024): fewer entered ones are no plan for it."""


@dataclass(frozen=True, slots=True)
class BusinessTime:
    """Days and hours of work. Moments are aware; what is given back is in Asia/Shanghai."""

    opens: time = time(9)
    closes: time = time(17)
    days: Mapping[date, bool] = field(default_factory=dict)
    """Days that somebody entered: whether they are worked. They count before the library of holidays, which knows only
    the years whose plan is published."""

    def works(self, day: date) -> bool:
        """Whether the day is worked; of an unknown year, weekdays are."""
        return self.days.get(day, is_working_day(day))

    def certain(self, first: date, last: date) -> bool:
        """Whether the holidays of all years from `first` to `last` are known, or were entered."""
        return all(
            holidays_known(date(year, 1, 1))
            or sum(day.year == year and not works for day, works in self.days.items()) >= HOLIDAYS
            for year in range(first.year, last.year + 1)
        )

    def working_day(self, day: date) -> date:
        """`day`, or the first worked one after it."""
        while not self.works(day):
            day += DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """The last worked day before `day`."""
        day -= DAY
        while not self.works(day):
            day -= DAY
        return day

    def open_of(self, day: date) -> datetime:
        """When work begins that day."""
        return datetime.combine(day, self.opens, SHANGHAI)

    def close_of(self, day: date) -> datetime:
        """When work ends that day: 民法典 203, a last day ends when business does."""
        return datetime.combine(day, self.closes, SHANGHAI)

    def working_days(self, after: date, until: date) -> int:
        """Worked days later than `after`, up to and with `until`."""
        return sum(self.works(after + DAY * n) for n in range(1, (until - after).days + 1))

    def add_days(self, start: date, count: int) -> date:
        """The `count`-th worked day after `start`."""
        day = start
        while count > 0:
            day += DAY
            count -= self.works(day)
        return day

    def add(self, start: datetime, seconds: int) -> datetime:
        """The moment at which so many seconds of business have passed since `start`."""
        left = timedelta(seconds=seconds)
        for begins, ends in self._spells(start):
            if ends - begins >= left:
                return begins + left
            left -= ends - begins
        raise OverflowError("business time runs past the calendar")

    def seconds(self, start: datetime, until: datetime) -> int:
        """Seconds of business between the two."""
        total = timedelta()
        for begins, ends in self._spells(start):
            if begins >= until:
                break
            total += min(ends, until) - begins
        return int(total.total_seconds())

    def _spells(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Stretches of business from `start` on."""
        moment = start.astimezone(SHANGHAI)
        day = moment.date()
        while True:
            if self.works(day) and moment < self.close_of(day):
                yield max(moment, self.open_of(day)), self.close_of(day)
            day += DAY
