"""Messages waiting to be sent: written with the reply that made them, removed when delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from bot.message import Message
from bot.store.append import MESSAGE_COLUMNS, to_message
from bot.store.database import Database
from bot.store.schema import messages, outbox

LEASE = timedelta(seconds=30)
"""Where several processes send, a letter is one's for so long; if it dies meanwhile, another tries."""

_TAKING = 8348
"""PostgreSQL's advisory lock of this name is held while letters are taken."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to deliver."""

    row: int
    channel: str
    message: Message
    attempts: int
    """Deliveries that have failed so far."""


def _letters(rows: Any) -> list[Letter]:
    return [Letter(row.row, row.to, to_message(row), row.attempts) for row in rows]


class OutboxStore:
    """The rows of the outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, limit: int) -> list[Letter]:
        """Letters whose time has come, oldest first; none overtakes an earlier one of its conversation."""
        earlier = outbox.alias("earlier")
        blocked = (
            select(earlier.c.id)
            .where(
                earlier.c.conversation_id == outbox.c.conversation_id,
                earlier.c.id < outbox.c.id,
                earlier.c.dead.is_(False),
                earlier.c.due_at > now,
            )
            .exists()
        )
        ready = (outbox.c.due_at <= now, outbox.c.dead.is_(False), ~blocked)
        letter = select(
            outbox.c.id.label("row"), outbox.c.channel.label("to"), outbox.c.attempts, *MESSAGE_COLUMNS
        ).join(messages, messages.c.id == outbox.c.message)
        ordered = letter.order_by(outbox.c.id)

        def look(connection: Connection) -> list[Letter]:
            return _letters(connection.execute(ordered.where(*ready).limit(limit)))

        def take(connection: Connection) -> list[Letter]:
            # One process at a time, so that none sees a conversation's second letter before the first is taken.
            connection.execute(select(func.pg_advisory_xact_lock(_TAKING)))
            mine = select(outbox.c.id).where(*ready).order_by(outbox.c.id).limit(limit)
            taken = update(outbox).where(outbox.c.id.in_(mine))
            rows = list(connection.execute(taken.values(due_at=now + LEASE).returning(outbox.c.id)).scalars())
            return _letters(connection.execute(ordered.where(outbox.c.id.in_(rows)))) if rows else []

        return await (self._database.write(take) if self._database.shared else self._database.read(look))

    async def next_due(self) -> datetime | None:
        """When the next letter is due; None when none waits."""
        statement = select(outbox.c.due_at).where(outbox.c.dead.is_(False)).order_by(outbox.c.due_at).limit(1)
        return await self._database.read(lambda connection: connection.scalar(statement))

    async def delivered(self, rows: Sequence[int]) -> None:
        """Forget letters that have arrived."""

        def work(connection: Connection) -> None:
            connection.execute(delete(outbox).where(outbox.c.id.in_(rows)))

        await self._database.write(work)

    async def failed(self, row: int, again: datetime | None) -> None:
        """Try once more at `again`; None gives up and keeps the letter for a person to see."""
        values = {"attempts": outbox.c.attempts + 1, **({"dead": True} if again is None else {"due_at": again})}

        def work(connection: Connection) -> None:
            connection.execute(update(outbox).where(outbox.c.id == row).values(**values))

        await self._database.write(work)
