"""What citizens have sent besides words, in the database until it has been fetched and dealt with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.store.database import Database
from bot.store.media_schema import incoming_media as table

LEASE = timedelta(seconds=90)
"""So long one process has to fetch and hear something; then another tries."""
KEPT = timedelta(days=3)
"""So long it is known that something was dealt with; no provider asks again that late."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came."""

    kind: str
    key: str
    citizen: str
    media: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    row: int = 0
    attempts: int = 0
    """Tries that have failed."""


class MediaStore:
    """Arrivals of one channel."""

    def __init__(self, database: Database, channel: str) -> None:
        self._database = database
        self._channel = channel

    async def add(self, arrival: Arrival, now: datetime) -> bool:
        """Keep it, to be dealt with; False where it is there already."""
        values: dict[str, Any] = {
            "channel": self._channel,
            "key": arrival.key,
            "external_id": arrival.citizen,
            "kind": arrival.kind,
            "media": arrival.media,
            "data": dict(arrival.data),
            "state": "due",
            "attempts": 0,
            "due_at": now,
            "at": now,
        }
        once = self._database.insert_once(table).values(**values).returning(table.c.id)
        old = delete(table).where(table.c.state != "due", table.c.due_at < now - KEPT)

        def work(connection: Connection) -> bool:
            connection.execute(old)
            return connection.execute(once).scalar_one_or_none() is not None

        return await self._database.write(work)

    async def begin(self, now: datetime) -> None:
        """This process has just started: what an earlier one had under way is due, where there is no other."""
        if not self._database.shared:
            mine = update(table).where(table.c.channel == self._channel, table.c.state == "due", table.c.due_at > now)
            await self._database.write(lambda connection: connection.execute(mine.values(due_at=now)))

    async def take(self, now: datetime, most: int) -> Sequence[Arrival]:
        """Some that are due, for this process alone for a while."""
        ready = (table.c.channel == self._channel, table.c.state == "due", table.c.due_at <= now)
        some = select(table.c.id).where(*ready).order_by(table.c.id).limit(most)
        some = some.with_for_update(skip_locked=True)

        def work(connection: Connection) -> Sequence[Arrival]:
            rows = list(connection.execute(some).scalars())
            if not rows:
                return ()
            connection.execute(update(table).where(table.c.id.in_(rows)).values(due_at=now + LEASE))
            found = connection.execute(select(table).where(table.c.id.in_(rows)).order_by(table.c.id))
            return [
                Arrival(one.kind, one.key, one.external_id, one.media, one.data, one.id, one.attempts) for one in found
            ]

        return await self._database.write(work)

    async def done(self, row: int, now: datetime) -> None:
        """It has been dealt with; what it was is not kept here."""
        await self._change(row, state="done", due_at=now, media="", data={})

    async def lost(self, row: int, now: datetime) -> None:
        """It cannot be had."""
        await self._change(row, state="lost", due_at=now, media="", data={})

    async def again(self, row: int, at: datetime) -> None:
        """Once more, at that time."""
        await self._change(row, attempts=table.c.attempts + 1, due_at=at)

    async def next_due(self) -> datetime | None:
        """When there is something to do; None when nothing waits."""
        soonest = select(table.c.due_at).where(table.c.channel == self._channel, table.c.state == "due")
        soonest = soonest.order_by(table.c.due_at).limit(1)
        return await self._database.read(lambda connection: connection.scalar(soonest))

    async def _change(self, row: int, **values: Any) -> None:
        statement = update(table).where(table.c.id == row).values(**values)
        await self._database.write(lambda connection: connection.execute(statement))
