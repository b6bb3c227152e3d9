"""Call-backs in the database: the storage behind `bot.desk.afterwards.callbacks`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from bot.desk.afterwards.callbacks import Callback, CallbackState
from bot.desk.seat import Seat
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import callbacks, satisfaction
from bot.store.regions import in_regions
from bot.store.schema import matters, staff


class CallbackStore:
    """Implements `bot.desk.afterwards.callbacks.CallbackRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, seat: Seat, state: CallbackState, limit: int) -> list[Callback]:
        """Of the seat's regions, those due first at the top."""
        said = (
            select(satisfaction.c.comment)
            .where(satisfaction.c.conversation_id == callbacks.c.conversation_id)
            .order_by(satisfaction.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        statement = (
            select(callbacks, matters.c.topic, matters.c.summary, staff.c.name, staff.c.person, said.label("comment"))
            .join(matters, matters.c.number == callbacks.c.matter)
            .outerjoin(staff, staff.c.id == callbacks.c.owner_id)
            .where(callbacks.c.state == state, in_regions(matters.c.region, seat))
            .order_by(callbacks.c.due_at, callbacks.c.id)
            .limit(limit)
        )
        return await self._database.read(lambda connection: [_callback(row) for row in connection.execute(statement)])

    async def take(self, number: int, seat: Seat, now: datetime) -> bool:
        """Make it the seat's."""
        return await self._change(
            number, seat, now, "callback_taken", or_(callbacks.c.owner_id.is_(None), _mine(seat)), owner_id=seat.id
        )

    async def attempted(self, number: int, seat: Seat, words: str, now: datetime) -> int | None:
        """One more call that reached nobody."""
        tried = {"attempts": callbacks.c.attempts + 1, "result": words}
        if not await self._change(number, seat, now, "callback_tried", _mine(seat), **tried):
            return None
        statement = select(callbacks.c.attempts).where(callbacks.c.id == number)
        return await self._database.read(lambda connection: int(connection.execute(statement).scalar_one()))

    async def end(
        self, number: int, seat: Seat, state: CallbackState, words: str, least_attempts: int, now: datetime
    ) -> bool:
        """Done or failed."""
        enough = callbacks.c.attempts >= least_attempts
        ended = {"state": state, "result": words, "done_at": now}
        return await self._change(number, seat, now, f"callback_{state}", _mine(seat) & enough, **ended)

    async def _change(self, number: int, seat: Seat, now: datetime, action: str, condition: Any, **values: Any) -> bool:
        theirs = callbacks.c.matter.in_(select(matters.c.number).where(in_regions(matters.c.region, seat)))

        def work(connection: Connection) -> bool:
            changed = connection.execute(
                update(callbacks)
                .where(callbacks.c.id == number, callbacks.c.state == "open", theirs, condition)
                .values(**values)
                .returning(callbacks.c.matter)
            ).scalar_one_or_none()
            if changed is not None:
                note(connection, now, f"staff:{seat.id}", action, changed, callback=number)
            return changed is not None

        return await self._database.write(work)


def _mine(seat: Seat) -> Any:
    return callbacks.c.owner_id == seat.id


def _callback(row: Any) -> Callback:
    return Callback(
        row.id,
        row.matter,
        row.conversation_id or "",
        row.reason,
        row.contact,
        row.due_at,
        row.owner_id,
        row.person or row.name or "",
        row.state,
        row.attempts,
        row.result,
        row.made_at,
        row.summary.get("topic") or row.topic,
        row.comment or "",
        row.message,
    )
