"""Lists of matters: filtered and paged in the database, so that thousands cost no more than a page."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select

from bot.clock import SHANGHAI
from bot.desk.matters.records import Line, Lines, Wanted
from bot.desk.seat import Seat
from bot.store.regions import in_regions
from bot.store.schema import matters, staff

_COLUMNS = (
    matters.c.number,
    matters.c.title,
    matters.c.topic,
    matters.c.summary,
    matters.c.kind,
    matters.c.status,
    matters.c.state,
    matters.c.area,
    matters.c.region,
    matters.c.priority,
    matters.c.owner_id,
    matters.c.queue,
    matters.c.card,
    matters.c.due_at,
    matters.c.updated_at,
    staff.c.name,
    staff.c.person,
)


def lines(connection: Connection, wanted: Wanted, seat: Seat, after: str, limit: int) -> Lines:
    """A page. Raises ValueError when `after` is no place of a list."""
    which = _conditions(wanted, seat)
    statement = _select().where(*which).limit(limit + 1)
    if wanted.order == "due":
        # Matters without a deadline have no place among deadlines.
        statement = statement.where(matters.c.due_at.is_not(None)).order_by(matters.c.due_at, matters.c.number)
    else:
        statement = statement.order_by(matters.c.updated_at.desc(), matters.c.number.desc())
    if after:
        statement = statement.where(_behind(wanted, *_read_place(after)))
    rows = connection.execute(statement).all()
    shown = rows[:limit]
    total = None
    if not after:
        counted = select(func.count()).select_from(matters).where(*which)
        if wanted.order == "due":
            counted = counted.where(matters.c.due_at.is_not(None))
        total = connection.execute(counted).scalar_one()
    more = _place(wanted, shown[-1]) if len(rows) > limit else ""
    return Lines(tuple(line(row, seat) for row in shown), more, total)


def one(connection: Connection, number: str, seat: Seat) -> Line:
    """The line of one matter."""
    return line(connection.execute(_select().where(matters.c.number == number)).one(), seat)


def line(row: Any, seat: Seat) -> Line:
    """A row of the list."""
    return Line(
        row.number,
        row.title or row.summary.get("topic") or row.topic,
        row.kind,
        row.status,
        row.state,
        row.area,
        row.region,
        row.priority,
        row.person or row.name or "",
        row.owner_id == seat.id,
        row.queue,
        row.card,
        row.due_at,
        row.updated_at,
    )


def _select() -> Select[Any]:
    return select(*_COLUMNS).select_from(matters).outerjoin(staff, staff.c.id == matters.c.owner_id)


def _conditions(wanted: Wanted, seat: Seat) -> list[ColumnElement[bool]]:
    found = [in_regions(matters.c.region, seat)]
    if wanted.statuses:
        found.append(matters.c.status.in_(wanted.statuses))
    for column, value in (
        (matters.c.kind, wanted.kind),
        (matters.c.area, wanted.area),
        (matters.c.queue, wanted.queue),
    ):
        if value:
            found.append(column == value)
    if wanted.region:
        found.append(matters.c.region.startswith(wanted.region, autoescape=True))
    if wanted.card:
        found.append(matters.c.card != "" if wanted.card == "late" else matters.c.card == wanted.card)
    if wanted.due_before is not None:
        # Until the end of that day.
        end = datetime.combine(wanted.due_before, time(0), SHANGHAI) + timedelta(days=1)
        found.append(matters.c.due_at < end)
    if wanted.text:
        found.append(
            or_(
                matters.c.number.startswith(wanted.text, autoescape=True),
                matters.c.title.contains(wanted.text, autoescape=True),
            )
        )
    match wanted.owner:
        case "":
            pass
        case "me":
            found.append(matters.c.owner_id == seat.id)
        case "none":
            found.append(matters.c.owner_id.is_(None))
        case number:
            found.append(matters.c.owner_id == int(number) if number.isdigit() else false())
    return found


def _place(wanted: Wanted, row: Any) -> str:
    at = row.due_at if wanted.order == "due" else row.updated_at
    return json.dumps([at.isoformat(), row.number])


def _read_place(after: str) -> tuple[datetime, str]:
    try:
        at, number = json.loads(after)
        moment = datetime.fromisoformat(at)
    except (ValueError, TypeError):
        raise ValueError("no place of a list") from None
    if moment.tzinfo is None or not isinstance(number, str):
        raise ValueError("no place of a list")
    return moment, number


def _behind(wanted: Wanted, at: datetime, number: str) -> ColumnElement[bool]:
    """Later in the list than this place."""
    if wanted.order == "due":
        return or_(matters.c.due_at > at, and_(matters.c.due_at == at, matters.c.number > number))
    return or_(matters.c.updated_at < at, and_(matters.c.updated_at == at, matters.c.number < number))
