"""Those who wait, in the database: the storage behind `bot.desk.queues.front` and `rounds`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, not_, or_, select, update

from bot.calls.call import VOICE
from bot.desk.queues.estimate import LEAST_MEASURED
from bot.desk.queues.help import Help
from bot.desk.queues.need import Told
from bot.desk.queues.presence import AtDesk
from bot.desk.queues.queue import Queue
from bot.desk.queues.records import CallBack, Waiting
from bot.dialogue.engine import Part
from bot.message import Message, parts_from_json
from bot.store.append import append, next_slot
from bot.store.audit import note
from bot.store.claims import SERVED_FIRST, URGENT, follow, on_claim
from bot.store.database import Database
from bot.store.desk_schema import callbacks, queues
from bot.store.desks import load_desks
from bot.store.phones import keep
from bot.store.queues import load_queues, move, take_out
from bot.store.regions import covered
from bot.store.schema import claims, conversations, matters, messages
from bot.store.timers import to_bot, waits_no_more

MOST_READ = 60
"""The newest messages of a citizen that are read for what they need."""
_WAITING = (
    select(
        claims.c.id,
        conversations.c.id.label("conversation"),
        conversations.c.queue,
        conversations.c.waiting_since,
        conversations.c.language,
        conversations.c.region,
        claims.c.told_at,
        claims.c.told_ahead,
        claims.c.asked,
        conversations.c.channel,
    )
    .join(claims, claims.c.conversation_id == conversations.c.id)
    .where(conversations.c.state == "waiting", claims.c.ended_at.is_(None))
)


class WaitingStore:
    """Implements `bot.desk.queues.records.WaitingRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def queues(self) -> list[Queue]:
        """All queues, closed ones too, by key."""
        return await self._database.read(load_queues)

    async def desks(self) -> list[AtDesk]:
        """All accounts that can sign in."""
        return await self._database.read(load_desks)

    async def told(self, conversation: str) -> Told:
        """What a conversation's matter and messages hold."""
        known = (
            select(matters.c.topic, matters.c.area, matters.c.summary, conversations.c.region)
            .join(matters, matters.c.number == conversations.c.matter)
            .where(conversations.c.id == conversation)
        )
        said = (
            select(messages.c.parts)
            .where(messages.c.conversation_id == conversation, messages.c.sender == "citizen")
            .order_by(messages.c.seq.desc())
            .limit(MOST_READ)
        )

        def work(connection: Connection) -> Told:
            row = connection.execute(known).one()
            parts = [parts_from_json(stored) for stored in connection.execute(said).scalars()]
            texts = tuple("\n".join(part.text for part in one) for one in reversed(parts))
            return Told(texts, row.topic, row.area, row.summary, row.region)

        return await self._database.read(work)

    async def ahead(self, queue: str, priority: int, wanted: Help) -> int:
        """How many wait there before whoever comes now with this priority, as `SERVED_FIRST` has it."""
        before: ColumnElement[bool] = conversations.c.priority <= priority
        if priority > URGENT:
            before = or_(conversations.c.returned, before)
        elif wanted == "crisis":
            before = and_(conversations.c.help == "crisis", before)
        statement = (
            select(func.count())
            .select_from(conversations)
            .where(conversations.c.state == "waiting", conversations.c.queue == queue, before)
        )
        return await self._database.read(lambda connection: connection.execute(statement).scalar_one())

    async def took(self, queue: str, most: int) -> list[float]:
        """Seconds from claim to end of the newest conversations of a queue; of all queues where it had too few."""
        ended = (
            select(claims.c.claimed_at, claims.c.ended_at)
            .where(claims.c.claimed_at.is_not(None), claims.c.outcome.in_(("handed_back", "closed")))
            .order_by(claims.c.ended_at.desc())
            .limit(most)
        )

        def work(connection: Connection) -> list[float]:
            rows = connection.execute(ended.where(claims.c.queue == queue)).all()
            if len(rows) < LEAST_MEASURED:
                rows = connection.execute(ended).all()
            return [(row.ended_at - row.claimed_at).total_seconds() for row in rows]

        return await self._database.read(work)

    async def waiting(self) -> list[Waiting]:
        """All who wait, in the order they are served."""
        statement = _WAITING.order_by(*SERVED_FIRST)
        return await self._database.read(lambda connection: [_to_waiting(row) for row in connection.execute(statement)])

    async def one(self, conversation: str) -> Waiting | None:
        """The one, if it waits."""
        statement = _WAITING.where(conversations.c.id == conversation)
        row = await self._database.read(lambda connection: connection.execute(statement).first())
        return None if row is None else _to_waiting(row)

    async def tell(
        self,
        waiting: Waiting,
        parts: Sequence[Part],
        now: datetime,
        *,
        ahead: int | None = None,
        asked: str = "",
        promised: datetime | None = None,
        key: str = "",
    ) -> Message | None:
        """Say it once; the claim as it was read tells whether another process has said it meanwhile."""
        same = (claims.c.told_at.is_(None) if waiting.told is None else claims.c.told_at == waiting.told,)
        unique = key and f"{waiting.conversation}/{key}"
        told: dict[str, Any] = {"told_at": now, "told_ahead": ahead, "asked": asked}

        def work(connection: Connection) -> Message | None:
            also: dict[str, Any] = {} if promised is None else {"promised_at": promised}
            slot = next_slot(connection, waiting.conversation, now, only_in="waiting", **also)
            if slot is None:
                return None
            said = select(messages.c.id).where(
                messages.c.conversation_id == waiting.conversation, messages.c.key == unique
            )
            if unique and connection.execute(said).first() is not None:
                raise _ToldAlready
            first = connection.execute(update(claims).where(claims.c.id == waiting.claim, *same).values(**told))
            if not first.rowcount:
                raise _ToldAlready
            return append(connection, slot, "system", parts, message_id=secrets.token_hex(16), now=now, key=unique)

        try:
            return await self._database.write(work)
        except _ToldAlready:
            return None

    async def call_back(self, conversation: str) -> CallBack | None:
        """The call that is asked for and not yet made."""
        statement = (
            select(callbacks.c.contact, callbacks.c.due_at, callbacks.c.reason).where(*_asked_by(conversation)).limit(1)
        )
        row = await self._database.read(lambda connection: connection.execute(statement).first())
        return None if row is None else CallBack(row.contact, row.due_at, row.reason == "booked")

    async def ask_call(self, waiting: Waiting, call: CallBack, now: datetime) -> bool:
        """Keep the call, in the place of an earlier one of the same conversation; see the protocol."""
        values = {"contact": call.contact, "due_at": call.due, "reason": "booked" if call.booked else "nobody"}
        matter = select(conversations.c.matter).where(conversations.c.id == waiting.conversation).scalar_subquery()
        new = {"queue": waiting.queue, "state": "open", "attempts": 0, "result": "", "made_at": now}

        def work(connection: Connection) -> bool:
            # The row of the conversation is held meanwhile, so that two messages at once make one call.
            connection.execute(
                select(conversations.c.id).where(conversations.c.id == waiting.conversation).with_for_update()
            )
            changed = connection.execute(update(callbacks).where(*_asked_by(waiting.conversation)).values(**values))
            if not changed.rowcount:
                row = {"matter": matter, "conversation_id": waiting.conversation, **new, **values}
                connection.execute(insert(callbacks).values(**row))
            note(connection, now, "citizen", "call_asked", waiting.conversation)
            return keep(connection, waiting.conversation, call.contact, now)

        return await self._database.write(work)

    async def withdraw(self, conversation: str, now: datetime) -> tuple[Part, ...] | None:
        """Back to the bot; see the protocol. A call that is owed keeps the matter at the desk."""
        stays = and_(conversations.c.priority == URGENT, conversations.c.help == "crisis")
        statement = (
            update(conversations)
            .where(
                conversations.c.id == conversation,
                conversations.c.state == "waiting",
                conversations.c.channel != VOICE,
                not_(stays),
            )
            .values(state="bot", waiting_since=None, returned=False, promised_at=None, updated_at=now)
            .returning(conversations.c.matter, conversations.c.question)
        )
        owed = select(callbacks.c.id).where(*_asked_by(conversation))

        def work(connection: Connection) -> tuple[Part, ...] | None:
            row = connection.execute(statement).one_or_none()
            if row is None:
                return None
            on_claim(connection, conversation, ended_at=now, outcome="left")
            waits_no_more(connection, conversation, now)
            if connection.execute(owed).first() is None:
                to_bot(connection, row.matter, now)
            follow(connection, conversation, "bot", now)
            note(connection, now, "citizen", "queue_left", conversation)
            return parts_from_json(row.question) if row.question else ()

        return await self._database.write(work)

    async def pass_on(self, queue: str, to: str, since: datetime, now: datetime) -> list[str]:
        """Move who waits in `queue` since then or earlier to another; the conversations that moved."""

        def work(connection: Connection) -> list[str]:
            prefix = connection.execute(select(queues.c.region).where(queues.c.key == to)).scalar_one_or_none()
            theirs = covered(conversations.c.region, prefix or "")
            moved = take_out(connection, queue, to, now, conversations.c.waiting_since <= since, theirs)
            move(connection, moved, to, now, "service", "overflowed")
            return moved

        return await self._database.write(work)


class _ToldAlready(Exception):
    """Raised so that the sequence number that was taken is rolled back."""


def _asked_by(conversation: str) -> tuple[Any, ...]:
    return (
        callbacks.c.conversation_id == conversation,
        callbacks.c.state == "open",
        callbacks.c.reason.in_(("nobody", "booked")),
    )


def _to_waiting(row: Any) -> Waiting:
    return Waiting(
        row.id,
        row.conversation,
        row.queue,
        row.waiting_since,
        row.language,
        row.region,
        row.told_at,
        row.told_ahead,
        row.asked,
        row.channel,
    )
