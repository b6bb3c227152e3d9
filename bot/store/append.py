"""Adding a message to a conversation inside a transaction that is already open."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.dialogue.engine import Part
from bot.message import Message, Sender, State, parts_from_json, parts_to_json
from bot.store.schema import conversations, messages, outbox

PUSHED = frozenset({"web", "wechat", "wechat_kf", "weibo", "app"})
"""Channels whose messages are sent out by us; the others fetch."""
IN_THE_RESPONSE = {"wechat": timedelta(seconds=2), "weibo": timedelta(seconds=2)}
"""Channels that may answer a message in the response to it: for so long nobody else sends the answer."""

_INSERT = insert(messages).returning(messages.c.id)
_OUTBOX = insert(outbox)
_LOCK = select(conversations.c.id).where(conversations.c.id == bindparam("which")).with_for_update()


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the next message goes: a conversation whose `last_seq` has just been raised to `seq`."""

    conversation: str
    channel: str
    seq: int


@lru_cache(maxsize=64)
def _counting(in_state: bool, by_seat: bool, columns: tuple[str, ...]) -> Any:
    """The statement of `next_slot`; kept, because building one anew costs more than running it."""
    statement = update(conversations).where(conversations.c.id == bindparam("which"))
    if in_state:
        statement = statement.where(conversations.c.state == bindparam("only_in"))
    if by_seat:
        statement = statement.where(conversations.c.claimed_by == bindparam("only_by"))
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    return statement.values(last_seq=conversations.c.last_seq + 1, **values).returning(
        conversations.c.channel, conversations.c.last_seq
    )


def next_slot(
    connection: Connection,
    conversation: str,
    now: datetime,
    *,
    only_in: State | None = None,
    only_by: int | None = None,
    **also: Any,
) -> Slot | None:
    """Raise the sequence of the conversation and set the columns in `also`, in one statement.

    None, and nothing changed, unless the conversation exists, is in state `only_in` and is held by seat `only_by`.
    The row lock this takes makes sequence order the order of commits.
    """
    values = {"which": conversation, "new_updated_at": now, **{f"new_{name}": value for name, value in also.items()}}
    if only_in is not None:
        values["only_in"] = only_in
    if only_by is not None:
        values["only_by"] = only_by
    statement = _counting(only_in is not None, only_by is not None, ("updated_at", *also))
    row = connection.execute(statement, values).one_or_none()
    return None if row is None else Slot(conversation, row.channel, row.last_seq)


def lock(connection: Connection, conversation: str) -> None:
    """Where several transactions run at once, take the conversation's row first: in one order, none waits in a ring."""
    if connection.dialect.name != "sqlite":
        connection.execute(_LOCK, {"which": conversation})


def append(
    connection: Connection,
    slot: Slot,
    sender: Sender,
    parts: Sequence[Part],
    *,
    message_id: str,
    now: datetime,
    key: str = "",
    reply_to: int | None = None,
    staff_id: int | None = None,
    in_response: bool = False,
) -> Message:
    """Store a message in `slot`, with its outbox row where it goes to the citizen by a channel that is pushed to.

    An answer, and what is `in_response` to a message without being one, may leave in the response to it.
    """
    message = Message(slot.conversation, slot.seq, sender, message_id, now, tuple(parts), slot.channel)
    row_id = (
        connection.execute(
            _INSERT,
            {
                "channel": slot.channel,
                "key": key or f"{slot.conversation}/#{slot.seq}",
                "conversation_id": slot.conversation,
                "seq": slot.seq,
                "sender": sender,
                "message_id": message_id,
                "parts": parts_to_json(parts),
                "at": now,
                "reply_to": reply_to,
                "staff_id": staff_id,
                "pending": False,
            },
        )
    ).scalar_one()
    if slot.channel in PUSHED and sender != "citizen":
        wait = IN_THE_RESPONSE.get(slot.channel) if in_response or reply_to is not None else None
        connection.execute(
            _OUTBOX,
            {
                "channel": slot.channel,
                "conversation_id": slot.conversation,
                "message": row_id,
                "attempts": 0,
                "due_at": now if wait is None else now + wait,
                "state": "due",
            },
        )
    return message


def tell(connection: Connection, conversation: str, parts: Sequence[Part], key: str, now: datetime) -> Message | None:
    """A word of the service outside any turn, once for each `key`; None if it was said, or there is no conversation."""
    lock(connection, conversation)
    unique = f"{conversation}/said/{key}"
    said = select(messages.c.id).where(messages.c.conversation_id == conversation, messages.c.key == unique)
    if connection.execute(said).first() is not None:
        return None
    slot = next_slot(connection, conversation, now)
    if slot is None:
        return None
    return append(connection, slot, "system", parts, message_id=secrets.token_hex(16), now=now, key=unique)


MESSAGE_COLUMNS = (
    messages.c.conversation_id,
    messages.c.seq,
    messages.c.sender,
    messages.c.message_id,
    messages.c.at,
    messages.c.parts,
    messages.c.channel,
)


def to_message(row: Any) -> Message:
    """A row of MESSAGE_COLUMNS as a message."""
    return Message(
        row.conversation_id, row.seq, row.sender, row.message_id, row.at, parts_from_json(row.parts), row.channel
    )
