"""Letters that left in the response to a message: kept for a while, because the provider asks again where it heard
nothing, and must then hear the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.store.database import Database
from bot.store.schema import messages, outbox

KEPT = timedelta(minutes=2)
"""Much longer than a provider goes on asking."""
_STATE = "answered"


class AnsweredStore:
    """Such letters; no sender looks at them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def left(self, rows: Sequence[int], now: datetime) -> None:
        """These have left; those that nobody can ask for any more are forgotten."""
        gone = update(outbox).where(outbox.c.id.in_(rows), outbox.c.state == "due")
        old = delete(outbox).where(outbox.c.state == _STATE, outbox.c.due_at <= now)

        def work(connection: Connection) -> None:
            connection.execute(old)
            connection.execute(gone.values(state=_STATE, due_at=now + KEPT, stopped_at=now))

        await self._database.write(work)

    async def before(self, conversation: str, seqs: Sequence[int]) -> list[int]:
        """Which of these messages have left so, in order."""
        found = (
            select(messages.c.seq)
            .join(outbox, outbox.c.message == messages.c.id)
            .where(
                outbox.c.conversation_id == conversation,
                outbox.c.state == _STATE,
                messages.c.conversation_id == conversation,
                messages.c.seq.in_(seqs),
            )
            .order_by(messages.c.seq)
        )

        def look(connection: Connection) -> Any:
            return list(connection.execute(found).scalars())

        return await self._database.read(look)
