"""When somebody is at the desk again: by business hours here, by the roster where there is one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Protocol

from chinese_calendar import is_workday

from bot.clock import SHANGHAI

FARTHEST = 30
"""Days looked ahead; the longest holiday is nine."""


class NextDuty(Protocol):
    """Tells when a queue is served."""

    async def next_duty(self, queue: str, after: datetime) -> datetime | None:
        """The first moment from `after` on at which somebody is on duty, `after` itself when somebody is then.

        None where it is not known: then no time is promised.
        """
        ...


class BusinessHours:
    """Working days of China with their shifted days, from `opens` to `closes` o'clock; the same for every queue."""

    def __init__(self, opens: int = 9, closes: int = 17) -> None:
        self._opens, self._closes = opens, closes

    async def next_duty(self, queue: str, after: datetime) -> datetime | None:
        """As the protocol says; None from where the calendar's years end."""
        after = after.astimezone(SHANGHAI)
        for ahead in range(FARTHEST):
            day = after.date() + timedelta(days=ahead)
            works = _works(day)
            if works is None:
                return None
            opens = datetime.combine(day, time(self._opens), SHANGHAI)
            closes = datetime.combine(day, time(self._closes), SHANGHAI)
            if works and after < closes:
                return max(after, opens)
        return None


def _works(day: date) -> bool | None:
    """Whether people work on that day; None for a year whose holidays have not been published."""
    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return None
