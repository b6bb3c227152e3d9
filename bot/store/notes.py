"""Notes in the database: the storage behind `bot.desk.work.notes`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from bot.desk.rights import may
from bot.desk.seat import Seat
from bot.desk.work.note import NewNote, Note
from bot.desk.work.notes import Kept
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import notes
from bot.store.in_sight import alone, in_sight
from bot.store.notices import tell
from bot.store.schema import staff
from bot.store.seats import SEAT_COLUMNS, to_seat

_AUTHOR, _TO = staff.alias("author"), staff.alias("receiver")
_TOLD = {
    "whisper": "{name}在事项 {matter} 里悄悄告诉您一句话",
    "consult": "{name}就事项 {matter} 请教您",
    "answer": "{name}答复了您就事项 {matter} 的请教",
}


class NoteStore:
    """Implements `bot.desk.work.notes.NoteRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, conversation: str, seat: Seat, new: NewNote, now: datetime) -> Kept | None:
        """Kept once, with its audit row and notices."""
        key = f"{seat.id}/{new.key}"

        def work(connection: Connection) -> Kept | None:
            alone(connection, conversation)
            found = in_sight(connection, conversation, seat)
            if found is None or not found.matter:
                return None
            stored = connection.execute(_notes().where(notes.c.key == key)).one_or_none()
            if stored is not None:
                return Kept(_note(stored), ())
            to = found.claimed_by if new.kind == "whisper" else new.to
            if new.reply_to is not None:
                asked = connection.execute(
                    select(notes.c.staff_id).where(
                        notes.c.id == new.reply_to, notes.c.conversation_id == conversation, notes.c.kind == "consult"
                    )
                ).scalar_one_or_none()
                if asked is None:
                    return None
                to = asked
            values = {
                "matter": found.matter,
                "conversation_id": conversation,
                "staff_id": seat.id,
                "kind": new.kind,
                "to_staff": to,
                "reply_to": new.reply_to,
                "text": new.text,
                "key": key,
                "at": now,
            }
            id = connection.execute(insert(notes).returning(notes.c.id), values).scalar_one()
            note(connection, now, f"staff:{seat.id}", "noted", conversation, kind=new.kind, note=id)
            told = _told(connection, seat, new, to, found.region)
            if told:
                text = _TOLD[new.kind].format(name=seat.called, matter=found.matter)
                tell(connection, told, new.kind, text, f"/desk/c/{conversation}#note-{id}", now, conversation)
            return Kept(_note(connection.execute(_notes().where(notes.c.id == id)).one()), tuple(told))

        return await self._database.write(work)

    async def of(self, conversation: str, seat: Seat, now: datetime) -> Sequence[Note] | None:
        """All of the matter, oldest first. The conversation's own viewing is noted where it is opened."""

        def look(connection: Connection) -> list[Note] | None:
            found = in_sight(connection, conversation, seat)
            if found is None:
                return None
            rows = connection.execute(_notes().where(notes.c.matter == found.matter).order_by(notes.c.id))
            return [_note(row) for row in rows]

        return await self._database.read(look)


def _told(connection: Connection, seat: Seat, new: NewNote, to: int | None, region: str) -> list[int]:
    """Who gets a notice: the one it is for; of a question, every supervisor of the region."""
    if new.kind not in _TOLD:
        return []
    if to is not None:
        return [to] if to != seat.id else []
    if new.kind != "consult":
        return []
    rows = connection.execute(select(*SEAT_COLUMNS).where(staff.c.disabled.is_(False)))
    others = [one for row in rows if (one := to_seat(row)).id != seat.id]
    return [one.id for one in others if may(one, "supervise") and one.covers(region)]


def _called(table: Any) -> Any:
    return func.coalesce(func.nullif(table.c.person, ""), table.c.name)


def _notes() -> Select[Any]:
    return (
        select(notes, _called(_AUTHOR).label("author"), _called(_TO).label("to_name"))
        .join(_AUTHOR, _AUTHOR.c.id == notes.c.staff_id)
        .outerjoin(_TO, _TO.c.id == notes.c.to_staff)
    )


def _note(row: Any) -> Note:
    return Note(
        row.id,
        row.matter,
        row.conversation_id or "",
        row.kind,
        row.text,
        row.at,
        row.staff_id,
        row.author,
        row.to_staff,
        row.to_name or "",
        row.reply_to,
    )
