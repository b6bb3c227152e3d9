"""Conversations and their turns in the database: the storage behind `bot.conversation`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from bot.dialogue.engine import Handoff, Part, Reply
from bot.message import Inbound, Message
from bot.reception import Placed
from bot.records import Conversation, MatterCard, MatterView, Outcome, Pending, Recalled, Recorded, Stand
from bot.store.acting import Acting
from bot.store.append import MESSAGE_COLUMNS, tell, to_message
from bot.store.broken_off import take_up_broken
from bot.store.database import Database
from bot.store.external import begin, latest
from bot.store.leases import Leases
from bot.store.matters import card, find_matter, recall
from bot.store.receipts import Receipts
from bot.store.schema import citizens, conversations, messages

_CONVERSATION = select(
    conversations.c.id,
    conversations.c.channel,
    conversations.c.state,
    conversations.c.matter,
    conversations.c.token_hash,
)
_STAND = select(conversations.c.state, conversations.c.dialogue, conversations.c.matter).where(
    conversations.c.id == bindparam("which")
)
_LAST_SAID = (
    select(*MESSAGE_COLUMNS)
    .where(messages.c.conversation_id == bindparam("which"), messages.c.sender != "citizen")
    .order_by(messages.c.seq.desc())
    .limit(5)
)


class ConversationStore:
    """Implements `bot.records.ConversationRecords`."""

    def __init__(self, database: Database, opinion_link: Callable[[str], str] = lambda _matter: "") -> None:
        self._database = database
        leases = Leases(database.shared)
        self._receipts = Receipts(database, leases)
        self._acting = Acting(database, leases, opinion_link)

    async def record(self, inbound: Inbound, now: datetime) -> Recorded | None:
        """Store the message once, in sequence; see the protocol."""
        return await self._receipts.record(inbound, now)

    async def outcome(self, inbound: Inbound) -> Outcome | None:
        """What became of a message that has been acted on."""
        return await self._receipts.outcome(inbound)

    async def next_pending(self, conversation: str, now: datetime) -> Pending | None:
        """The oldest inbound message still to be acted on; see the protocol."""
        return await self._acting.next_pending(conversation, now)

    async def still_acting(self, now: datetime) -> None:
        """What this process acts on stays its own."""
        await self._acting.still_acting(now)

    async def finish(
        self,
        pending: Pending,
        reply: Reply | None,
        handoff: tuple[Handoff, Placed] | None,
        parts: Sequence[Part],
        now: datetime,
    ) -> Outcome:
        """Everything a turn did, in one transaction; see the protocol."""
        return await self._acting.finish(pending, reply, handoff, parts, now)

    async def unfinished(self, now: datetime | None = None) -> list[str]:
        """Conversations that have a pending message."""
        return await self._acting.unfinished(now)

    async def create(
        self,
        conversation: str,
        channel: str,
        token_hash: str,
        greeting: Sequence[Part],
        now: datetime,
        external_id: str | None = None,
    ) -> Message:
        """A new conversation of a new citizen, opened by the greeting."""
        citizen = secrets.token_hex(16)
        values = {"id": citizen, "channel": channel, "created_at": now, "external_id": external_id}

        def work(connection: Connection) -> Message:
            connection.execute(insert(citizens), values)
            return begin(connection, conversation, channel, citizen, token_hash, greeting, now)

        return await self._database.write(work)

    async def of(
        self,
        channel: str,
        external_id: str,
        conversation: str,
        greeting: Sequence[Part],
        now: datetime,
        *,
        anew: bool = False,
    ) -> tuple[Conversation, Message | None]:
        """The one conversation of a person on a channel; see the protocol."""
        citizen = {"id": secrets.token_hex(16), "channel": channel, "external_id": external_id, "created_at": now}
        once = self._database.insert_once(citizens)

        def look(connection: Connection) -> Conversation | None:
            return None if anew else latest(connection, channel, external_id, now)

        def work(connection: Connection) -> tuple[Conversation, Message | None]:
            connection.execute(once, citizen)
            mine = citizens.c.channel == channel, citizens.c.external_id == external_id
            # Whoever comes second waits here, and then finds what the first has begun.
            who = connection.execute(select(citizens.c.id).where(*mine).with_for_update()).scalar_one()
            found = latest(connection, channel, external_id, now, only_open=anew)
            if found is not None:
                return found, None
            greeted = begin(connection, conversation, channel, who, None, greeting, now, in_response=True)
            return Conversation(conversation, channel, "bot", "", ""), greeted

        found = await self._database.read(look)
        return (found, None) if found is not None else await self._database.write(work)

    async def get(self, conversation: str) -> Conversation | None:
        """The conversation with this id."""
        return await self._one(conversations.c.id == conversation)

    async def stand(self, conversation: str) -> Stand | None:
        """Where the conversation stands now."""
        row = await self._database.read(
            lambda connection: connection.execute(_STAND, {"which": conversation}).one_or_none()
        )
        return None if row is None else Stand(row.state, row.dialogue, row.matter or "")

    async def by_token(self, token_hash: str) -> Conversation | None:
        """The conversation whose token has this hash."""
        return await self._one(conversations.c.token_hash == token_hash)

    async def _one(self, condition: Any) -> Conversation | None:
        row = await self._database.read(
            lambda connection: connection.execute(_CONVERSATION.where(condition)).one_or_none()
        )
        return (
            None
            if row is None
            else Conversation(row.id, row.channel, row.state, row.matter or "", row.token_hash or "")
        )

    async def after(self, conversation: str, seq: int, limit: int) -> list[Message]:
        """Up to `limit` messages after `seq`, in order."""
        statement = (
            select(*MESSAGE_COLUMNS)
            .where(messages.c.conversation_id == conversation, messages.c.seq > seq)
            .order_by(messages.c.seq)
            .limit(limit)
        )
        return await self._database.read(lambda connection: [to_message(row) for row in connection.execute(statement)])

    async def last_said(self, conversation: str) -> Message | None:
        """What the citizen was last told, but for news of the service that asks nothing."""

        def look(connection: Connection) -> Message | None:
            told = [to_message(row) for row in connection.execute(_LAST_SAID, {"which": conversation})]
            return next((one for one in told if _asks(one)), None)

        return await self._database.read(look)

    async def known(self, channel: str, key: str) -> bool:
        """Whether a message of this key is stored."""
        there = select(messages.c.id).where(messages.c.channel == channel, messages.c.key == key)
        return await self._database.read(lambda connection: connection.execute(there).first() is not None)

    async def tell(self, conversation: str, parts: Sequence[Part], key: str, now: datetime) -> Message | None:
        """A word of the service outside any turn, once for each key."""
        return await self._database.write(lambda connection: tell(connection, conversation, parts, key, now))

    async def card(self, number: str) -> MatterCard:
        """Number, code and applications of a matter."""
        return await self._database.read(lambda connection: card(connection, number))

    async def recall(self, conversation: str, number: str, code: str, now: datetime) -> Recalled | None:
        """Put the conversation on the matter, if the code is right."""
        return await self._database.write(lambda connection: recall(connection, conversation, number, code, now))

    async def broken_off(self, conversation: str, topic: str, now: datetime) -> Recalled | None:
        """Put a call on the matter of the caller's last one; see the protocol."""
        return await self._database.write(lambda connection: take_up_broken(connection, conversation, topic, now))

    async def matter(self, number: str) -> MatterView | None:
        """The matter as its citizen may see it."""
        return await self._database.read(lambda connection: find_matter(connection, number))


def _asks(message: Message) -> bool:
    """Whether it puts or answers something of the talk, so that what was offered before it is offered no more."""
    aside = message.sender == "system" or all(part.data.get("aside") for part in message.parts)
    return not aside or any(part.choices for part in message.parts)
