"""Evidence in the database: the storage behind `bot.evidence`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.desk.work.file import Upload
from bot.dialogue.engine import Part
from bot.evidence import ASKED_ANEW, EvidenceKind
from bot.message import BadMessage, Message
from bot.store.append import lock, tell
from bot.store.audit import note
from bot.store.channel_schema import evidence
from bot.store.database import Database
from bot.store.desk_schema import file_contents, files
from bot.store.files import FileStore
from bot.store.matters import open_matter
from bot.store.schema import conversations


class EvidenceStore:
    """Implements `bot.evidence.EvidenceRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._files = FileStore(database)
        self._once = database.insert_once(evidence).returning(evidence.c.id)

    async def receive(self, conversation: str, upload: Upload, most: int, now: datetime) -> Message | None:
        """As a message to the person who is there or asked for."""
        return await self._files.receive(conversation, upload, most, now)

    async def ask(
        self, conversation: str, key: str, kind: EvidenceKind, upload: Upload, question: Part, most: int, now: datetime
    ) -> Message | None:
        """Keep it until the citizen has decided."""

        def work(connection: Connection) -> Message | None:
            lock(connection, conversation)
            mine = evidence.c.conversation_id == conversation
            sent = select(func.count()).select_from(evidence).where(mine, evidence.c.state != "refused")
            if connection.execute(sent).scalar_one() >= most:
                raise BadMessage("too_many_files", f"一次咨询最多发 {most} 个文件。")
            open_since = select(evidence.c.id).where(
                mine, evidence.c.state == "asked", evidence.c.at > now - ASKED_ANEW
            )
            asked = connection.execute(open_since.limit(1)).first() is not None
            channel = select(conversations.c.channel).where(conversations.c.id == conversation)
            values: dict[str, Any] = {
                "id": upload.id,
                "channel": connection.execute(channel).scalar_one(),
                "key": upload.message_id,
                "conversation_id": conversation,
                "kind": kind,
                "name": upload.name,
                "media_type": upload.media_type,
                "size": len(upload.content),
                "sha256": upload.sha256,
                "data": {},
                "state": "asked",
                "at": now,
            }
            if connection.execute(self._once, values).first() is None:
                return None  # the same again; if it was refused, its content stays deleted
            content = {"sha256": upload.sha256, "content": upload.content}
            connection.execute(self._database.insert_once(file_contents), content)
            if asked:
                return None
            return tell(connection, conversation, (question,), f"evidence/{upload.id}", now)

        return await self._database.write(work)

    async def decide(self, conversation: str, message_id: str, keeps: bool, now: datetime) -> tuple[int, str]:
        """What is asked about goes to the matter or is deleted."""

        def work(connection: Connection) -> tuple[int, str]:
            lock(connection, conversation)
            mine = evidence.c.conversation_id == conversation
            rows = connection.execute(select(evidence).where(mine).order_by(evidence.c.at, evidence.c.id)).all()
            before = [row for row in rows if row.data.get("by") == message_id]
            asked = [row for row in rows if row.state == "asked"]
            if before or not asked:
                return len(before), _matter(connection, conversation) or ""
            number = ""
            if keeps:
                number = _matter(connection, conversation) or _begun(connection, conversation, now)
                for row in asked:
                    connection.execute(insert(files), _file(row, number, now))
                note(connection, now, "citizen", "evidence_kept", number, files=[row.id for row in asked])
            state = {"state": "kept" if keeps else "refused", "decided_at": now, "data": {"by": message_id}}
            connection.execute(update(evidence).where(evidence.c.id.in_([row.id for row in asked])).values(**state))
            if not keeps:
                _delete(connection, {row.sha256 for row in asked})
            return len(asked), number

        return await self._database.write(work)

    async def forget(self, before: datetime, now: datetime) -> int:
        """Delete what was asked about before then."""
        old = (evidence.c.state == "asked", evidence.c.at < before)
        found = select(evidence.c.id, evidence.c.sha256).where(*old)
        if await self._database.read(lambda connection: connection.execute(found.limit(1)).first()) is None:
            return 0

        def work(connection: Connection) -> int:
            rows = connection.execute(found).all()
            gone = {"state": "refused", "decided_at": now}
            connection.execute(update(evidence).where(evidence.c.id.in_([row.id for row in rows])).values(**gone))
            _delete(connection, {row.sha256 for row in rows})
            return len(rows)

        return await self._database.write(work)


def _matter(connection: Connection, conversation: str) -> str | None:
    return connection.execute(
        select(conversations.c.matter).where(conversations.c.id == conversation)
    ).scalar_one_or_none()


def _begun(connection: Connection, conversation: str, now: datetime) -> str:
    """A picture may be the first thing that somebody sends."""
    citizen = select(conversations.c.citizen_id).where(conversations.c.id == conversation)
    number = open_matter(connection, conversation, connection.execute(citizen).scalar_one(), now)
    connection.execute(update(conversations).where(conversations.c.id == conversation).values(matter=number))
    return number


def _file(row: Any, matter: str, now: datetime) -> dict[str, Any]:
    return {
        "id": row.id,
        "matter": matter,
        "conversation_id": row.conversation_id,
        "name": row.name,
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
        "staff_id": None,
        "at": now,
    }


def _delete(connection: Connection, marks: set[str]) -> None:
    """Contents that nothing names any more."""
    for mark in marks:
        named = select(files.c.id).where(files.c.sha256 == mark).exists()
        asked = select(evidence.c.id).where(evidence.c.sha256 == mark, evidence.c.state != "refused").exists()
        connection.execute(delete(file_contents).where(file_contents.c.sha256 == mark, ~named, ~asked))
