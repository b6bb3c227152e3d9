"""Timers in the transactions that cause them: started, met, stopped, paused, taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, update

from bot.desk.clocks.business import BusinessTime
from bot.desk.clocks.targets import targets
from bot.desk.clocks.term import Due, Term, due, used
from bot.store.desk_schema import days_off, timers
from bot.store.schema import matters

LIVE = timers.c.ended_at.is_(None)


def business(connection: Connection) -> BusinessTime:
    """Business time, with the days that an administrator entered."""
    return targets().business({row.day: row.works for row in connection.execute(select(days_off))})


def start(
    connection: Connection,
    kind: str,
    term: Term,
    matter: str,
    now: datetime,
    *,
    conversation: str | None = None,
    application: int | None = None,
    basis: str = "",
) -> datetime:
    """A timer that runs from now; the moment it is due."""
    moments = due(term, now, business(connection))
    values = {
        "kind": kind,
        "matter": matter,
        "conversation_id": conversation,
        "application_id": application,
        "started_at": now,
        "late": False,
        "basis": basis,
        "level": 0,
        "unit": term.unit,
        "length": term.length,
        "used": 0,
        **_moments(moments),
    }
    connection.execute(insert(timers), values)
    refresh(connection, matter)
    return moments.due


def _moments(moments: Due) -> dict[str, Any]:
    """Columns of a timer that runs anew; coming to a stage is the runner's, which tells of it."""
    return {
        "warn_at": moments.warn,
        "due_at": moments.due,
        "red_at": moments.red,
        "stage": "running",
        "next_at": moments.warn,
        "certain": moments.certain,
    }


def end(connection: Connection, which: ColumnElement[bool], now: datetime, *, met: bool) -> None:
    """Live timers end: met, or stopped because nobody has to meet them any more."""
    # Late is who met it after its time; a paused one is not, since its time did not run.
    late = case((timers.c.stage == "paused", False), else_=timers.c.due_at < now) if met else False
    ended = connection.execute(
        update(timers)
        .where(which, LIVE)
        .values(stage="met" if met else "stopped", ended_at=now, next_at=None, late=late)
        .returning(timers.c.matter)
    )
    for matter in dict.fromkeys(ended.scalars().all()):
        refresh(connection, matter)


def runs(connection: Connection, which: ColumnElement[bool]) -> bool:
    """Whether such a timer is live."""
    return connection.execute(select(timers.c.id).where(which, LIVE).limit(1)).first() is not None


def pause(connection: Connection, which: ColumnElement[bool], now: datetime) -> None:
    """Live timers wait; what has passed of them is kept."""
    hours = business(connection)
    rows = connection.execute(select(timers).where(which, LIVE, timers.c.paused_at.is_(None)).with_for_update()).all()
    for row in rows:
        passed = min(row.length, row.used + used(Term(row.length, row.unit), row.started_at, now, hours))
        values = {"stage": "paused", "paused_at": now, "next_at": None, "used": passed}
        connection.execute(update(timers).where(timers.c.id == row.id).values(**values))
        refresh(connection, row.matter)


def resume(connection: Connection, which: ColumnElement[bool], now: datetime) -> None:
    """Paused timers run on with what was left."""
    hours = business(connection)
    rows = connection.execute(select(timers).where(which, LIVE, timers.c.paused_at.is_not(None)).with_for_update())
    for row in rows.all():
        moments = due(Term(row.length, row.unit), now, hours, used=row.used)
        values = {"paused_at": None, "started_at": now, "level": 0, **_moments(moments)}
        connection.execute(update(timers).where(timers.c.id == row.id).values(**values))
        refresh(connection, row.matter)


def extend(connection: Connection, which: ColumnElement[bool], by: int) -> None:
    """Live timers get more time: `by` of their own unit, counted from where they began."""
    hours = business(connection)
    for row in connection.execute(select(timers).where(which, LIVE).with_for_update()).all():
        term = Term(row.length + by, row.unit)
        moments = due(term, row.started_at, hours, used=row.used)
        values: dict[str, Any] = {"length": term.length, **_moments(moments), "level": 0}
        connection.execute(update(timers).where(timers.c.id == row.id).values(**values))
        refresh(connection, row.matter)


def refresh(connection: Connection, *numbers: str) -> None:
    """The matters' first deadline and worst card, which lists sort and show."""
    rank = {"red": 2, "yellow": 1}
    for number in numbers:
        found: Sequence[Any] = connection.execute(
            select(timers.c.stage, func.min(timers.c.due_at))
            .where(timers.c.matter == number, LIVE)
            .group_by(timers.c.stage)
        ).all()
        first = min((at for stage, at in found if stage != "paused"), default=None)
        worst = max((stage for stage, _ in found if stage in rank), key=lambda stage: rank[stage], default="")
        connection.execute(update(matters).where(matters.c.number == number).values(due_at=first, card=worst))
