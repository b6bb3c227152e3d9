"""Whom a matter or application may be given to."""

from __future__ import annotations

from sqlalchemy import select

from bot.desk.seat import Seat
from bot.store.database import Database
from bot.store.schema import staff
from bot.store.seats import SEAT_COLUMNS, to_seat


async def colleagues(database: Database, seat: Seat) -> list[Seat]:
    """Everybody who works on matters and shares a region with this seat."""
    roles = staff.c.role.not_in(("auditor", "administrator"))
    statement = select(*SEAT_COLUMNS).where(roles, staff.c.disabled.is_(False)).order_by(staff.c.name)
    rows = await database.read(lambda connection: connection.execute(statement).all())
    return [one for one in map(to_seat, rows) if one.shares_region(seat)]
