"""A seat as the table of staff keeps it."""

from __future__ import annotations

from typing import Any

from bot.desk.seat import Seat
from bot.store.schema import staff

SEAT_COLUMNS = (
    staff.c.id,
    staff.c.name,
    staff.c.role,
    staff.c.person,
    staff.c.tier,
    staff.c.areas,
    staff.c.regions,
    staff.c.languages,
    staff.c.capacity,
    staff.c.extension,
)


def to_seat(row: Any) -> Seat:
    """A row of SEAT_COLUMNS as a seat."""
    return Seat(
        row.id,
        row.name,
        row.role,
        row.person,
        row.tier,
        tuple(row.areas),
        tuple(row.regions),
        tuple(row.languages),
        row.capacity,
        row.extension,
    )
