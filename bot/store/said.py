"""What seats say, stored once: the storage behind `bot.desk.work.replies`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.desk.seat import Seat
from bot.desk.work.replies import Overridden
from bot.dialogue.engine import Part
from bot.message import BadMessage, Message, parts_from_json
from bot.store.append import MESSAGE_COLUMNS, append, next_slot, to_message
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import notes
from bot.store.in_sight import alone
from bot.store.schema import conversations, messages
from bot.store.timers import answered


def staff_key(conversation: str, message_id: str) -> str:
    """What a seat's message is unique by in its channel."""
    return f"{conversation}/staff/{message_id}"


def stored_reply(connection: Connection, conversation: str, seat: Seat, message_id: str, text: str) -> Message | None:
    """The message of this id, if it is there. Raises BadMessage when the id was used for something else."""
    alone(connection, conversation)
    row = connection.execute(
        select(*MESSAGE_COLUMNS, messages.c.staff_id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(
            conversations.c.id == conversation,
            messages.c.channel == conversations.c.channel,
            messages.c.key == staff_key(conversation, message_id),
        )
    ).one_or_none()
    if row is None:
        return None
    message = to_message(row)
    if row.staff_id != seat.id or message.text != text:
        raise BadMessage("message_id_reused", "这个 message_id 已经用于另一条消息，请换一个新的。")
    return message


def staff_says(
    connection: Connection, conversation: str, seat: Seat, message_id: str, parts: Sequence[Part], now: datetime
) -> Message | None:
    """Add what the seat says, if it holds the conversation; the caller has looked for one of the same id."""
    slot = next_slot(connection, conversation, now, only_in="human", only_by=seat.id)
    if slot is None:
        return None
    answered(connection, conversation, now)
    note(connection, now, f"staff:{seat.id}", "replied", conversation, seq=slot.seq)
    key = staff_key(conversation, message_id)
    return append(connection, slot, "staff", parts, message_id=message_id, now=now, key=key, staff_id=seat.id)


class ReplyStore:
    """Implements `bot.desk.work.replies.ReplyRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def say(
        self,
        conversation: str,
        seat: Seat,
        message_id: str,
        parts: Sequence[Part],
        now: datetime,
        overridden: Overridden | None,
    ) -> Message | None:
        """Stored once, with a note of why in spite of which warnings."""
        text = "\n".join(part.text for part in parts)

        def work(connection: Connection) -> Message | None:
            if (stored := stored_reply(connection, conversation, seat, message_id, text)) is not None:
                return stored
            message = staff_says(connection, conversation, seat, message_id, parts, now)
            if message is not None and overridden is not None:
                kinds = list(overridden.kinds)
                note(connection, now, f"staff:{seat.id}", "overrode", conversation, seq=message.seq, kinds=kinds)
                matter = select(conversations.c.matter).where(conversations.c.id == conversation)
                values = {
                    "matter": connection.execute(matter).scalar_one(),
                    "conversation_id": conversation,
                    "staff_id": seat.id,
                    "kind": "override",
                    "text": f"第 {message.seq} 条消息有提醒仍发出，理由：{overridden.reason}",
                    "key": f"{seat.id}/override/{message_id}",
                    "at": now,
                }
                connection.execute(insert(notes), values)
            return message

        return await self._database.write(work)

    async def said_by_seat(self, conversation: str, seat: Seat, message_id: str) -> bool:
        """Whether it is stored already."""
        statement = select(messages.c.id).where(
            messages.c.conversation_id == conversation,
            messages.c.key == staff_key(conversation, message_id),
            messages.c.staff_id == seat.id,
        )
        return await self._database.read(lambda connection: connection.execute(statement).first() is not None)

    async def said_by_citizen(self, conversation: str) -> list[str]:
        """All that the citizen wrote."""
        statement = select(messages.c.parts).where(
            messages.c.conversation_id == conversation, messages.c.sender == "citizen"
        )

        def look(connection: Connection) -> list[str]:
            return [part.text for parts in connection.execute(statement).scalars() for part in parts_from_json(parts)]

        return await self._database.read(look)
