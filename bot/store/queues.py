"""The queues in the database: the storage behind `bot.desk.queues.book`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.desk.queues.queue import GENERAL, Queue, served
from bot.desk.rights import may
from bot.desk.seat import Seat
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import queues
from bot.store.schema import claims, conversations, matters

_ALL = select(queues).order_by(queues.c.key)


def load_queues(connection: Connection) -> list[Queue]:
    """All queues, closed ones too, by key."""
    return [Queue(**{**row._mapping, "areas": tuple(row.areas)}) for row in connection.execute(_ALL)]


def open_to(connection: Connection, seat: Seat) -> list[str] | None:
    """Keys of the queues the seat may take from; None for all: a supervisor takes whatever nobody takes."""
    return None if may(seat, "supervise") else list(served(load_queues(connection), seat))


def move(connection: Connection, chosen: Sequence[str], to: str, now: datetime, actor: str, action: str) -> None:
    """Put conversations that wait into another queue, with their claims and the matters nobody works on."""
    if not chosen:
        return
    connection.execute(
        update(claims).where(claims.c.conversation_id.in_(chosen), claims.c.ended_at.is_(None)).values(queue=to)
    )
    connection.execute(
        update(matters)
        .where(
            matters.c.number.in_(select(conversations.c.matter).where(conversations.c.id.in_(chosen))),
            matters.c.owner_id.is_(None),
        )
        .values(queue=to, updated_at=now)
    )
    for conversation in chosen:
        note(connection, now, actor, action, conversation, queue=to)


def take_out(connection: Connection, queue: str, to: str, now: datetime, *conditions: Any) -> list[str]:
    """Who waits in `queue` goes to `to` if `conditions` hold, in one statement: one of several callers moves each."""
    statement = (
        update(conversations)
        .where(conversations.c.state == "waiting", conversations.c.queue == queue, *conditions)
        .values(queue=to, updated_at=now)
        .returning(conversations.c.id)
    )
    return list(connection.execute(statement).scalars())


class QueueStore:
    """Implements `bot.desk.queues.records.QueueRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def queues(self) -> list[Queue]:
        """All queues, closed ones too, by key."""
        return await self._database.read(load_queues)

    async def save(self, queue: Queue, seat: Seat, now: datetime) -> None:
        """Add or change one; a closed one is emptied."""
        values = {**asdict(queue), "areas": list(queue.areas)}

        def work(connection: Connection) -> None:
            changed = connection.execute(update(queues).where(queues.c.key == queue.key).values(**values))
            if not changed.rowcount:
                connection.execute(insert(queues), values)
            note(connection, now, f"staff:{seat.id}", "queue_saved", queue.key, closed=queue.closed)
            if queue.closed:
                moved = take_out(connection, queue.key, GENERAL, now)
                move(connection, moved, GENERAL, now, f"staff:{seat.id}", "queue_closed")

        await self._database.write(work)
