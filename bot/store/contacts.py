"""How far a provider lets us write to somebody: what has come from them, and what has gone to them since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from bot.store.channel_schema import contacts as table
from bot.store.database import Database


class ContactStore:
    """One row of each who was written to, or has done something that must be remembered."""

    def __init__(self, database: Database, channel: str) -> None:
        self._database = database
        self._channel = channel

    async def heard(self, external_id: str, now: datetime, keep: int = 0) -> None:
        """Something came from them: what they may be sent counts anew, from `keep` at the most.

        Nothing is written where nothing was counted: most are answered in the response and never have a row.
        """
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)
        counted = (table.c.sent_since > keep) | table.c.blocked
        anew = update(table).where(*mine, counted).values(sent_since=keep, blocked=False, last_inbound_at=now)
        await self._database.write(lambda connection: connection.execute(anew))

    async def spend(self, external_id: str, most: int) -> int | None:
        """Count one message to them, the how manieth it is; None where `most` have gone, or they have blocked us."""
        there = self._new(external_id)
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)
        one = (
            update(table)
            .where(*mine, table.c.sent_since < most, table.c.blocked.is_(False))
            .values(sent_since=table.c.sent_since + 1)
            .returning(table.c.sent_since)
        )

        def work(connection: Connection) -> int | None:
            connection.execute(there)
            return connection.execute(one).scalar_one_or_none()

        return await self._database.write(work)

    async def unspend(self, external_id: str) -> None:
        """It did not leave."""
        mine = (table.c.channel == self._channel, table.c.external_id == external_id, table.c.sent_since > 0)
        back = update(table).where(*mine).values(sent_since=table.c.sent_since - 1)
        await self._database.write(lambda connection: connection.execute(back))

    async def spent(self, external_id: str, most: int) -> None:
        """The provider says that nothing more goes to them before they write."""
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)
        full = update(table).where(*mine).values(sent_since=func.max(table.c.sent_since, most))
        if self._database.shared:
            full = update(table).where(*mine).values(sent_since=func.greatest(table.c.sent_since, most))
        await self._database.write(lambda connection: connection.execute(full))

    async def block(self, external_id: str) -> None:
        """They have unsubscribed."""
        await self._set(external_id, blocked=True)

    async def data(self, external_id: str) -> dict[str, Any]:
        """What the adapter has noted about them."""
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)
        found = await self._database.read(
            lambda connection: connection.execute(select(table.c.data).where(*mine)).scalar_one_or_none()
        )
        return dict(found or {})

    async def note(self, external_id: str, **noted: Any) -> dict[str, Any]:
        """Note these; None forgets one. What was noted before."""
        there = self._new(external_id)
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)

        def work(connection: Connection) -> dict[str, Any]:
            connection.execute(there)
            before: dict[str, Any] = dict(
                connection.execute(select(table.c.data).where(*mine).with_for_update()).scalar_one() or {}
            )
            after = {name: value for name, value in {**before, **noted}.items() if value is not None}
            connection.execute(update(table).where(*mine).values(data=after))
            return before

        return await self._database.write(work)

    async def _set(self, external_id: str, **values: Any) -> None:
        there = self._new(external_id)
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)

        def work(connection: Connection) -> None:
            connection.execute(there)
            connection.execute(update(table).where(*mine).values(**values))

        await self._database.write(work)

    def _new(self, external_id: str) -> Any:
        values: Mapping[str, Any] = {"channel": self._channel, "external_id": external_id}
        return self._database.insert_once(table).values(**values, sent_since=0, blocked=False, data={})
