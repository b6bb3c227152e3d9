"""Apps in the database: the storage behind `bot.apps`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from bot.apps import App
from bot.store.app_schema import apps as table
from bot.store.database import Database


class AppStore:
    """Implements `bot.apps.AppRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, app: App, key_hash: str, now: datetime) -> bool:
        """False where the name is taken."""
        values = {"name": app.name, "key_hash": key_hash, "made_at": now, **_columns(app)}
        once = self._database.insert_once(table).values(**values).returning(table.c.name)
        return await self._database.write(lambda connection: connection.execute(once).first()) is not None

    async def by_key(self, key_hash: str) -> App | None:
        """The one with this key."""
        return await self._one(table.c.key_hash == key_hash)

    async def named(self, name: str) -> App | None:
        """The one of this name."""
        return await self._one(table.c.name == name)

    async def all(self) -> Sequence[App]:
        """Every one, by name."""
        every = select(table).order_by(table.c.name)
        return await self._database.read(lambda connection: [_app(row) for row in connection.execute(every)])

    async def change(self, app: App, key_hash: str | None = None) -> None:
        """Everything of it but its name, and its key where one is given."""
        values = _columns(app) | ({} if key_hash is None else {"key_hash": key_hash})
        changed = update(table).where(table.c.name == app.name).values(**values)
        await self._database.write(lambda connection: connection.execute(changed))

    async def _one(self, condition: Any) -> App | None:
        found = select(table).where(condition)
        row = await self._database.read(lambda connection: connection.execute(found).one_or_none())
        return None if row is None else _app(row)


def _columns(app: App) -> dict[str, Any]:
    return {
        "url": app.url,
        "secret": app.secret,
        "old_secret": app.old_secret,
        "old_until": app.old_until,
        "disabled": app.disabled,
    }


def _app(row: Any) -> App:
    return App(row.name, row.url, row.secret, row.disabled, row.old_secret, row.old_until)
