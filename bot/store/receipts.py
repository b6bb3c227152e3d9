"""Inbound messages: stored once, in sequence, and what became of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.dialogue.engine import Part
from bot.message import BadMessage, Inbound, Message, State, parts_to_json
from bot.records import Outcome, Pending, Recorded
from bot.store.append import MESSAGE_COLUMNS, to_message
from bot.store.database import Database
from bot.store.leases import Leases
from bot.store.matters import open_matter
from bot.store.satisfaction import answers, reply
from bot.store.schema import conversations, messages, outbox
from bot.store.timers import citizen_wrote

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
MAY_ANSWER: tuple[State, ...] = ("bot", "waiting")
"""While a person is waited for the bot answers if nobody is there; the conversation decides that."""


class _Repeated(Exception):
    """The message is not stored anew; raised so that the sequence number it took is rolled back."""


class Receipts:
    """See `bot.records.ConversationRecords`."""

    def __init__(self, database: Database, leases: Leases) -> None:
        self._database = database
        self._leases = leases
        self._insert_once = database.insert_once(messages).returning(messages.c.id, _OTHERS_WAIT)

    async def record(self, inbound: Inbound, now: datetime) -> Recorded | None:
        """Store the message once, in sequence; see the protocol."""
        try:
            return await self._database.write(lambda connection: self._record(connection, inbound, now), together=True)
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
            (Part("text", inbound.text, data={"said": inbound.said} if inbound.said else {}),),
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
