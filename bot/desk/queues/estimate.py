"""How long somebody will wait, as far as that can honestly be said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from bot.desk.queues.presence import AtDesk

LEAST_MEASURED = 5
"""Conversations that must have been measured before a time is told."""
MEASURED = 50
"""The newest so many count."""
TELL_EVERY = timedelta(minutes=2)
"""Nobody is told of a new place more often."""


def wait_minutes(ahead: int, desks: Sequence[AtDesk], took: Sequence[float], now: datetime) -> int | None:
    """Minutes until somebody with `ahead` people in front is served; 0 for soon, None where it is not known.

    `desks` are those who serve the queue and are here; `took` the seconds that conversations lasted lately.
    """
    free = sum(one.free(now) for one in desks)
    if free > ahead:
        return 0
    capacity = sum(one.seat.capacity for one in desks if one.status == "online")
    if len(took) < LEAST_MEASURED or not capacity:
        return None
    seconds = (ahead - free + 1) * median(took) / capacity
    return rounded(seconds / 60)


def rounded(minutes: float) -> int:
    """To fives, from half an hour on to tens, never below five: more would be false precision."""
    step = 5 if minutes <= 30 else 10
    return max(5, math.ceil(minutes / step) * step)


def notable(before: int | None, ahead: int) -> bool:
    """Whether a new place is worth a message."""
    if before is None:
        return True
    return ahead != before and (ahead == 0 or abs(ahead - before) >= max(2, before // 3))
