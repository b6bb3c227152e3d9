"""Replies of seats inside a transaction that is already open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.desk.seat import Seat
from bot.dialogue.engine import Part
from bot.message import BadMessage, Message
from bot.store.append import MESSAGE_COLUMNS, append, next_slot, to_message
from bot.store.audit import note
from bot.store.schema import conversations, messages


def reply(
    connection: Connection, conversation: str, seat: Seat, message_id: str, text: str, now: datetime
) -> Message | None:
    """A reply of the seat that holds the conversation, stored once."""
    key = f"{conversation}/staff/{message_id}"
    stored = connection.execute(
        select(*MESSAGE_COLUMNS, messages.c.staff_id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(messages.c.channel == conversations.c.channel, messages.c.key == key)
    ).one_or_none()
    if stored is not None:
        message = to_message(stored)
        if stored.staff_id != seat.id or message.text != text:
            raise BadMessage("message_id_reused", "这个 message_id 已经用于另一条消息，请换一个新的。")
        return message
    slot = next_slot(connection, conversation, now, only_in="human", only_by=seat.id)
    if slot is None:
        return None
    note(connection, now, f"staff:{seat.id}", "replied", conversation, seq=slot.seq)
    said = (Part("text", text),)
    return append(connection, slot, "staff", said, message_id=message_id, now=now, key=key, staff_id=seat.id)
