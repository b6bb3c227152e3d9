"""Files in the database: the storage behind `bot.desk.work.files`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from bot.desk.seat import Seat
from bot.desk.work.file import File, Upload
from bot.message import BadMessage, Message
from bot.store.append import MESSAGE_COLUMNS, append, next_slot, to_message
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import file_contents, files
from bot.store.in_sight import alone, in_sight
from bot.store.regions import in_regions
from bot.store.said import staff_says
from bot.store.schema import conversations, matters, messages, staff


class FileStore:
    """Implements `bot.desk.work.files.FileRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def send(self, conversation: str, seat: Seat, upload: Upload, now: datetime) -> Message | None:
        """From the seat that holds the conversation, stored once."""

        def work(connection: Connection) -> Message | None:
            stored = _stored(connection, conversation, "staff", upload)
            if stored is not None:
                return stored
            message = staff_says(connection, conversation, seat, upload.message_id, (upload.part(),), now)
            if message is not None:
                self._keep(connection, conversation, upload, seat.id, now)
                note(connection, now, f"staff:{seat.id}", "sent_file", conversation, file=upload.id)
            return message

        return await self._database.write(work)

    async def receive(self, conversation: str, upload: Upload, most: int, now: datetime) -> Message | None:
        """From the citizen, stored once, while a person is asked for or there."""

        def work(connection: Connection) -> Message | None:
            stored = _stored(connection, conversation, "citizen", upload)
            if stored is not None:
                return stored
            slot = next_slot(connection, conversation, now, only_in="human")
            slot = slot or next_slot(connection, conversation, now, only_in="waiting")
            if slot is None:
                return None
            sent = select(func.count()).where(files.c.conversation_id == conversation, files.c.staff_id.is_(None))
            if connection.execute(sent).scalar_one() >= most:
                raise BadMessage("too_many_files", f"一次咨询最多发 {most} 个文件。")
            self._keep(connection, conversation, upload, None, now)
            return append(
                connection,
                slot,
                "citizen",
                (upload.part(),),
                message_id=upload.message_id,
                now=now,
                key=_key(conversation, "citizen", upload.message_id),
            )

        return await self._database.write(work)

    async def of(self, conversation: str, seat: Seat) -> Sequence[File] | None:
        """Of the conversation's matter, oldest first."""

        def look(connection: Connection) -> list[File] | None:
            found = in_sight(connection, conversation, seat)
            if found is None:
                return None
            rows = connection.execute(_files().where(files.c.matter == found.matter).order_by(files.c.at, files.c.id))
            return [_file(row) for row in rows]

        return await self._database.read(look)

    async def found(self, name: str, seat: Seat, skip: int, limit: int) -> Sequence[File]:
        """Of all matters of the seat's regions, the newest first."""
        ours = _files().join(matters, matters.c.number == files.c.matter).where(in_regions(matters.c.region, seat))
        named = ours.where(files.c.name.icontains(name, autoescape=True)) if name else ours
        statement = named.order_by(files.c.at.desc(), files.c.id).offset(skip).limit(limit)
        return await self._database.read(lambda connection: [_file(row) for row in connection.execute(statement)])

    async def content(self, id: str, seat: Seat, now: datetime) -> tuple[File, bytes] | None:
        """One for a seat, the download noted."""

        def work(connection: Connection) -> tuple[File, bytes] | None:
            ours = _files().join(matters, matters.c.number == files.c.matter).where(in_regions(matters.c.region, seat))
            row = connection.execute(ours.where(files.c.id == id)).one_or_none()
            if row is None or in_sight(connection, row.conversation_id, seat) is None:
                return None
            note(connection, now, f"staff:{seat.id}", "downloaded", row.conversation_id, file=id)
            return _file(row), _content(connection, row.sha256)

        return await self._database.write(work)

    async def citizens(self, id: str, conversation: str) -> tuple[File, bytes] | None:
        """One of this conversation, for its citizen."""

        def look(connection: Connection) -> tuple[File, bytes] | None:
            mine = _files().where(files.c.id == id, files.c.conversation_id == conversation)
            row = connection.execute(mine).one_or_none()
            return None if row is None else (_file(row), _content(connection, row.sha256))

        return await self._database.read(look)

    def _keep(self, connection: Connection, conversation: str, upload: Upload, seat: int | None, now: datetime) -> None:
        content = {"sha256": upload.sha256, "content": upload.content}
        connection.execute(self._database.insert_once(file_contents), content)
        matter = select(conversations.c.matter).where(conversations.c.id == conversation)
        values: dict[str, Any] = {
            "id": upload.id,
            "matter": connection.execute(matter).scalar_one(),
            "conversation_id": conversation,
            "name": upload.name,
            "media_type": upload.media_type,
            "size": len(upload.content),
            "sha256": upload.sha256,
            "staff_id": seat,
            "at": now,
        }
        connection.execute(insert(files), values)


def _key(conversation: str, sender: str, message_id: str) -> str:
    """As texts of the same sender are keyed, so that one id is one message of whatever kind."""
    return f"{conversation}/staff/{message_id}" if sender == "staff" else f"{conversation}/{message_id}"


def _stored(connection: Connection, conversation: str, sender: str, upload: Upload) -> Message | None:
    """The message of this id. Raises BadMessage when it is not this file."""
    alone(connection, conversation)
    row = connection.execute(
        select(*MESSAGE_COLUMNS)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(
            conversations.c.id == conversation,
            messages.c.channel == conversations.c.channel,
            messages.c.key == _key(conversation, sender, upload.message_id),
        )
    ).one_or_none()
    if row is None:
        return None
    message = to_message(row)
    sent = [part.data["id"] for part in message.parts if part.kind == "file"]
    same = select(files.c.id).where(files.c.id.in_(sent), files.c.sha256 == upload.sha256)
    if connection.execute(same).first() is None:
        raise BadMessage("message_id_reused", "这个 message_id 已经用于另一条消息，请换一个新的。")
    return message


def _content(connection: Connection, sha256: str) -> bytes:
    return bytes(
        connection.execute(select(file_contents.c.content).where(file_contents.c.sha256 == sha256)).scalar_one()
    )


def _files() -> Select[Any]:
    called = func.coalesce(func.nullif(staff.c.person, ""), staff.c.name).label("sender")
    return select(files, called).select_from(files.outerjoin(staff, staff.c.id == files.c.staff_id))


def _file(row: Any) -> File:
    return File(
        row.id, row.matter, row.conversation_id or "", row.name, row.media_type, row.size, row.at, row.sender or ""
    )
