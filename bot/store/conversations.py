"""Conversations and their turns in the database: the storage behind `bot.conversation`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.dialogue.engine import Handoff, Part, Reply
from bot.message import BadMessage, Inbound, Message, State, parts_to_json
from bot.reception import Placed
from bot.records import Conversation, MatterCard, MatterView, Outcome, Pending, Recalled, Recorded, TurnTaken
from bot.store.append import MESSAGE_COLUMNS, lock, tell, to_message
from bot.store.database import Database
from bot.store.external import begin, latest
from bot.store.leases import Leases
from bot.store.matters import card, find_matter, open_matter, recall, submit
from bot.store.satisfaction import answers, reply
from bot.store.schema import citizens, conversations, messages, outbox
from bot.store.timers import citizen_wrote, handed_off
from bot.store.turns import URGENT, note_matter, queue, raise_claim, speak, text_opinion

_CONVERSATION = select(
    conversations.c.id,
    conversations.c.channel,
    conversations.c.state,
    conversations.c.matter,
    conversations.c.token_hash,
)
_TAKE_SEQ = (
    update(conversations)
    .where(conversations.c.id == bindparam("which"))
    .values(last_seq=conversations.c.last_seq + 1, updated_at=bindparam("now"))
    .returning(
        conversations.c.state,
        conversations.c.matter,
        conversations.c.last_seq,
        conversations.c.citizen_id,
        conversations.c.dialogue,
    )
)
_FREE = (
    update(outbox)
    .where(
        outbox.c.state == "held",
        outbox.c.conversation_id.in_(select(conversations.c.id).where(conversations.c.citizen_id == bindparam("who"))),
    )
    .values(state="due", due_at=bindparam("new_due"), attempts=0, stopped_at=None)
)
"""What waited for the citizen to write."""
_LAST_SAID = (
    select(*MESSAGE_COLUMNS)
    .where(messages.c.conversation_id == bindparam("which"), messages.c.sender != "citizen")
    .order_by(messages.c.seq.desc())
    .limit(5)
)
_EARLIER = messages.alias("earlier")
# Bound, not correlated, and by sequence: so it means the same whether or not the row just inserted is seen.
_OTHERS_WAIT = (
    select(_EARLIER.c.id)
    .where(_EARLIER.c.conversation_id == bindparam("which"), _EARLIER.c.seq < bindparam("before"), _EARLIER.c.pending)
    .exists()
    .label("others_wait")
)
_SET_MATTER = (
    update(conversations).where(conversations.c.id == bindparam("which")).values(matter=bindparam("new_matter"))
)
_BY_KEY = (
    select(
        *MESSAGE_COLUMNS,
        messages.c.id,
        messages.c.pending,
        conversations.c.state,
        conversations.c.matter,
    )
    .join(conversations, conversations.c.id == messages.c.conversation_id)
    .where(messages.c.channel == bindparam("channel"), messages.c.key == bindparam("key"))
)
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
MAY_ANSWER: tuple[State, ...] = ("bot", "waiting")
"""While a person is waited for the bot answers if nobody is there; the conversation decides that."""
_STATE = select(conversations.c.state).where(conversations.c.id == bindparam("which"))


class _Repeated(Exception):
    """The message is not stored anew; raised so that the sequence number it took is rolled back."""


class ConversationStore:
    """Implements `bot.records.ConversationRecords`."""

    def __init__(self, database: Database, opinion_link: Callable[[str], str] = lambda _matter: "") -> None:
        self._database = database
        self._opinion_link = opinion_link
        self._insert_once = database.insert_once(messages).returning(messages.c.id, _OTHERS_WAIT)
        self._leases = Leases(database.shared)

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

    async def record(self, inbound: Inbound, now: datetime) -> Recorded | None:
        """Store the message once, in sequence; see the protocol."""
        try:
            return await self._database.write(lambda connection: self._record(connection, inbound, now))
        except _Repeated:
            return await self._database.read(lambda connection: _recorded_before(connection, inbound))

    def _record(self, connection: Connection, inbound: Inbound, now: datetime) -> Recorded | None:
        taken = connection.execute(_TAKE_SEQ, {"which": inbound.conversation, "now": now}).one_or_none()
        if taken is None:
            return None
        verdict = None
        if taken.state == "closed":
            verdict = answers(connection, inbound.conversation, inbound.text, now)
            if verdict is None:
                raise _Repeated
        stored = Message(
            inbound.conversation,
            taken.last_seq,
            "citizen",
            inbound.message_id,
            now,
            (Part("text", inbound.text, data={**inbound.how, **({"said": inbound.said} if inbound.said else {})}),),
            inbound.channel,
        )
        values = {
            "channel": inbound.channel,
            "key": inbound.unique_key,
            "conversation_id": inbound.conversation,
            "seq": taken.last_seq,
            "sender": "citizen",
            "message_id": inbound.message_id,
            "parts": parts_to_json(stored.parts),
            "at": now,
            "pending": taken.state in MAY_ANSWER,
            "which": inbound.conversation,
            "before": taken.last_seq,
        }
        inserted = connection.execute(self._insert_once, values).one_or_none()
        if inserted is None:
            raise _Repeated
        if inbound.key:  # where the provider names people, it may have let us write to them no more
            connection.execute(_FREE, {"who": taken.citizen_id, "new_due": now})
        if verdict is not None:
            said = reply(connection, inbound.conversation, verdict, inserted.id, now)
            return Recorded(stored, "closed", taken.matter, repeated=False, pending=False, replies=(said,))
        matter = taken.matter
        if matter is None:
            matter = open_matter(connection, inbound.conversation, taken.citizen_id, now)
            connection.execute(_SET_MATTER, {"which": inbound.conversation, "new_matter": matter})
        elif taken.state == "human":
            citizen_wrote(connection, inbound.conversation, matter, now)
        turn = None
        if taken.state in MAY_ANSWER and not inserted.others_wait:
            self._leases.take(connection, inbound.conversation, now)
            turn = Pending(inserted.id, inbound.unique_key, stored, taken.state, taken.dialogue, matter, more=False)
        return Recorded(stored, taken.state, matter, repeated=False, pending=taken.state in MAY_ANSWER, turn=turn)

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
            lock(connection, which)
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
                submit(connection, pending.matter, reply.application, dict(reply.summary), now)
            if handoff is not None and pending.state == "bot":
                queue(connection, which, pending.matter, *handoff, now)
                handed_off(connection, which, pending.matter, now)
            elif handoff is not None and raised:
                raise_claim(connection, which, *handoff)
            return Outcome(pending.message, (message,), pending.state if handoff is None else "waiting", pending.matter)

        return await self._database.write(work)

    async def outcome(self, inbound: Inbound) -> Outcome | None:
        """What became of a message that has been acted on."""

        def work(connection: Connection) -> Outcome | None:
            row = connection.execute(_BY_KEY, {"channel": inbound.channel, "key": inbound.unique_key}).one_or_none()
            if row is None or row.pending:
                return None
            replies = connection.execute(
                select(*MESSAGE_COLUMNS).where(messages.c.reply_to == row.id).order_by(messages.c.seq)
            )
            answered = tuple(to_message(reply) for reply in replies)
            return Outcome(to_message(row), answered, row.state, row.matter or "", repeated=True)

        return await self._database.read(work)

    async def after(self, conversation: str, seq: int, limit: int) -> list[Message]:
        """Up to `limit` messages after `seq`, in order."""
        statement = (
            select(*MESSAGE_COLUMNS)
            .where(messages.c.conversation_id == conversation, messages.c.seq > seq)
            .order_by(messages.c.seq)
            .limit(limit)
        )
        return await self._database.read(lambda connection: [to_message(row) for row in connection.execute(statement)])

    async def unfinished(self, now: datetime | None = None) -> list[str]:
        """Conversations that have a pending message."""
        statement = select(messages.c.conversation_id).where(messages.c.pending).distinct()
        if now is not None:
            statement = statement.join(conversations, conversations.c.id == messages.c.conversation_id)
            statement = statement.where(messages.c.at < now - LEFT_AFTER, self._leases.free(now))
        return await self._database.read(lambda connection: list(connection.execute(statement).scalars()))

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

    async def matter(self, number: str) -> MatterView | None:
        """The matter as its citizen may see it."""
        return await self._database.read(lambda connection: find_matter(connection, number))


def _asks(message: Message) -> bool:
    """Whether it puts or answers something of the talk, so that what was offered before it is offered no more."""
    aside = message.sender == "system" or all(part.data.get("aside") for part in message.parts)
    return not aside or any(part.choices for part in message.parts)


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


def _recorded_before(connection: Connection, inbound: Inbound) -> Recorded:
    """The message as it was stored the first time, if it is the same one."""
    row = connection.execute(_BY_KEY, {"channel": inbound.channel, "key": inbound.unique_key}).one_or_none()
    if row is None:
        raise BadMessage("conversation_closed", "本次咨询已经结束，请开始新的咨询。")
    message = to_message(row)
    same = message.text == inbound.text and message.conversation == inbound.conversation
    if not same and not inbound.key:  # a provider's own id is never used twice, whatever we make of the words
        raise BadMessage("message_id_reused", "这个 message_id 已经用于另一条消息，请换一个新的。")
    return Recorded(message, row.state, row.matter or "", repeated=True, pending=row.pending)
