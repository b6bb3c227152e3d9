"""Matters: numbers given out one by one, and what a turn writes on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text

from bot.clock import SHANGHAI
from bot.records import MatterView
from bot.store.schema import matters

# The same words on SQLite (from 3.35) and PostgreSQL; the row lock makes two callers take two numbers.
_COUNT = text(
    "INSERT INTO matter_counters (day, last) VALUES (:day, 1) "
    "ON CONFLICT (day) DO UPDATE SET last = matter_counters.last + 1 RETURNING last"
)
_INSERT = insert(matters)


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
