"""Migrations: a fresh store has the tables of the program, an old one is brought there with its rows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, select, text

from bot.clock import SHANGHAI
from bot.store import migrate
from bot.store.audit import note
from bot.store.database import Database, StoreError
from bot.store.migrate import head, known, upgrade, version
from bot.store.schema import matters, metadata, outbox
from bot.store.trail import TrailStore

V1 = Path(__file__).parent / "store_v1.sql"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


def test_a_fresh_store_has_the_tables_of_the_program(tmp_path: Path) -> None:
    with create_engine(f"sqlite:///{tmp_path / 'new.db'}").begin() as connection:
        assert version(connection) is None
        upgrade(connection)
        assert version(connection) == head()
        assert differences(connection) == []


async def test_a_store_of_before_migrations_keeps_its_rows_and_its_matters_get_codes(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for statement in V1.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                connection.execute(text(statement))
        row = "('2026-11-01 00:00:00', 'cli', 'x', 'x', '{}')"
        connection.execute(text(f"INSERT INTO audit (at, actor, action, subject, detail) VALUES {row}, {row}"))
        assert version(connection) == "0001"
    opened = Database(f"sqlite:///{path}")
    await opened.open()
    assert await opened.ready()
    rows = await opened.read(lambda connection: connection.execute(select(matters)).all())
    assert [row.number for row in rows] == ["20261123-0001", "20261123-0002"]
    assert all(len(row.code) == 6 and row.code.isdigit() and row.code_failures == 0 for row in rows)
    assert await opened.read(differences) == []
    await opened.write(lambda connection: note(connection, NOW, "cli", "viewed", "x"))
    proof = await TrailStore(opened).prove()
    assert (proof.older, proof.proved, proof.fault) == (2, 1, None), "the chain begins after what was there"
    await opened.close()


def test_letters_that_were_given_up_on_stay_so(tmp_path: Path) -> None:
    with create_engine(f"sqlite:///{tmp_path / 'old.db'}").begin() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        letter = "INSERT INTO outbox (channel, conversation_id, message, attempts, due_at, dead) VALUES ('web', 'c', 1"
        connection.execute(text(f"{letter}, 12, '2026-11-01 00:00:00', 1)"))
        connection.execute(text(f"{letter}, 0, '2026-11-02 00:00:00', 0)"))
        upgrade(connection)
        rows = connection.execute(select(outbox.c.state, outbox.c.stopped_at).order_by(outbox.c.id)).all()
        assert [row.state for row in rows] == ["dead", "due"]
        assert rows[0].stopped_at is not None
        assert differences(connection) == []


async def test_a_store_of_a_later_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "later.db"
    first = Database(f"sqlite:///{path}")
    await first.open()
    await first.write(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    await first.close()
    assert not known("9999")
    with pytest.raises(StoreError, match="9999"):
        await Database(f"sqlite:///{path}").open()
