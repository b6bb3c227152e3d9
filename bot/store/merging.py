"""Two numbers of one matter become one; what was under the old stays readable under the one that survives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.desk.matters.orders import Order
from bot.desk.matters.refused import MatterRefused
from bot.desk.seat import Seat
from bot.store import clockwork
from bot.store.desk_schema import timers
from bot.store.schema import conversations, matters
from bot.store.steps import guarded


def lock_talks(connection: Connection, number: str) -> None:
    """Talks before matters, as turns do: in the other order two transactions could wait for each other."""
    talks = select(conversations.c.id).where(conversations.c.matter == number)
    connection.execute(talks.order_by(conversations.c.id).with_for_update()).all()


def merge(connection: Connection, old: Any, into: Any, seat: Seat, now: datetime) -> None:
    """The talks of `old` go on under `into`; its notes, files and parties stay where they are and are found there.

    Both rows are locked. The status of `old` is the caller's. Raises MatterRefused when `into` is itself no more.
    """
    if into.status in ("merged", "closed"):
        raise MatterRefused("demand", "要并入的事项已经办结或已被并入，请先重新办理它。")
    move_talks(connection, old.number, into.number, now)
    guarded(connection, into, {}, "merged_here", seat, now, reason=old.number)


def move_talks(connection: Connection, old: str, into: str, now: datetime) -> None:
    """Talks, answers owed in them, and numbers merged before go to the one that survives."""
    connection.execute(update(conversations).where(conversations.c.matter == old).values(matter=into))
    connection.execute(update(matters).where(matters.c.merged_into == old).values(merged_into=into))
    owed = timers.c.conversation_id.is_not(None)
    connection.execute(update(timers).where(timers.c.matter == old, owed, clockwork.LIVE).values(matter=into))
    clockwork.end(connection, timers.c.matter == old, now, met=False)
    clockwork.refresh(connection, old, into)


def columns(order: Order) -> dict[str, Any]:
    """What a merge writes on the matter that is no more."""
    return {"merged_into": order.target, "state": "closed"} if order.action == "merge" else {}
