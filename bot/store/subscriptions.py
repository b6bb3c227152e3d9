"""Subscriptions to the question of the day in the database: behind `bot.education.subscribing` and `.daily`."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from bot.dialogue.engine import Reply
from bot.education.daily import Subscriber
from bot.education.subscribing import CHANNEL, Standing
from bot.message import Message, parts_to_json
from bot.store.append import append, lock, next_slot
from bot.store.channel_schema import contacts, subscriptions
from bot.store.database import Database
from bot.store.schema import citizens, claims, conversations, messages, outbox

WINDOW = timedelta(hours=47, minutes=30)
"""The provider takes messages for 48 hours after the citizen's last; some are lost on the way."""
QUIET = timedelta(minutes=15)
"""Who has just said something is not interrupted."""
MOST = 3
"""Messages since the citizen's last of which the provider takes five: the rest is for what they asked."""
CALM = timedelta(days=7)
"""After a danger nobody is reminded of us by a quiz: somebody else may be looking at the telephone."""

_mine = conversations.alias("mine")
_own = conversations.alias("own")
_people = citizens.alias("people")
_LATEST = (
    select(_mine.c.id)
    .where(_mine.c.citizen_id == subscriptions.c.citizen_id, _mine.c.channel == CHANNEL)
    .order_by(_mine.c.created_at.desc(), _mine.c.state == "closed", _mine.c.id)
    .limit(1)
    .correlate(subscriptions)
    .scalar_subquery()
)
_LAST_WORD = (
    select(func.max(messages.c.at))
    .join(_own, _own.c.id == messages.c.conversation_id)
    .where(_own.c.citizen_id == subscriptions.c.citizen_id, messages.c.sender == "citizen")
    .correlate(subscriptions)
    .scalar_subquery()
)
_PENDING = select(messages.c.id).where(messages.c.conversation_id == conversations.c.id, messages.c.pending).exists()
_LETTERS = (
    select(outbox.c.id)
    .where(outbox.c.conversation_id == conversations.c.id, outbox.c.state.in_(("due", "held")))
    .exists()
)
"""Where something waits, more would be a heap."""
_SPENT = (
    select(contacts.c.channel)
    .where(
        contacts.c.channel == CHANNEL,
        contacts.c.external_id == citizens.c.external_id,
        contacts.c.blocked | (contacts.c.sent_since >= MOST),
        contacts.c.last_inbound_at >= _LAST_WORD,
    )
    .correlate(citizens, subscriptions)
    .exists()
)
_DANGER = (
    select(claims.c.id)
    .join(_own, _own.c.id == claims.c.conversation_id)
    .join(_people, _people.c.id == _own.c.citizen_id)
    .where(
        or_(_people.c.id == citizens.c.id, _people.c.person == citizens.c.person),
        claims.c.kind == "danger",
        claims.c.asked_at > bindparam("calm"),
    )
    .correlate(citizens)
    .exists()
)
_DUE = (
    select(
        subscriptions.c.citizen_id,
        conversations.c.id,
        conversations.c.matter,
        conversations.c.dialogue,
        conversations.c.last_seq,
        conversations.c.question,
    )
    .join(citizens, citizens.c.id == subscriptions.c.citizen_id)
    .join(conversations, conversations.c.id == _LATEST)
    .where(
        subscriptions.c.since < bindparam("at"),
        or_(subscriptions.c.sent_on.is_(None), subscriptions.c.sent_on < bindparam("day")),
        subscriptions.c.citizen_id > bindparam("after"),
        conversations.c.state == "bot",
        _LAST_WORD.between(bindparam("heard"), bindparam("quiet")),
        ~_PENDING,
        ~_LETTERS,
        ~_SPENT,
        ~_DANGER,
    )
    .order_by(subscriptions.c.citizen_id)
    .limit(bindparam("most"))
)


class SubscriptionStore:
    """Implements `bot.education.subscribing.SubscriptionRecords` and `bot.education.daily.DailyRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self, conversation: str) -> Standing:
        """Of the citizen whose conversation it is."""
        statement = (
            select(subscriptions.c.since, conversations.c.question)
            .select_from(conversations)
            .outerjoin(subscriptions, subscriptions.c.citizen_id == conversations.c.citizen_id)
            .where(conversations.c.id == conversation)
        )
        row = await self._database.read(lambda connection: connection.execute(statement).one())
        return Standing(row.since, _in_interview(row.question))

    async def start(self, conversation: str, since: datetime) -> None:
        """Keep the subscription, once."""
        once = self._database.insert_once(subscriptions)

        def work(connection: Connection) -> None:
            who = select(conversations.c.citizen_id).where(conversations.c.id == conversation)
            connection.execute(once, {"citizen_id": connection.execute(who).scalar_one(), "since": since})

        await self._database.write(work)

    async def stop(self, conversation: str) -> None:
        """Forget it."""
        await self._forget(select(conversations.c.citizen_id).where(conversations.c.id == conversation))

    async def left(self, external_id: str) -> None:
        """They have left the account."""
        mine = citizens.c.channel == CHANNEL, citizens.c.external_id == external_id
        await self._forget(select(citizens.c.id).where(*mine))

    async def due(self, at: datetime, now: datetime, after: str, limit: int) -> list[Subscriber]:
        """See the protocol."""
        asked = {"at": at, "day": at.date(), "after": after, "most": limit}
        asked |= {"heard": now - WINDOW, "quiet": now - QUIET, "calm": now - CALM}
        rows = await self._database.read(lambda connection: connection.execute(_DUE, asked).all())
        return [
            Subscriber(
                row.citizen_id, row.id, row.matter or "", row.dialogue, row.last_seq, _in_interview(row.question)
            )
            for row in rows
        ]

    async def put(self, to: Subscriber, reply: Reply, day: date, now: datetime) -> Message | None:
        """Say it, and let the engine go on from there; see the protocol."""
        stands = select(conversations.c.id).where(
            conversations.c.id == to.conversation, conversations.c.state == "bot", conversations.c.last_seq == to.seq
        )
        mark = (
            update(subscriptions)
            .where(
                subscriptions.c.citizen_id == to.citizen,
                or_(subscriptions.c.sent_on.is_(None), subscriptions.c.sent_on < day),
            )
            .values(sent_on=day)
        )

        def work(connection: Connection) -> Message | None:
            lock(connection, to.conversation)
            if connection.execute(stands).first() is None or not connection.execute(mark).rowcount:
                return None
            asked = parts_to_json(reply.parts[-1:])
            slot = next_slot(connection, to.conversation, now, dialogue=dict(reply.state), question=asked)
            assert slot is not None  # its row is locked
            key = f"{to.conversation}/daily/{day.isoformat()}"
            return append(connection, slot, "bot", reply.parts, message_id=secrets.token_hex(16), now=now, key=key)

        return await self._database.write(work)

    async def _forget(self, who: Any) -> None:
        gone = delete(subscriptions).where(subscriptions.c.citizen_id.in_(who))
        await self._database.write(lambda connection: connection.execute(gone))


def _in_interview(question: Any) -> bool:
    """Whether what the bot put last is a question of an interview: only those say how many remain."""
    return bool(question) and "remaining" in question[-1]["data"]
