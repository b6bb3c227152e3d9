"""Pieces of files in the database, where every process of the service finds them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.store.app_schema import upload_chunks as chunks
from bot.store.app_schema import uploads as table
from bot.store.append import lock
from bot.store.database import Database
from bot.uploads import Arriving


class UploadStore:
    """Implements `bot.uploads.UploadRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, arriving: Arriving, most: int, now: datetime) -> Arriving | None:
        """Kept, or the one of the same message id."""
        mine = table.c.conversation_id == arriving.conversation
        same = select(table).where(mine, table.c.message_id == arriving.message_id)
        open_ones = select(func.count()).select_from(table).where(mine, table.c.received < table.c.size)
        values = {
            "id": arriving.id,
            "conversation_id": arriving.conversation,
            "message_id": arriving.message_id,
            "name": arriving.name,
            "size": arriving.size,
            "received": 0,
            "expires_at": arriving.expires_at,
        }

        def work(connection: Connection) -> Arriving | None:
            lock(connection, arriving.conversation)
            old = select(table.c.id).where(table.c.expires_at <= now)
            connection.execute(delete(chunks).where(chunks.c.upload_id.in_(old)))
            connection.execute(delete(table).where(table.c.expires_at <= now))
            if (row := connection.execute(same).one_or_none()) is not None:
                return _arriving(row)
            if connection.execute(open_ones).scalar_one() >= most:
                return None
            connection.execute(insert(table), values)
            return arriving

        return await self._database.write(work)

    async def find(self, id: str, conversation: str, now: datetime) -> Arriving | None:
        """One of this conversation."""
        mine = (table.c.id == id, table.c.conversation_id == conversation, table.c.expires_at > now)
        row = await self._database.read(lambda connection: connection.execute(select(table).where(*mine)).one_or_none())
        return None if row is None else _arriving(row)

    async def append(self, id: str, start: int, content: bytes) -> bool:
        """False where the file has not come just so far."""
        end = start + len(content)
        # The row is changed first: of two who bring the same piece the second waits here, and then finds no row.
        on = update(table).where(table.c.id == id, table.c.received == start, table.c.size >= end)

        def work(connection: Connection) -> bool:
            if connection.execute(on.values(received=end).returning(table.c.id)).first() is None:
                return False
            connection.execute(insert(chunks), {"upload_id": id, "start": start, "content": content})
            return True

        return await self._database.write(work)

    async def content(self, id: str) -> bytes:
        """All pieces, joined."""
        pieces = select(chunks.c.content).where(chunks.c.upload_id == id).order_by(chunks.c.start)
        return await self._database.read(
            lambda connection: b"".join(bytes(piece) for piece in connection.execute(pieces).scalars())
        )

    async def clear(self, id: str) -> None:
        """The pieces are needed no more."""
        await self._database.write(
            lambda connection: connection.execute(delete(chunks).where(chunks.c.upload_id == id))
        )

    async def drop(self, id: str) -> None:
        """Forget it."""

        def work(connection: Connection) -> None:
            connection.execute(delete(chunks).where(chunks.c.upload_id == id))
            connection.execute(delete(table).where(table.c.id == id))

        await self._database.write(work)


def _arriving(row: Any) -> Arriving:
    return Arriving(row.id, row.conversation_id, row.message_id, row.name, row.size, row.received, row.expires_at)
