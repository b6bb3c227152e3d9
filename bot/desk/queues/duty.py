"""When somebody is at the desk again: by the roster where one is planned, by business hours else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Protocol

from bot.clock import SHANGHAI
from bot.desk.queues.queue import Queue, rank
from bot.desk.roster.shift import Shift
from bot.desk.seat import TIERS, Tier
from knowledge_base.deadlines.workdays import holidays_known, is_working_day

FARTHEST = 30
"""Days looked ahead; the longest holiday is nine."""


class NextDuty(Protocol):
    """Tells when a queue is served."""

    async def next_duty(self, queue: str, after: datetime) -> datetime | None:
        """The first moment from `after` on at which somebody is on duty, `after` itself when somebody is then.

        None where it is not known: then no time is promised.
        """
        ...


class Shifts(Protocol):
    """The part of the roster that this needs."""

    async def shifts(self, starts: datetime, ends: datetime) -> list[Shift]:
        """Those that meet the stretch."""
        ...


class Queues(Protocol):
    """The part of the queues that this needs."""

    async def queues(self) -> list[Queue]:
        """All queues."""
        ...


class BusinessHours:
    """Working days of China with their shifted days, from `opens` to `closes` o'clock; the same for every queue."""

    def __init__(self, opens: int = 9, closes: int = 17) -> None:
        self._opens, self._closes = opens, closes

    async def next_duty(self, queue: str, after: datetime) -> datetime | None:
        """As the protocol says; None from where the published holidays end."""
        after = after.astimezone(SHANGHAI)
        for ahead in range(FARTHEST):
            day = after.date() + timedelta(days=ahead)
            if not holidays_known(day):
                return None
            opens = datetime.combine(day, time(self._opens), SHANGHAI)
            closes = datetime.combine(day, time(self._closes), SHANGHAI)
            if is_working_day(day) and after < closes:
                return max(after, opens)
        return None


class PlannedDuty:
    """By the roster; where it plans nobody for a queue in the time ahead, `otherwise`."""

    def __init__(self, roster: Shifts, queues: Queues, otherwise: NextDuty) -> None:
        self._roster = roster
        self._queues = queues
        self._otherwise = otherwise

    async def next_duty(self, queue: str, after: datetime) -> datetime | None:
        """As the protocol says."""
        coming = await self._roster.shifts(after, after + timedelta(days=FARTHEST))
        wanted = next((one for one in await self._queues.queues() if one.key == queue), None) if coming else None
        starts = [shift.starts for shift in coming if wanted is None or _serves(shift, wanted)]
        return max(after, min(starts)) if starts else await self._otherwise.next_duty(queue, after)


def _serves(shift: Shift, queue: Queue) -> bool:
    tier: Sequence[Tier] = [one for one in TIERS if one == shift.tier]
    high = bool(tier) and rank(tier[0]) >= rank(queue.tier)
    return high and (not shift.area or not queue.areas or shift.area in queue.areas)
