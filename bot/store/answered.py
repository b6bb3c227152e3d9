"""Letters that leave in the response to a message: kept for a while, because the provider asks again where it heard
nothing, and must then hear the same.

They are noted before the response is written. So a crash in between loses nothing and repeats nothing: the provider,
which has heard nothing, asks again. Only where nobody was there to be asked again does the sender get them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.message import Message
from bot.store.append import MESSAGE_COLUMNS, to_message
from bot.store.database import Database
from bot.store.outbox import Letter, OutboxStore
from bot.store.schema import messages, outbox

KEPT = timedelta(minutes=2)
"""Much longer than a provider goes on asking."""
ASKS_AGAIN = timedelta(seconds=4)
"""A provider that heard nothing asks again later than this: who starts sooner is asked."""
_STATE = "answered"
_THESE = outbox.c.id.in_(bindparam("rows", expanding=True))
_LEFT = update(outbox).where(_THESE, outbox.c.state == _STATE).values(sent=1)
_BACK = update(outbox).where(_THESE, outbox.c.state == _STATE)
_OLD = delete(outbox).where(outbox.c.state == _STATE, outbox.c.due_at <= bindparam("now"))
_UNSURE = (
    update(outbox)
    .where(
        outbox.c.state == _STATE,
        outbox.c.sent == 0,
        outbox.c.due_at > bindparam("now"),
        outbox.c.stopped_at < bindparam("before"),
    )
    .values(state="due", due_at=bindparam("now"))
)


class AnsweredStore:
    """Such letters; no sender looks at them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._letters = OutboxStore(database)

    async def begin(self, now: datetime) -> None:
        """After a start: those that may not have left, and that nobody was there to be asked for, are the sender's."""
        unsure = {"now": now, "before": now - ASKS_AGAIN}
        await self._database.write(lambda connection: connection.execute(_UNSURE, unsure))

    async def take(self, conversation: str, now: datetime, known: Sequence[Message] = ()) -> list[Letter]:
        """All that waits for this citizen; [] when it is too late for the response."""
        return await self._letters.take(conversation, now, leaving=now + KEPT, known=known)

    async def left(self, rows: Sequence[int], now: datetime) -> None:
        """These have left; those that nobody can ask for any more are forgotten."""

        def work(connection: Connection) -> None:
            connection.execute(_OLD, {"now": now})
            connection.execute(_LEFT, {"rows": list(rows)})

        await self._database.write(work)

    async def back(self, rows: Sequence[int], now: datetime) -> None:
        """These do not leave so: the sender sends them, and now."""
        changed = _BACK.values(state="due", sent=0, due_at=now)
        await self._database.write(lambda connection: connection.execute(changed, {"rows": list(rows)}))

    async def before(self, conversation: str, seqs: Sequence[int]) -> list[Letter]:
        """All that left in the response in which the first of these did, in order; [] where it left another way."""
        mine = (outbox.c.conversation_id == conversation, outbox.c.state == _STATE)
        when = (
            select(outbox.c.stopped_at)
            .join(messages, messages.c.id == outbox.c.message)
            .where(*mine, messages.c.seq.in_(seqs))
            .order_by(messages.c.seq)
            .limit(1)
        )
        letters = select(outbox.c.id.label("row"), *MESSAGE_COLUMNS).join(messages, messages.c.id == outbox.c.message)

        def look(connection: Connection) -> list[Letter]:
            left_at = connection.execute(when).scalar_one_or_none()
            if left_at is None:
                return []
            rows = connection.execute(letters.where(*mine, outbox.c.stopped_at == left_at).order_by(messages.c.seq))
            return [Letter(row.row, row.channel, to_message(row), 0) for row in rows]

        return await self._database.read(look)
