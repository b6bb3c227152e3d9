"""Days off and worked days that somebody entered, for years that the library of holidays does not know yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from bot.desk.seat import Seat
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import days_off


@dataclass(frozen=True, slots=True)
class EnteredDay:
    """One of them."""

    day: date
    works: bool
    source: str


class DaysOffStore:
    """What is entered counts from the next timer on; those that run keep the day they were told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[EnteredDay]:
        """In order."""
        statement = select(days_off).order_by(days_off.c.day)
        rows = await self._database.read(lambda connection: connection.execute(statement).all())
        return [EnteredDay(row.day, row.works, row.source) for row in rows]

    async def enter(self, days: Mapping[date, bool | None], source: str, seat: Seat, now: datetime) -> None:
        """Set whether each day is worked; None forgets it."""

        def work(connection: Connection) -> None:
            connection.execute(delete(days_off).where(days_off.c.day.in_(list(days))))
            rows = [{"day": day, "works": works, "source": source} for day, works in days.items() if works is not None]
            if rows:
                connection.execute(insert(days_off), rows)
            note(
                connection,
                now,
                f"staff:{seat.id}",
                "days_off",
                "days_off",
                days=sorted(day.isoformat() for day in days),
            )

        await self._database.write(work)
