"""One commit for all that waits: each is whole or not there, whatever becomes of the others."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event, insert, select, text

from bot.clock import SHANGHAI
from bot.store.database import Database
from bot.store.schema import audit

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'faxian.db'}"
    opened = Database(url if request.param == "sqlite" else str(request.getfixturevalue("postgres_url")))
    await opened.open()
    yield opened
    await opened.close()


def _row(connection: Connection, subject: str) -> str:
    values = {"at": NOW, "actor": "test", "action": "x", "subject": subject, "detail": {}}
    connection.execute(insert(audit), values)
    return subject


async def _subjects(database: Database) -> set[str]:
    return set(await database.read(lambda connection: connection.execute(select(audit.c.subject)).scalars().all()))


class _Held:
    """A transaction under way that waits until it is let go, and counts the commits from then on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begun, self._go = threading.Event(), threading.Event()
        self.commits = 0

    def _work(self, connection: Connection) -> str:
        self._begun.set()
        self._go.wait(20)
        event.listen(connection.engine, "commit", self._count)
        return _row(connection, "held")

    def _count(self, _connection: Connection) -> None:
        self.commits += 1

    async def __aenter__(self) -> _Held:
        self._task = asyncio.create_task(self._database.write(self._work, together=True))
        await asyncio.to_thread(self._begun.wait, 20)
        return self

    async def let_go(self, *waiting: asyncio.Task[Any]) -> list[Any]:
        await asyncio.sleep(0)  # they have asked
        self._go.set()
        await self._task
        return list(await asyncio.gather(*waiting, return_exceptions=True))

    async def __aexit__(self, *_: object) -> None:
        self._go.set()


def _asked(database: Database, work: Any) -> asyncio.Task[Any]:
    return asyncio.create_task(database.write(work, together=True))


async def test_what_waits_is_committed_together_and_one_that_fails_leaves_nothing(database: Database) -> None:
    def fails(connection: Connection) -> None:
        _row(connection, "half")
        raise OSError("crash")

    async with _Held(database) as held:
        good = [_asked(database, lambda connection, n=n: _row(connection, f"{n}")) for n in range(5)]
        bad = _asked(database, fails)
        after = _asked(database, lambda connection: _row(connection, "after"))
        told = await held.let_go(*good, bad, after)
    assert [str(one) for one in told] == ["0", "1", "2", "3", "4", "crash", "after"]
    assert await _subjects(database) == {"held", "0", "1", "2", "3", "4", "after"}
    assert held.commits == 2, "the one that was under way, and one for all the rest"


async def test_where_the_commit_is_lost_each_gets_through_alone(database: Database) -> None:
    breaks = [True]

    def breaking(connection: Connection) -> str:
        if breaks.pop() if breaks else False:
            connection.connection.cursor().execute("ROLLBACK")  # as SQLite does by itself where the disk is full
        return _row(connection, "breaking")

    async with _Held(database) as held:
        first = _asked(database, lambda connection: _row(connection, "first"))
        second = _asked(database, breaking)
        third = _asked(database, lambda connection: _row(connection, "third"))
        assert await held.let_go(first, second, third) == ["first", "breaking", "third"]
    assert await _subjects(database) == {"held", "first", "breaking", "third"}


async def test_who_hangs_up_has_written_all_the_same(database: Database) -> None:
    async with _Held(database) as held:
        gone = _asked(database, lambda connection: _row(connection, "gone"))
        await asyncio.sleep(0)
        gone.cancel()
        last = _asked(database, lambda connection: _row(connection, "last"))
        await held.let_go(last)
    assert await _subjects(database) == {"held", "gone", "last"}


async def test_connections_that_were_cut_are_made_anew_unnoticed(postgres_url: str) -> None:
    database = Database(postgres_url)
    await database.open()
    for together in (True, False):
        await database.write(lambda connection: _row(connection, "before"), together=together)
    here = "datname = current_database() AND pid <> pg_backend_pid()"
    cut = text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {here}")
    with create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg2:", 1)).connect() as other:
        other.execute(cut)
    assert await _subjects(database) == {"before"}
    await database.write(lambda connection: _row(connection, "together"), together=True)
    await database.write(lambda connection: _row(connection, "by itself"))
    assert await _subjects(database) == {"before", "together", "by itself"}
    await database.close()
