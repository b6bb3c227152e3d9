"""Our calls and the exchange's, side by side: which are missing on either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.calls.call import Kept, plain_number
from bot.calls.exchange import Record


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it."""

    both: int
    ours_alone: tuple[Kept, ...]
    """Calls with a matter of which the exchange knows nothing."""
    theirs_alone: tuple[Record, ...]
    """Calls that were answered and left no matter."""
    unfinished: tuple[Kept, ...]
    """Calls on both sides whose matter here has no end."""


def reconcile(ours: Sequence[Kept], theirs: Sequence[Record], within: timedelta) -> Compared:
    """By the reference where both sides have one, else by caller and start, not further apart than `within`."""
    free = list(ours)
    both: list[Kept] = []
    alone: list[Record] = []
    by_reference = {one.reference: one for one in ours if one.reference}
    rest = []
    for record in theirs:
        found = by_reference.pop(record.reference, None) if record.reference else None
        if found is None:
            rest.append(record)
        else:
            both.append(found)
            free.remove(found)
    for record in rest:
        near = [
            one
            for one in free
            if plain_number(one.caller) == record.caller and abs(one.started - record.start) <= within
        ]
        if near:
            found = min(near, key=lambda one: abs(one.started - record.start))
            both.append(found)
            free.remove(found)
        else:
            alone.append(record)
    if theirs:  # what began outside the exchange's stretch may be in another file
        first = min(one.start for one in theirs) - within
        last = max(one.start for one in theirs) + within
        free = [one for one in free if first <= one.started <= last]
    return Compared(len(both), tuple(free), tuple(alone), tuple(one for one in both if one.ended is None))
