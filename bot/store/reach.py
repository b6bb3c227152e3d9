"""Matters and colleagues that a seat's doing may reach."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from bot.desk.matters.refused import MatterRefused, unknown_matter
from bot.desk.seat import Seat
from bot.store.schema import staff
from bot.store.seats import SEAT_COLUMNS, to_seat
from bot.store.steps import locked


def visible(connection: Connection, number: str, seat: Seat) -> Any:
    """The row, locked. Raises MatterRefused alike where there is none and where its region is not the seat's."""
    row = locked(connection, number)
    if row is None or not seat.covers(row.region):
        raise unknown_matter()
    return row


def able(connection: Connection, number: int | None, region: str) -> Seat:
    """The seat that is to act. Raises MatterRefused where it cannot."""
    row = connection.execute(
        select(*SEAT_COLUMNS).where(staff.c.id == number, staff.c.disabled.is_(False))
    ).one_or_none()
    seat = None if row is None else to_seat(row)
    if seat is None or not seat.covers(region) or seat.role in ("auditor", "administrator"):
        raise MatterRefused("demand", "这位同事不能办理这个地区的事项。")
    return seat
