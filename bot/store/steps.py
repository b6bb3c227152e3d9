"""Changes of matters: locked, decided by the state machine, guarded by the version, and written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bot.desk.matters.applications import OPEN
from bot.desk.matters.orders import Change, Order, Standing, decide
from bot.desk.matters.refused import MatterRefused
from bot.desk.matters.states import NAMES, find_move
from bot.desk.seat import Seat
from bot.store.desk_schema import assignments, matter_steps, referrals
from bot.store.schema import applications, matters, staff

UNANSWERED = ("sent", "accepted")
"""States of referrals that wait for their receiver."""


def locked(connection: Connection, number: str) -> Any:
    """The row of the matter, nobody else's to change until the transaction ends; None when there is none."""
    return connection.execute(select(matters).where(matters.c.number == number).with_for_update()).one_or_none()


def standing(connection: Connection, row: Any) -> Standing:
    """The row as the state machine sees it."""
    undecided = select(func.count()).where(applications.c.matter == row.number, applications.c.state.in_(OPEN))
    unanswered = select(func.count()).where(referrals.c.matter == row.number, referrals.c.state.in_(UNANSWERED))
    unsettled = connection.execute(undecided).scalar_one() + connection.execute(unanswered).scalar_one()
    return Standing(row.number, row.kind, row.status, row.owner_id, row.queue, row.version, unsettled)


def machine(connection: Connection, number: str, action: str, now: datetime, **given: Any) -> bool:
    """What happened moves the matter, where its status has such a move; else nothing, and False."""
    row = locked(connection, number)
    move = None if row is None else find_move(action, row.status)
    if move is None or move.who is not None:
        return False
    order = Order(action, **given)
    try:
        change = decide(standing(connection, row), order, None)
    except MatterRefused:
        return False
    write(connection, row, change, order, None, now)
    return True


def write(
    connection: Connection, row: Any, change: Change, order: Order, seat: Seat | None, now: datetime, **also: Any
) -> None:
    """Carry the change out. `also` are further columns of the matter."""
    values: dict[str, Any] = {"status": change.status, "owner_id": change.owner, "queue": change.queue, **also}
    if change.owner != row.owner_id or change.status in ("closed", "merged"):
        ends = assignments.c.matter == row.number, assignments.c.ended_at.is_(None)
        connection.execute(update(assignments).where(*ends).values(ended_at=now))
    if change.status == "closed":
        values |= {"result": order.result, "closing": order.summary.strip(), "closed_at": now}
    elif row.status == "closed":
        values |= {"result": "", "closed_at": None}
    reason = order.reason or order.summary or order.receiver or order.target
    guarded(connection, row, values, order.action, seat, now, reason=reason.strip())


def guarded(
    connection: Connection,
    row: Any,
    values: dict[str, Any],
    action: str,
    seat: Seat | None,
    now: datetime,
    *,
    reason: str = "",
) -> None:
    """Change the row as it was read, raise its version, and note the step. Raises MatterRefused when it was changed."""
    done = connection.execute(
        update(matters)
        .where(matters.c.number == row.number, matters.c.version == row.version)
        .values(**values, version=row.version + 1, updated_at=now)
    )
    if done.rowcount != 1:
        raise changed(connection, row.number, row.version)
    connection.execute(
        insert(matter_steps),
        {
            "matter": row.number,
            "before": row.status,
            "after": values.get("status", row.status),
            "action": action,
            "reason": reason,
            "staff_id": None if seat is None else seat.id,
            "at": now,
            "version": row.version + 1,
        },
    )


def changed(connection: Connection, number: str, seen: int) -> MatterRefused:
    """Who changed what since the version that was seen."""
    rows = connection.execute(
        select(matter_steps.c.action, matter_steps.c.at, staff.c.name, staff.c.person)
        .outerjoin(staff, staff.c.id == matter_steps.c.staff_id)
        .where(matter_steps.c.matter == number, matter_steps.c.version > seen)
        .order_by(matter_steps.c.id)
    ).all()
    since = [
        {"who": row.person or row.name or "系统", "what": NAMES.get(row.action, row.action), "at": row.at.isoformat()}
        for row in rows
    ]
    told = "；".join(f"{one['who']}：{one['what']}" for one in since)
    return MatterRefused("changed", f"这个事项刚刚有改动（{told}），请看过以后再做。", {"changes": since})
