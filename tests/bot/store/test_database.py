"""The database: durable settings, one writer, all or nothing, and versions that are checked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.schema import CreateTable

from bot.clock import SHANGHAI
from bot.store.database import LEAST_FREE, Database, DiskFull, StoreError
from bot.store.schema import audit, citizens, conversations, metadata

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'deep' / 'faxian.db'}")
    await opened.open()
    yield opened
    await opened.close()


def _row(connection: Connection, subject: str, at: datetime = NOW) -> None:
    connection.execute(
        insert(audit), {"at": at, "actor": "test", "action": "x", "subject": subject, "detail": {"字": "值"}}
    )


async def test_commits_are_durable_and_foreign_keys_hold(database: Database) -> None:
    def pragmas(connection: Connection) -> list[object]:
        return [connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]

    assert await database.read(pragmas) == ["wal", 2, 1]
    with pytest.raises(IntegrityError):
        await database.write(
            lambda connection: connection.execute(
                insert(conversations),
                {
                    "id": "c",
                    "channel": "web",
                    "citizen_id": "nobody",
                    "state": "bot",
                    "dialogue": {},
                    "last_seq": 0,
                    "priority": 2,
                    "created_at": NOW,
                    "updated_at": NOW,
                },
            )
        )


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def half(connection: Connection) -> None:
        _row(connection, "half")
        raise OSError("crash")

    with pytest.raises(OSError, match="crash"):
        await database.write(half)
    assert await database.read(lambda connection: connection.scalar(select(func.count()).select_from(audit))) == 0


async def test_many_writers_at_once_all_succeed(database: Database) -> None:
    await asyncio.gather(*(database.write(lambda c, n=n: _row(c, str(n))) for n in range(50)))  # type: ignore[misc]
    assert await database.read(lambda connection: connection.scalar(select(func.count()).select_from(audit))) == 50


async def test_moments_come_back_in_shanghai_and_naive_ones_are_refused(database: Database) -> None:
    await database.write(lambda connection: _row(connection, "utc", datetime(2026, 11, 23, 2, 0, tzinfo=UTC)))
    found = await database.read(lambda connection: connection.scalar(select(audit.c.at)))
    assert found == NOW
    assert str(found.tzinfo) == "Asia/Shanghai"
    with pytest.raises(StatementError, match="time zone"):
        await database.write(lambda connection: _row(connection, "naive", datetime(2026, 11, 23)))


async def test_an_error_does_not_repeat_what_was_being_stored(database: Database) -> None:
    def twice(connection: Connection) -> None:
        for _ in range(2):
            connection.execute(insert(citizens), {"id": "张三的秘密", "channel": "web", "created_at": NOW})

    with pytest.raises(IntegrityError) as failed:
        await database.write(twice)
    assert "张三" not in str(failed.value)


async def test_a_store_of_another_version_is_refused_with_advice(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'faxian.db'}"
    first = Database(url)
    await first.open()
    await first.write(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    assert not await first.ready()
    await first.close()
    with pytest.raises(StoreError, match="9999"):
        await Database(url).open()


async def test_a_store_that_is_not_open_says_so(tmp_path: Path) -> None:
    closed = Database(f"sqlite:///{tmp_path / 'faxian.db'}")
    assert not await closed.ready()
    with pytest.raises(StoreError, match="open"):
        await closed.read(lambda connection: None)


def test_the_schema_compiles_for_postgresql() -> None:
    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("not an address", "DATABASE_URL"),
        ("mongodb://user:geheim@host/x", "no driver"),
        ("postgresql://user:geheim@127.0.0.1:9/faxian", "server runs"),
        ("sqlite:///{folder}/file/faxian.db", "DATA_DIR"),
        ("sqlite:///{folder}/folder", "check that this user may write"),
    ],
)
async def test_a_store_that_cannot_be_opened_says_why_and_what_to_do_in_one_line(
    tmp_path: Path, address: str, said: str
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match=said) as failed:
        await Database(address.format(folder=tmp_path)).open()
    assert "\n" not in str(failed.value)
    assert "geheim" not in str(failed.value)


async def test_a_store_whose_disk_is_nearly_full_is_not_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Database(f"sqlite:///{tmp_path / 'faxian.db'}")
    await opened.open()
    assert await opened.ready()
    monkeypatch.setattr("bot.store.database.disk_usage", lambda _: SimpleNamespace(free=LEAST_FREE - 1))
    with pytest.raises(DiskFull, match="8 MiB"):
        await opened.ready()
    await opened.close()
