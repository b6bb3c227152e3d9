"""A backup of PostgreSQL as docs/runbook.md tells, and a service on what was restored from it."""

from __future__ import annotations

import secrets
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.store.trail import TrailStore
from tests.fakes.service import inbound, running
from tests.servers import execute


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="needs the package postgresql")
async def test_what_was_restored_goes_on_where_the_backup_was_made(postgres_server: str, tmp_path: Path) -> None:
    before, after = (f"backup_{name}_{secrets.token_hex(4)}" for name in ("of", "to"))
    execute(postgres_server, f"CREATE DATABASE {before} TEMPLATE template")
    copy = tmp_path / "faxian.dump"
    async with running(f"{postgres_server}/{before}") as service:
        conversation = await service.opened("api")
        first = await service.conversations.handle(inbound(conversation, "m1", "在吗", "api"))
        await service.seat("周律师")
        _run("pg_dump", "--format=custom", f"--file={copy}", f"{postgres_server}/{before}")  # while it runs
        await service.conversations.handle(inbound(conversation, "m2", "备份以后说的", "api"))

    execute(postgres_server, f"CREATE DATABASE {after}")
    restore = ("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction")
    _run(*restore, f"--dbname={postgres_server}/{after}", str(copy))
    async with running(f"{postgres_server}/{after}") as service:
        found = await service.conversations.get(conversation)
        assert found is not None
        assert found.matter == first.matter
        assert [one.seq for one in await service.conversations.after(conversation, 0)] == [1, 2, 3]
        assert (await TrailStore(service.database).prove()).fault is None
        again = await service.conversations.handle(inbound(conversation, "m1", "在吗", "api"))
        assert again.repeated
        said = await service.conversations.handle(inbound(conversation, "m2", "备份以后说的", "api"))
        assert (said.message.seq, said.repeated) == (4, False)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
