"""Messages waiting to be sent: written with the reply that made them, removed when delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select, update

from bot.desk.clocks.timekeeper import Told
from bot.message import Message
from bot.store.append import MESSAGE_COLUMNS, lock, to_message
from bot.store.database import Database
from bot.store.dead_letters import tell_supervisors
from bot.store.schema import citizens, conversations, messages, outbox

LEASE = timedelta(seconds=30)
"""Where several processes send, a letter is one's for so long; if it dies meanwhile, another tries."""
ANSWERING = timedelta(seconds=20)
"""While an answer is on its way in the response to a message, nobody else sends it for so long."""

_TAKING = 8348
"""PostgreSQL's advisory lock of this name is held while letters are taken."""
_DUE = outbox.c.state == "due"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to deliver."""

    row: int
    channel: str
    message: Message
    attempts: int
    """Deliveries that have failed so far."""
    address: str = ""
    """The citizen's id at the provider; "" where there is none."""
    sent: int = 0
    """Pieces of it that have arrived."""


def _letters(rows: Any) -> list[Letter]:
    return [Letter(row.row, row.to, to_message(row), row.attempts, row.external_id or "", row.sent) for row in rows]


def _letter() -> Select[Any]:
    return (
        select(
            outbox.c.id.label("row"),
            outbox.c.channel.label("to"),
            outbox.c.attempts,
            outbox.c.sent,
            citizens.c.external_id,
            *MESSAGE_COLUMNS,
        )
        .join(messages, messages.c.id == outbox.c.message)
        .join(conversations, conversations.c.id == outbox.c.conversation_id)
        .join(citizens, citizens.c.id == conversations.c.citizen_id)
        .order_by(outbox.c.id)
    )


# Kept, because building statements anew costs more than running them.
_EARLIER = outbox.alias("earlier")
_BLOCKED = (
    select(_EARLIER.c.id)
    .where(
        _EARLIER.c.conversation_id == outbox.c.conversation_id,
        _EARLIER.c.id < outbox.c.id,
        # One that is held holds back the rest: the citizen reads in order, whenever that is.
        (_EARLIER.c.state == "held") | ((_EARLIER.c.state == "due") & (_EARLIER.c.due_at > bindparam("now"))),
    )
    .exists()
)
_IS_READY = (outbox.c.due_at <= bindparam("now"), _DUE, ~_BLOCKED)
_READY = _letter().where(*_IS_READY).limit(bindparam("most"))
_TAKE_READY = (
    update(outbox)
    .where(outbox.c.id.in_(select(outbox.c.id).where(*_IS_READY).order_by(outbox.c.id).limit(bindparam("most"))))
    .values(due_at=bindparam("until"))
    .returning(outbox.c.id)
)
_THESE = outbox.c.id.in_(bindparam("rows", expanding=True))
_OF_ROWS = _letter().where(_THESE)
_NEXT = select(outbox.c.due_at).where(_DUE).order_by(outbox.c.due_at).limit(1)
_FORGET = delete(outbox).where(_THESE)
_PUT_OFF = update(outbox).where(_THESE).values(due_at=bindparam("until"))
_LEAVING = (
    update(outbox)
    .where(_THESE)
    .values(state="answered", sent=0, due_at=bindparam("until"), stopped_at=bindparam("now"))
)
_WAITING = (
    select(
        outbox.c.id, outbox.c.channel, outbox.c.state, outbox.c.attempts, outbox.c.sent, outbox.c.due_at, messages.c.seq
    )
    .join(messages, messages.c.id == outbox.c.message)
    .where(outbox.c.conversation_id == bindparam("which"), outbox.c.state.in_(("due", "held")))
    .order_by(outbox.c.id)
    .with_for_update(of=outbox)
)


class OutboxStore:
    """The rows of the outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, limit: int) -> list[Letter]:
        """Letters whose time has come, oldest first; none overtakes an earlier one of its conversation."""
        asked = {"now": now, "most": limit}

        def look(connection: Connection) -> list[Letter]:
            return _letters(connection.execute(_READY, asked))

        def take(connection: Connection) -> list[Letter]:
            # One process at a time, so that none sees a conversation's second letter before the first is taken.
            connection.execute(select(func.pg_advisory_xact_lock(_TAKING)))
            rows = list(connection.execute(_TAKE_READY, {**asked, "until": now + LEASE}).scalars())
            return _letters(connection.execute(_OF_ROWS, {"rows": rows})) if rows else []

        return await (self._database.write(take) if self._database.shared else self._database.read(look))

    async def next_due(self) -> datetime | None:
        """When the next letter is due; None when none waits."""
        return await self._database.read(lambda connection: connection.scalar(_NEXT))

    async def delivered(self, rows: Sequence[int]) -> None:
        """Forget letters that have arrived."""
        await self._database.write(lambda connection: connection.execute(_FORGET, {"rows": list(rows)}))

    async def arrived(self, row: int, pieces: int) -> None:
        """So many pieces of the letter have arrived; they are not sent again."""
        statement = update(outbox).where(outbox.c.id == row).values(sent=pieces)
        await self._database.write(lambda connection: connection.execute(statement))

    async def failed(self, row: int, again: datetime, why: str) -> None:
        """Try once more at `again`."""
        await self._change([row], attempts=outbox.c.attempts + 1, due_at=again, why=why[:200])

    async def wait(self, rows: Sequence[int], until: datetime) -> None:
        """Not tried before then; that is nobody's failure."""
        await self._change(rows, due_at=until)

    async def hold(self, row: int, now: datetime, why: str, since: datetime) -> None:
        """Until the citizen writes next, which frees it: the provider takes nothing before. Who has written `since`,
        while it was being tried, has freed it already: it is tried again."""

        def work(connection: Connection) -> None:
            mine = select(outbox.c.conversation_id).where(outbox.c.id == row)
            conversation = connection.execute(mine).scalar_one_or_none()
            if conversation is None:
                return
            lock(connection, conversation)  # as whoever stores what the citizen writes does
            written = select(messages.c.id).where(
                messages.c.conversation_id == conversation, messages.c.sender == "citizen", messages.c.at > since
            )
            if connection.execute(written.limit(1)).first() is not None:
                values: dict[str, Any] = {"due_at": now, "attempts": outbox.c.attempts + 1, "why": why[:200]}
            else:
                values = {"state": "held", "stopped_at": now, "why": why[:200]}
            connection.execute(update(outbox).where(outbox.c.id == row).values(**values))

        await self._database.write(work)

    async def give_up(self, row: int, now: datetime, why: str) -> list[Told]:
        """Kept for a person to see; the supervisors who are told of it."""

        def work(connection: Connection) -> list[Told]:
            gone = {"state": "dead", "stopped_at": now, "why": why[:200], "attempts": outbox.c.attempts + 1}
            ended = update(outbox).where(outbox.c.id == row, _DUE).values(**gone).returning(outbox.c.conversation_id)
            conversation = connection.execute(ended).scalar_one_or_none()
            return [] if conversation is None else tell_supervisors(connection, conversation, now)

        return await self._database.write(work)

    async def take(
        self, conversation: str, now: datetime, *, leaving: datetime | None = None, known: Sequence[Message] = ()
    ) -> list[Letter]:
        """All that waits for this citizen, for whoever sends it in the response to a message; [] when it is too late.

        What is `known` already is not read again.

        Nobody else sends it for a while. `delivered` forgets it once the response has left; `wait` gives it back.
        Where the provider asks again for a response that it has not heard, the letters are taken as `leaving`, to be
        kept until then; see `bot.store.answered`.
        """

        def work(connection: Connection) -> list[Letter]:
            found = connection.execute(_WAITING, {"which": conversation}).all()
            # One that was tried, is under way or overdue is the sender's, and then all are: order before speed.
            if any(row.state == "held" or row.attempts or row.sent for row in found):
                return []
            if not found or not all(now < row.due_at <= now + ANSWERING / 2 for row in found):
                return []
            mine = [row.id for row in found]
            if leaving is None:
                connection.execute(_PUT_OFF, {"rows": mine, "until": now + ANSWERING})
            else:
                connection.execute(_LEAVING, {"rows": mine, "until": leaving, "now": now})
            said = {message.seq: message for message in known}
            if all(row.seq in said for row in found):
                return [Letter(row.id, row.channel, said[row.seq], 0) for row in found]
            return _letters(connection.execute(_OF_ROWS, {"rows": mine}))

        return await self._database.write(work)

    async def _change(self, rows: Sequence[int], **values: Any) -> None:
        statement = update(outbox).where(outbox.c.id.in_(rows)).values(**values)
        await self._database.write(lambda connection: connection.execute(statement))
