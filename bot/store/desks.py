"""Rows of those who are at the desk, inside a transaction that is already open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.desk.queues.presence import AtDesk, Status
from bot.store.desk_schema import presence
from bot.store.schema import conversations, staff
from bot.store.seats import SEAT_COLUMNS, to_seat

_HELD = (
    select(func.count())
    .where(conversations.c.claimed_by == staff.c.id, conversations.c.state == "human")
    .correlate(staff)
    .scalar_subquery()
    .label("held")
)
_DESKS = (
    select(*SEAT_COLUMNS, presence.c.status, presence.c.seen_at, _HELD)
    .select_from(staff)
    .outerjoin(presence, presence.c.staff_id == staff.c.id)
    .where(staff.c.disabled.is_(False))
    .order_by(staff.c.id)
)


def load_desks(connection: Connection) -> list[AtDesk]:
    """All accounts that can sign in."""
    return [AtDesk(to_seat(row), row.status, row.seen_at, row.held) for row in connection.execute(_DESKS)]


def beat(connection: Connection, seat_id: int, status: Status | None, now: datetime) -> Status:
    """The seat is there; `status` None leaves it as it was, online where it was not there. What it is now."""
    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    changed: dict[str, Any] = {"seen_at": now}
    if status is not None:
        changed |= {"status": status, "since": case((presence.c.status != status, now), else_=presence.c.since)}
    statement = (
        dialect.insert(presence)
        .values(staff_id=seat_id, status=status or "online", since=now, seen_at=now)
        .on_conflict_do_update(index_elements=[presence.c.staff_id], set_=changed)
        .returning(presence.c.status)
    )
    kept: Status = connection.execute(statement).scalar_one()
    return kept
