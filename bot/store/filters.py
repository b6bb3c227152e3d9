"""Filters of lists that seats have saved."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from bot.desk.seat import Seat
from bot.store.database import Database
from bot.store.desk_schema import saved_filters

MOST = 30
"""Of one seat for one page."""


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """One of them."""

    id: int
    name: str
    query: str
    """As it stands in the address of the page."""


class FilterStore:
    """Own filters only: nobody sees another's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, seat: Seat, page: str) -> list[SavedFilter]:
        """Those of this seat for this page, by name."""
        mine = saved_filters.c.staff_id == seat.id, saved_filters.c.page == page
        statement = select(saved_filters).where(*mine).order_by(saved_filters.c.name)
        rows = await self._database.read(lambda connection: connection.execute(statement).all())
        return [SavedFilter(row.id, row.name, row.query) for row in rows]

    async def save(self, seat: Seat, page: str, name: str, query: str) -> bool:
        """Keep it; one of the same name is replaced. False when there are too many."""
        mine = saved_filters.c.staff_id == seat.id, saved_filters.c.page == page

        def work(connection: Connection) -> bool:
            connection.execute(delete(saved_filters).where(*mine, saved_filters.c.name == name))
            count = select(func.count()).select_from(saved_filters).where(*mine)
            if connection.execute(count).scalar_one() >= MOST:
                return False
            values = {"staff_id": seat.id, "page": page, "name": name, "query": query}
            connection.execute(insert(saved_filters), values)
            return True

        return await self._database.write(work)

    async def forget(self, seat: Seat, number: int) -> None:
        """Forget one of its own; another's stays."""
        mine = saved_filters.c.id == number, saved_filters.c.staff_id == seat.id
        await self._database.write(lambda connection: connection.execute(delete(saved_filters).where(*mine)))
