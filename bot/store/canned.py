"""Canned replies in the database: the storage behind `bot.desk.work.canned`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.desk.refused import Refused
from bot.desk.rights import may
from bot.desk.seat import Seat
from bot.desk.work.canned import Canned, NewCanned
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import canned


class CannedStore:
    """Implements `bot.desk.work.canned.CannedRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, seat: Seat) -> Sequence[Canned]:
        """Everybody's and the seat's own, the most used first."""
        statement = (
            select(canned)
            .where(or_(canned.c.owner_id.is_(None), canned.c.owner_id == seat.id))
            .order_by(canned.c.uses.desc(), canned.c.shortcut, canned.c.id)
        )
        return await self._database.read(lambda connection: [_canned(row) for row in connection.execute(statement)])

    async def put(self, seat: Seat, id: int | None, new: NewCanned, now: datetime) -> Canned | None:
        """Made or changed. Raises Refused when the shortcut is taken."""
        values: dict[str, Any] = {
            "shortcut": new.shortcut,
            "title": new.title,
            "text": new.text,
            "area": new.area,
            "owner_id": None if new.everybody else seat.id,
        }

        def work(connection: Connection) -> Canned | None:
            if id is None:
                statement: Any = insert(canned).values(**values, uses=0)
            else:
                statement = update(canned).where(canned.c.id == id, _changeable(seat)).values(**values)
            row = connection.execute(statement.returning(canned)).one_or_none()
            if row is None:
                return None
            action = "canned_made" if id is None else "canned_changed"
            note(connection, now, f"staff:{seat.id}", action, f"canned:{row.id}", everybody=new.everybody)
            return _canned(row)

        try:
            return await self._database.write(work)
        except IntegrityError:
            raise Refused("shortcut_taken", f"快捷码“/{new.shortcut}”已经有了，请换一个。") from None

    async def remove(self, seat: Seat, id: int, now: datetime) -> bool:
        """Away with one."""

        def work(connection: Connection) -> bool:
            statement = delete(canned).where(canned.c.id == id, _changeable(seat)).returning(canned.c.id)
            if connection.execute(statement).one_or_none() is None:
                return False
            note(connection, now, f"staff:{seat.id}", "canned_removed", f"canned:{id}")
            return True

        return await self._database.write(work)

    async def used(self, seat: Seat, id: int) -> None:
        """Count a use."""
        mine = or_(canned.c.owner_id.is_(None), canned.c.owner_id == seat.id)
        statement = update(canned).where(canned.c.id == id, mine).values(uses=canned.c.uses + 1)

        def work(connection: Connection) -> None:
            connection.execute(statement)

        await self._database.write(work)


def _changeable(seat: Seat) -> Any:
    """One's own, and everybody's for those who look after them."""
    own = canned.c.owner_id == seat.id
    return or_(own, canned.c.owner_id.is_(None)) if may(seat, "settings") else own


def _canned(row: Any) -> Canned:
    return Canned(row.id, row.shortcut, row.title, row.text, row.area, row.owner_id, row.uses)
