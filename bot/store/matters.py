"""Matters: numbers given out one by one, and what a turn writes on them."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from bot.clock import SHANGHAI
from bot.dialogue.engine import Application
from bot.records import MatterCard, MatterView, Progress, Recalled
from bot.store.append import lock
from bot.store.schema import applications, conversations, matters

# The same words on SQLite (from 3.35) and PostgreSQL; the row lock makes two callers take two numbers.
_COUNT = text(
    "INSERT INTO matter_counters (day, last) VALUES (:day, 1) "
    "ON CONFLICT (day) DO UPDATE SET last = matter_counters.last + 1 RETURNING last"
)
_INSERT = insert(matters)
MOST_FAILURES = 5
"""Wrong codes before a matter can only be opened by a person: six digits would be guessed otherwise."""


def open_matter(connection: Connection, conversation: str, citizen: str, now: datetime) -> str:
    """A new matter of the conversation; its number is YYYYMMDD-NNNN of the day in Shanghai."""
    day = now.astimezone(SHANGHAI).strftime("%Y%m%d")
    count = (connection.execute(_COUNT, {"day": day})).scalar_one()
    number = f"{day}-{count:04d}"
    values: dict[str, Any] = {
        "number": number,
        "conversation_id": conversation,
        "citizen_id": citizen,
        "state": "bot",
        "topic": "",
        "area": "",
        "priority": 2,
        "summary": {},
        "opinion": None,
        "code": f"{secrets.randbelow(10**6):06d}",
        "code_failures": 0,
        "created_at": now,
        "updated_at": now,
    }
    connection.execute(_INSERT, values)
    return number


def find_matter(connection: Connection, number: str) -> MatterView | None:
    """The matter with this number."""
    row = connection.execute(select(matters).where(matters.c.number == number)).one_or_none()
    if row is None:
        return None
    return MatterView(
        row.number,
        row.conversation_id,
        row.state,
        row.topic,
        row.area,
        row.summary,
        row.opinion,
        row.created_at,
        row.updated_at,
    )


def card(connection: Connection, number: str) -> MatterCard:
    """What the citizen is given. Raises LookupError."""
    code = connection.execute(select(matters.c.code).where(matters.c.number == number)).scalar_one_or_none()
    if code is None:
        raise LookupError(f"there is no matter {number}")
    return MatterCard(number, code, progress(connection, number))


def progress(connection: Connection, number: str) -> tuple[Progress, ...]:
    """Applications of a matter, oldest first."""
    rows = connection.execute(select(applications).where(applications.c.matter == number).order_by(applications.c.id))
    return tuple(Progress(row.kind, row.title, row.state, row.submitted_at, row.due_on) for row in rows)


def submit(
    connection: Connection, number: str, application: Application, summary: dict[str, Any], now: datetime
) -> None:
    """An application goes on the desk; the same one is not taken twice while it is open."""
    same = select(applications.c.id).where(
        applications.c.matter == number, applications.c.kind == application.kind, applications.c.state == "submitted"
    )
    if connection.execute(same).first() is None:
        values: dict[str, Any] = {
            "matter": number,
            "kind": application.kind,
            "title": application.title,
            "state": "submitted",
            "summary": summary,
            "submitted_at": now,
            "due_on": application.due,
        }
        connection.execute(insert(applications), values)


def recall(connection: Connection, conversation: str, number: str, code: str, now: datetime) -> Recalled | None:
    """Put the conversation on the matter of that number; None for a wrong code or after too many."""
    lock(connection, conversation)
    row = connection.execute(select(matters).where(matters.c.number == number).with_for_update()).one_or_none()
    if row is None or row.code_failures >= MOST_FAILURES:
        return None
    which = update(matters).where(matters.c.number == number)
    if not hmac.compare_digest(row.code.encode(), code.encode()):
        connection.execute(which.values(code_failures=matters.c.code_failures + 1))
        return None
    dialogue = connection.execute(
        select(conversations.c.dialogue).where(conversations.c.id == row.conversation_id)
    ).scalar_one()
    here = select(conversations.c.matter).where(conversations.c.id == conversation)
    opened = connection.execute(here).scalar_one()
    if opened is not None and opened != number:
        # The number that this conversation was given before it was known to be about an earlier matter.
        merged = {"state": "closed", "closed_at": now, "updated_at": now, "summary": {"merged_into": number}}
        connection.execute(update(matters).where(matters.c.number == opened).values(**merged))
    connection.execute(which.values(conversation_id=conversation, state="bot", updated_at=now, code_failures=0))
    connection.execute(update(conversations).where(conversations.c.id == conversation).values(matter=number))
    return Recalled(number, row.topic, dialogue, progress(connection, number))
