"""What citizens do with their own applications in the talk: hand in, take back, change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.desk.matters.applications import OPEN
from bot.dialogue.engine import Application
from bot.progress import TAKEN_BACK_BEFORE
from bot.store.family import family, surviving
from bot.store.schema import applications
from bot.store.steps import guarded, locked
from bot.store.timers import application_moved, submitted

_WITHDRAWN = "来访人在对话中要求撤回"
_MOST_NOTE = 200


def hand_in(
    connection: Connection, number: str, application: Application, summary: dict[str, Any], now: datetime
) -> None:
    """Do with the matter's application what `application.act` says."""
    match application.act:
        case "submit":
            _submit(connection, number, application, summary, now)
        case "withdraw":
            _withdraw(connection, number, application, now)
        case "amend":
            _amend(connection, number, application, summary, now)


def _submit(
    connection: Connection, number: str, application: Application, summary: dict[str, Any], now: datetime
) -> None:
    """It goes on the desk; the same one, with the same facts, is not taken twice while it is open."""
    open_ones = _open(connection, number, application.kind, OPEN)
    if any(row.summary.get("facts") == summary.get("facts") for row in open_ones):
        return
    values: dict[str, Any] = {
        "matter": number,
        "kind": application.kind,
        "title": application.title,
        "state": "submitted",
        "summary": summary,
        "submitted_at": now,
        "due_on": application.due,
    }
    made = connection.execute(insert(applications).returning(applications.c.id), values).scalar_one()
    submitted(connection, made, application.kind, number, now)


def _withdraw(connection: Connection, number: str, application: Application, now: datetime) -> None:
    """The latest of the kind that nobody was appointed for yet."""
    found = _open(connection, number, application.kind, TAKEN_BACK_BEFORE)
    row = found[-1] if found else None
    if row is None:
        return
    values = {"state": "withdrawn", "decided_at": now, "reason": _WITHDRAWN, "version": row.version + 1}
    connection.execute(update(applications).where(applications.c.id == row.id).values(**values))
    application_moved(connection, row.id, row.kind, row.matter, "withdraw", now)
    _note(connection, number, "application_withdraw", f"{row.title}：{_WITHDRAWN}", now)


def _amend(
    connection: Connection, number: str, application: Application, summary: dict[str, Any], now: datetime
) -> None:
    """The desk reads what changed on the latest of the kind and among the steps of the matter."""
    found = _open(connection, number, application.kind, OPEN)
    if not found:
        return
    row = found[-1]
    values = {"summary": summary, "version": row.version + 1}
    connection.execute(update(applications).where(applications.c.id == row.id).values(**values))
    _note(connection, number, "application_amend", f"{row.title}：{application.note[:_MOST_NOTE]}", now)


def _open(connection: Connection, number: str, kind: str, states: tuple[str, ...]) -> list[Any]:
    which = applications.c.matter.in_(family(connection, number)), applications.c.kind == kind
    statement = select(applications).where(*which, applications.c.state.in_(states)).order_by(applications.c.id)
    return list(connection.execute(statement))


def _note(connection: Connection, number: str, action: str, reason: str, now: datetime) -> None:
    row = locked(connection, surviving(connection, number))
    if row is not None:
        guarded(connection, row, {}, action, None, now, reason=reason)
