"""Turns: taken up by one process at a time, and all that one did written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from bot.dialogue.engine import Handoff, Part, Reply
from bot.reception import Placed
from bot.records import Outcome, Pending, TurnTaken
from bot.store.append import MESSAGE_COLUMNS, to_message
from bot.store.database import Database
from bot.store.leases import Leases
from bot.store.own_applications import hand_in
from bot.store.schema import conversations, messages
from bot.store.timers import handed_off
from bot.store.turns import URGENT, note_matter, queue, raise_claim, speak, text_opinion

_NEXT_PENDING = (
    select(
        *MESSAGE_COLUMNS,
        messages.c.id,
        messages.c.key,
        conversations.c.state,
        conversations.c.dialogue,
        conversations.c.matter,
    )
    .join(conversations, conversations.c.id == messages.c.conversation_id)
    .where(messages.c.conversation_id == bindparam("which"), messages.c.pending)
    .order_by(messages.c.seq)
    .limit(2)
)
_DONE = (
    update(messages)
    .where(messages.c.id == bindparam("row"), messages.c.pending)
    .values(pending=False)
    .returning(messages.c.id)
)
"""Finds nothing where another process has acted on the message meanwhile: what it said then counts."""
LEFT_AFTER = timedelta(seconds=5)
"""A pending message as old as that, on which no process acts, was left by one that died or failed."""
_STATE = select(conversations.c.state).where(conversations.c.id == bindparam("which"))


class Acting:
    """See `bot.records.ConversationRecords`."""

    def __init__(self, database: Database, leases: Leases, opinion_link: Callable[[str], str]) -> None:
        self._database = database
        self._leases = leases
        self._opinion_link = opinion_link

    async def next_pending(self, conversation: str, now: datetime) -> Pending | None:
        """The oldest inbound message still to be acted on; see the protocol."""
        found = await self._database.read(lambda connection: _oldest_pending(connection, conversation))
        if found is None or not self._database.shared:
            return found

        def work(connection: Connection) -> Pending | None:
            if not self._leases.take(connection, conversation, now):
                raise TurnTaken
            found = _oldest_pending(connection, conversation)  # the one that was looked at may be done by now
            if found is None:
                self._leases.drop(connection, conversation)
            return found

        return await self._database.write(work)

    async def still_acting(self, now: datetime) -> None:
        """What this process acts on stays its own."""
        if self._database.shared:
            await self._database.write(lambda connection: self._leases.keep(connection, now))

    async def finish(
        self,
        pending: Pending,
        reply: Reply | None,
        handoff: tuple[Handoff, Placed] | None,
        parts: Sequence[Part],
        now: datetime,
    ) -> Outcome:
        """Everything a turn did, in one transaction; see the protocol."""
        which = pending.message.conversation

        def work(connection: Connection) -> Outcome:
            self._leases.drop(connection, which)
            if connection.execute(_DONE, {"row": pending.row}).one_or_none() is None:
                return _answered(connection, pending)
            placed = None if handoff is None else handoff[1]
            message = speak(connection, pending, reply, placed, parts, now) if parts else None
            if message is None:
                state = connection.execute(_STATE, {"which": which}).scalar_one()
                return Outcome(pending.message, (), state, pending.matter)
            raised = placed is not None and (pending.state == "bot" or placed.priority == URGENT)
            note_matter(connection, pending.matter, reply, placed if raised else None, now)
            if reply is not None and any(part.kind == "opinion" for part in reply.parts):
                text_opinion(connection, pending, self._opinion_link(pending.matter), now)
            if reply is not None and reply.application is not None:
                hand_in(connection, pending.matter, reply.application, dict(reply.summary), now)
            if handoff is not None and pending.state == "bot":
                queue(connection, which, pending.matter, *handoff, now)
                handed_off(connection, which, pending.matter, now)
            elif handoff is not None and raised:
                raise_claim(connection, which, *handoff)
            return Outcome(pending.message, (message,), pending.state if handoff is None else "waiting", pending.matter)

        return await self._database.write(work)

    async def unfinished(self, now: datetime | None = None) -> list[str]:
        """Conversations that have a pending message."""
        statement = select(messages.c.conversation_id).where(messages.c.pending).distinct()
        if now is not None:
            statement = statement.join(conversations, conversations.c.id == messages.c.conversation_id)
            statement = statement.where(messages.c.at < now - LEFT_AFTER, self._leases.free(now))
        return await self._database.read(lambda connection: list(connection.execute(statement).scalars()))


def _answered(connection: Connection, pending: Pending) -> Outcome:
    """What another process has made of the message."""
    row = connection.execute(_STATE, {"which": pending.message.conversation}).one()
    replies = connection.execute(
        select(*MESSAGE_COLUMNS).where(messages.c.reply_to == pending.row).order_by(messages.c.seq)
    )
    said = tuple(to_message(reply) for reply in replies)
    return Outcome(pending.message, said, row.state, pending.matter, repeated=True)


def _oldest_pending(connection: Connection, conversation: str) -> Pending | None:
    rows = connection.execute(_NEXT_PENDING, {"which": conversation}).all()
    if not rows:
        return None
    row = rows[0]
    return Pending(row.id, row.key, to_message(row), row.state, row.dialogue, row.matter or "", len(rows) > 1)
