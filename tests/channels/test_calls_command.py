"""`faxian calls`: listed as CSV, and compared with a file of the exchange."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

import pytest

from bot.calls.call import Ringing
from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.calls import CallStore
from bot.store.database import Database
from channels.commands.arguments import DIFFERENT
from channels.commands.calls import run_calls


def options(what: str, file: Path | None = None) -> argparse.Namespace:
    return argparse.Namespace(what=what, since=None, until=None, file=file, within=60, encoding="utf-8-sig")


async def ring(settings: Settings, *names: str) -> None:
    database = Database(settings.store_url)
    await database.open()
    store, now = CallStore(database), SystemClock().now()
    for name in names:
        await store.begin(Ringing(name, "sip", "13800138000", "=1+1", f"{name}@exchange"), (), False, now)
        await store.end(name, "advised", (), now)
    await database.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


def test_both_sides_then_one_missing_on_each(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(ring(settings, "call-1", "call-2"))
    assert run_calls(settings, options("list")) == 0
    listed = capsys.readouterr().out
    assert listed.count("13800138000") == 2
    assert ",'=1+1," in listed, "a spreadsheet takes it for text"
    now = f"{SystemClock().now():%Y-%m-%d %H:%M:%S}"
    file = tmp_path / "cdr.csv"
    rows = [f"{now},13800138000,call-1@exchange", f"{now},13800138000,call-2@exchange"]
    file.write_text("\n".join(("start,src,call_id", *rows)), encoding="utf-8")
    assert run_calls(settings, options("reconcile", file)) == 0
    assert "2 calls on both sides" in capsys.readouterr().out
    file.write_text("\n".join(("start,src,call_id", rows[0], f"{now},13900139000,other")), encoding="utf-8")
    assert run_calls(settings, options("reconcile", file)) == DIFFERENT
    told = capsys.readouterr().out
    assert "not at the exchange" in told
    assert "call-2@exchange" in told
    assert "no matter here" in told
    assert "other (row 3)" in told


def test_what_is_no_record_is_told(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cdr.csv").write_text("a,b\n1,2", encoding="utf-8")
    assert run_calls(settings, options("reconcile", tmp_path / "cdr.csv")) == 1
    assert "start time" in capsys.readouterr().err
