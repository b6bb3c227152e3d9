"""An empty SQLite store as Alembic makes it, made once and copied: making it anew took most of a small test."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, create_engine

from bot.store.migrate import upgrade, version


@cache
def _statements() -> tuple[str, ...]:
    """What makes the tables, and fills those that are not empty."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade(connection)
    with engine.connect() as connection:
        dumped = connection.connection.driver_connection
        assert dumped is not None
        made = [one for one in dumped.iterdump() if one not in ("BEGIN TRANSACTION;", "COMMIT;")]
    engine.dispose()
    return tuple(sorted(made, key=_order))


def _order(statement: str) -> int:
    """Tables, then what is in them, then indexes and triggers: a row may point to a table that is dumped after it."""
    return 0 if statement.startswith("CREATE TABLE") else 2 if statement.startswith("CREATE") else 1


def upgraded(connection: Connection) -> None:
    """As `bot.store.migrate.upgrade`, which every other store goes through, and PostgreSQL's."""
    if connection.dialect.name != "sqlite" or version(connection) is not None:
        upgrade(connection)
        return
    cursor = connection.connection.cursor()
    for statement in _statements():
        cursor.execute(statement)
    cursor.close()
