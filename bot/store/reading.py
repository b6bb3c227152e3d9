"""Read marks and lists in the database: the storage behind `bot.desk.work.reading`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from bot.desk.seat import Seat
from bot.desk.work.reading import Gist, Held, Marks
from bot.message import Message
from bot.store.append import MESSAGE_COLUMNS, to_message
from bot.store.audit import note
from bot.store.database import Database
from bot.store.in_sight import in_sight
from bot.store.schema import conversations, matters, messages

_LOOKED_AT, _TELLING = 6, 6
"""Of the citizen's last words, the latest of so many characters: after 「好的」 the question before it counts."""


class ReadingStore:
    """Implements `bot.desk.work.reading.ReadingRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def marks(self, conversation: str) -> Marks:
        """How far each side has read."""
        statement = select(conversations.c.citizen_read, conversations.c.staff_read).where(
            conversations.c.id == conversation
        )
        row = await self._database.read(lambda connection: connection.execute(statement).one_or_none())
        return Marks(0, 0) if row is None else Marks(row.citizen_read, row.staff_read)

    async def citizen_read(self, conversation: str, seq: int) -> bool:
        """Only ever up, and never past the end."""
        return await self._raise(
            conversation, "citizen_read", seq, conversations.c.citizen_read < seq, conversations.c.state != "bot"
        )

    async def staff_read(self, conversation: str, seat: Seat, seq: int) -> bool:
        """The same, for who holds it."""
        held = (conversations.c.state == "human", conversations.c.claimed_by == seat.id)
        return await self._raise(conversation, "staff_read", seq, conversations.c.staff_read < seq, *held)

    async def _raise(self, conversation: str, column: str, seq: int, *conditions: Any) -> bool:
        statement = (
            update(conversations)
            .where(conversations.c.id == conversation, conversations.c.last_seq >= seq, *conditions)
            .values({column: seq})
            .returning(conversations.c.id)
        )
        return await self._database.write(lambda connection: connection.execute(statement).one_or_none() is not None)

    async def held(self, seat: Seat) -> list[Held]:
        """What the seat holds, the latest word first."""
        other = messages.alias("other")
        unread = (
            select(func.count())
            .where(
                other.c.conversation_id == conversations.c.id,
                other.c.seq > conversations.c.staff_read,
                other.c.sender == "citizen",
            )
            .scalar_subquery()
        )
        statement = (
            select(
                *MESSAGE_COLUMNS,
                conversations.c.matter,
                conversations.c.priority,
                matters.c.topic,
                matters.c.summary,
                unread.label("unread"),
            )
            .select_from(conversations)
            .join(matters, matters.c.number == conversations.c.matter)
            .join(
                messages,
                (messages.c.conversation_id == conversations.c.id) & (messages.c.seq == conversations.c.last_seq),
            )
            .where(conversations.c.claimed_by == seat.id, conversations.c.state == "human")
            .order_by(conversations.c.updated_at.desc(), conversations.c.id)
        )

        def look(connection: Connection) -> list[Held]:
            return [
                Held(
                    row.conversation_id,
                    row.matter,
                    row.summary.get("topic") or row.topic,
                    row.priority,
                    to_message(row),
                    row.unread,
                )
                for row in connection.execute(statement)
            ]

        return await self._database.read(look)

    async def before(self, conversation: str, seat: Seat, seq: int, limit: int, now: datetime) -> list[Message] | None:
        """An earlier page, the viewing noted with where it begins."""

        def work(connection: Connection) -> list[Message] | None:
            if in_sight(connection, conversation, seat) is None:
                return None
            note(connection, now, f"staff:{seat.id}", "viewed", conversation, before=seq)
            rows = connection.execute(
                select(*MESSAGE_COLUMNS)
                .where(messages.c.conversation_id == conversation, messages.c.seq < seq)
                .order_by(messages.c.seq.desc())
                .limit(limit)
            )
            return [to_message(row) for row in rows][::-1]

        return await self._database.write(work)

    async def gist(self, conversation: str, seat: Seat) -> Gist | None:
        """The matter as far as it is known, and the citizen's last words."""

        def look(connection: Connection) -> Gist | None:
            found = in_sight(connection, conversation, seat)
            if found is None:
                return None
            row = connection.execute(select(matters).where(matters.c.number == found.matter)).one()
            rows = connection.execute(
                select(*MESSAGE_COLUMNS)
                .where(messages.c.conversation_id == conversation, messages.c.sender == "citizen")
                .order_by(messages.c.seq.desc())
                .limit(_LOOKED_AT)
            )
            said = [to_message(one).text for one in rows]
            asked = next((text for text in said if len(text) >= _TELLING), said[0] if said else "")
            return Gist(row.number, row.topic, row.area, row.summary, row.opinion, asked)

        return await self._database.read(look)
