"""Which rows a seat may see, by region."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_, true

from bot.desk.seat import Seat


def in_regions(column: Any, seat: Seat) -> ColumnElement[bool]:
    """The condition of `Seat.covers` in SQL: rows of the seat's regions, and those whose region is unknown."""
    if "" in seat.regions:
        return true()
    return or_(column == "", *(column.startswith(prefix, autoescape=True) for prefix in seat.regions))
