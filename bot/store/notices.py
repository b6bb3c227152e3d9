"""What seats are told outside a conversation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from bot.desk.clocks.timekeeper import Told
from bot.desk.seat import Seat
from bot.store.database import Database
from bot.store.desk_schema import notices
from bot.store.schema import staff
from bot.store.seats import SEAT_COLUMNS, to_seat

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Notice:
    """One that is kept for its seat."""

    id: int
    kind: str
    text: str
    link: str
    at: datetime
    read: bool


def tell(
    connection: Connection, seats: Iterable[int], kind: str, text: str, link: str, now: datetime, conversation: str = ""
) -> list[Told]:
    """Write it down for each seat; publish what is returned after the commit."""
    told = [Told(seat, kind, text, link, conversation) for seat in dict.fromkeys(seats)]
    rows = [{"staff_id": one.staff, "kind": kind, "text": text, "link": link, "at": now} for one in told]
    if rows:
        connection.execute(insert(notices), rows)
    return told


def supervisors(connection: Connection) -> list[Seat]:
    """Everybody who supervises."""
    statement = select(*SEAT_COLUMNS).where(staff.c.role == "supervisor", staff.c.disabled.is_(False))
    return [to_seat(row) for row in connection.execute(statement.order_by(staff.c.id))]


class NoticeStore:
    """A seat's notices."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, seat: Seat) -> list[Notice]:
        """The latest, newest first."""
        statement = select(notices).where(notices.c.staff_id == seat.id).order_by(notices.c.id.desc()).limit(SHOWN)
        rows = await self._database.read(lambda connection: connection.execute(statement).all())
        return [Notice(row.id, row.kind, row.text, row.link, row.at, row.read_at is not None) for row in rows]

    async def unread(self, seat: Seat) -> int:
        """How many have not been read."""
        mine = notices.c.staff_id == seat.id, notices.c.read_at.is_(None)
        statement = select(func.count()).select_from(notices).where(*mine)
        return await self._database.read(lambda connection: connection.execute(statement).scalar_one())

    async def read_up_to(self, seat: Seat, last: int, now: datetime) -> None:
        """All up to this one have been read."""
        mine = notices.c.staff_id == seat.id, notices.c.read_at.is_(None), notices.c.id <= last
        statement = update(notices).where(*mine).values(read_at=now)
        await self._database.write(lambda connection: connection.execute(statement))
