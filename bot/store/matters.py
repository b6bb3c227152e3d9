"""Matters: numbers given out one by one, and what a turn writes on them."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from bot.clock import SHANGHAI
from bot.desk.matters.orders import returns
from bot.records import MatterCard, MatterView, Progress, Recalled
from bot.store.append import lock
from bot.store.desk_schema import matter_links
from bot.store.family import family, surviving
from bot.store.schema import applications, conversations, matters
from bot.store.steps import locked, machine

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
    """The matter with this number; a merged number opens the matter it went into."""
    row = connection.execute(select(matters).where(matters.c.number == surviving(connection, number))).one_or_none()
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
    """Applications of a matter and of those that were merged into it, oldest first."""
    rows = connection.execute(
        select(applications).where(applications.c.matter.in_(family(connection, number))).order_by(applications.c.id)
    )
    return tuple(
        Progress(
            row.kind,
            row.title,
            row.state,
            row.submitted_at,
            row.due_on,
            row.reason,
            row.course.get("supplement", {}).get("what", "") if row.state == "supplement" else "",
        )
        for row in rows
    )


def recall(connection: Connection, conversation: str, number: str, code: str, now: datetime) -> Recalled | None:
    """Put the conversation on the matter of that number, or on one that follows it where it ended long ago.

    None for a wrong code or after too many. An old number that was merged opens the matter it went into.
    """
    lock(connection, conversation)
    given = connection.execute(select(matters).where(matters.c.number == number).with_for_update()).one_or_none()
    if given is None or given.code_failures >= MOST_FAILURES:
        return None
    if not hmac.compare_digest(given.code.encode(), code.encode()):
        which = update(matters).where(matters.c.number == number)
        connection.execute(which.values(code_failures=matters.c.code_failures + 1))
        return None
    return take_up(connection, conversation, given, now)


def take_up(connection: Connection, conversation: str, given: Any, now: datetime) -> Recalled:
    """Put the conversation, which is locked, on the matter of this row, which is locked too and the citizen's own."""
    number = given.number
    row = given if given.merged_into is None else locked(connection, given.merged_into)
    dialogue = connection.execute(
        select(conversations.c.dialogue).where(conversations.c.id == row.conversation_id)
    ).scalar_one()
    here = select(conversations.c.matter).where(conversations.c.id == conversation)
    opened = connection.execute(here).scalar_one()
    told = Recalled(row.number, row.topic, dialogue, progress(connection, row.number))
    if opened is not None and opened != row.number and not returns(row.status, row.closed_at, now):
        relate(connection, opened, row.number, "follows", now)
        return replace(told, number=opened)
    if opened is not None and opened != row.number:
        # The number that this conversation was given before it was known to be about an earlier matter.
        absorb(connection, conversation, opened, row.number, now)
    machine(connection, row.number, "comes_back", now)
    which = update(matters).where(matters.c.number == row.number)
    connection.execute(which.values(conversation_id=conversation, state="bot", updated_at=now))
    # The number that was given too: what was applied for under it is told where its citizen is now.
    given_too = update(matters).where(matters.c.number == number)
    connection.execute(given_too.values(code_failures=0, conversation_id=conversation))
    connection.execute(update(conversations).where(conversations.c.id == conversation).values(matter=row.number))
    return told


def absorb(connection: Connection, conversation: str, opened: str, number: str, now: datetime) -> None:
    """A matter that only held the number of this talk goes into the one the talk is about; any other is linked."""
    untouched = select(matters.c.version).where(matters.c.number == opened)
    others = select(conversations.c.id).where(conversations.c.matter == opened, conversations.c.id != conversation)
    alone = connection.execute(others.limit(1)).first() is None
    bare = alone and connection.execute(untouched).scalar_one() == 0
    if bare and machine(connection, opened, "absorbed", now, target=number):
        gone = {"state": "closed", "merged_into": number, "summary": {"merged_into": number}}
        connection.execute(update(matters).where(matters.c.number == opened).values(**gone))
    else:
        relate(connection, number, opened, "related", now)


def relate(connection: Connection, matter: str, other: str, kind: str, now: datetime) -> None:
    """Link two matters; a citizen may name the same number again and again."""
    link = {"matter": matter, "other": other, "kind": kind}
    if connection.execute(select(matter_links.c.id).filter_by(**link)).first() is None:
        connection.execute(insert(matter_links), {**link, "at": now})
