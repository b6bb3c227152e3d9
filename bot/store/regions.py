"""Rows of the regions that a seat may see, told in SQL."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.sql.schema import Column

from bot.desk.seat import Seat


def covered(column: Column[str], prefix: str) -> ColumnElement[bool]:
    """What `bot.desk.queues.queue.Queue.covers` says, of a column of division codes."""
    return or_(column == "", column.startswith(prefix, autoescape=True)) if prefix else true()


def in_regions(column: Column[str], seat: Seat) -> ColumnElement[bool]:
    """What `Seat.covers` says, of a column of division codes: where the region is unknown, everybody's."""
    if "" in seat.regions:
        return true()
    return or_(column == "", *(column.startswith(prefix, autoescape=True) for prefix in seat.regions))
