"""Chooses the queue that fits: crisis first, then language, kind of help, tier, area and region."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.queues.need import Need
from bot.desk.queues.queue import GENERAL, Queue, rank


def route(need: Need, queues: Sequence[Queue]) -> Queue | None:
    """The most specific of `queues` that fits, else the one for everybody; None when there is not even that.

    `queues` are those that are open and that somebody serves.
    """
    fitting = [queue for queue in queues if not queue.closed and _fits(queue, need)]
    if fitting:
        return max(fitting, key=lambda queue: _fitness(queue, need))
    return next((queue for queue in queues if queue.key == GENERAL), None)


def _fits(queue: Queue, need: Need) -> bool:
    """Whether the queue is for such people; a kind of help nobody gives is answered as a consultation."""
    return (
        queue.help in (need.help, "consultation")
        and queue.language in ("", need.language)
        and (not queue.areas or need.area in queue.areas)
        and need.region.startswith(queue.region)
    )


def _fitness(queue: Queue, need: Need) -> tuple[object, ...]:
    """The larger the better; the key last, so that the same need always finds the same queue."""
    apart = rank(queue.tier) - rank(need.tier)
    return (
        need.help == "crisis" and queue.help == "crisis",
        queue.language == need.language,
        queue.help == need.help,
        -abs(apart),
        bool(queue.areas),
        len(queue.region),
        -apart,
        queue.key,
    )
