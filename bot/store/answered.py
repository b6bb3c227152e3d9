"""Letters that left in the response to a message: kept for a while, because the provider asks again where it heard
nothing, and must then hear the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.message import Message
from bot.store.append import MESSAGE_COLUMNS, to_message
from bot.store.database import Database
from bot.store.schema import messages, outbox

KEPT = timedelta(minutes=2)
"""Much longer than a provider goes on asking."""
_STATE = "answered"


_GONE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == "due")
    .values(state=_STATE, due_at=bindparam("until"), stopped_at=bindparam("now"))
)
_OLD = delete(outbox).where(outbox.c.state == _STATE, outbox.c.due_at <= bindparam("now"))


class AnsweredStore:
    """Such letters; no sender looks at them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def left(self, rows: Sequence[int], now: datetime) -> None:
        """These have left; those that nobody can ask for any more are forgotten."""
        gone = [{"row": row, "until": now + KEPT, "now": now} for row in rows]

        def work(connection: Connection) -> None:
            connection.execute(_OLD, {"now": now})
            connection.execute(_GONE, gone)

        await self._database.write(work)

    async def before(self, conversation: str, seqs: Sequence[int]) -> list[Message]:
        """All that left in the response in which the first of these did, in order; [] where it left another way."""
        mine = (outbox.c.conversation_id == conversation, outbox.c.state == _STATE)
        when = (
            select(outbox.c.stopped_at)
            .join(messages, messages.c.id == outbox.c.message)
            .where(*mine, messages.c.seq.in_(seqs))
            .order_by(messages.c.seq)
            .limit(1)
        )
        letters = select(*MESSAGE_COLUMNS).join(outbox, outbox.c.message == messages.c.id).order_by(messages.c.seq)

        def look(connection: Connection) -> list[Message]:
            left_at = connection.execute(when).scalar_one_or_none()
            if left_at is None:
                return []
            return [to_message(row) for row in connection.execute(letters.where(*mine, outbox.c.stopped_at == left_at))]

        return await self._database.read(look)
