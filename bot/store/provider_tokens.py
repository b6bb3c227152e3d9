"""Access tokens of providers, shared by all processes: one fetches while the others wait for what it gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from bot.store.channel_schema import provider_tokens as table
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class ProviderToken:
    """What a provider lets us in by, for a while."""

    token: str = field(repr=False)
    expires: datetime


class TokenStore:
    """One token of each channel."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, channel: str) -> ProviderToken | None:
        """The last one that was fetched, however old; None where there is none."""

        def look(connection: Connection) -> Any:
            return connection.execute(select(table).where(table.c.channel == channel)).one_or_none()

        row = await self._database.read(look)
        return (
            None if row is None or not row.token or row.expires_at is None else ProviderToken(row.token, row.expires_at)
        )

    async def lease(self, channel: str, by: str, now: datetime, until: datetime) -> bool:
        """Whether `by` may fetch a new one; nobody else may before `until`."""
        there = self._database.insert_once(table).values(channel=channel)
        free = or_(table.c.lease_until.is_(None), table.c.lease_until <= now)
        taking = update(table).where(table.c.channel == channel, free).values(lease_by=by, lease_until=until)

        def work(connection: Connection) -> bool:
            connection.execute(there)
            return connection.execute(taking).rowcount == 1

        return await self._database.write(work)

    async def put(self, channel: str, by: str, token: ProviderToken) -> None:
        """What `by` has fetched, and the lease back; nothing where the lease was lost meanwhile."""
        values = {"token": token.token, "expires_at": token.expires, "lease_by": "", "lease_until": None}
        await self._change(channel, by, values)

    async def release(self, channel: str, by: str) -> None:
        """The lease back, without a token."""
        await self._change(channel, by, {"lease_by": "", "lease_until": None})

    async def drop(self, channel: str, token: str) -> None:
        """The provider refuses this one: nobody shall use it again."""
        gone = update(table).where(table.c.channel == channel, table.c.token == token).values(token="")
        await self._database.write(lambda connection: connection.execute(gone))

    async def _change(self, channel: str, by: str, values: dict[str, Any]) -> None:
        mine = update(table).where(table.c.channel == channel, table.c.lease_by == by).values(**values)
        await self._database.write(lambda connection: connection.execute(mine))
