"""Rounds of the keeper of calls."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.calls.calls import Calls
from bot.calls.keeper import CallKeeper
from bot.store.calls import CallStore
from bot.store.database import Database
from tests.fakes.clock import VirtualClock


async def test_a_round_asked_for_in_another_ends_after_it(tmp_path: Path) -> None:
    """Whoever waited for a round knows that what was to be deleted is deleted."""
    database, clock = Database(f"sqlite:///{tmp_path / 'faxian.db'}"), VirtualClock()
    await database.open()
    asked, go_on, deleted = asyncio.Event(), asyncio.Event(), []

    async def expire() -> int:
        asked.set()
        await go_on.wait()
        deleted.append("recording")
        return 1

    keeper = CallKeeper(Calls(CallStore(database), clock, lambda *_: None, texts=False), clock, expire)
    first = asyncio.ensure_future(keeper.round())
    await asked.wait()
    second = asyncio.ensure_future(keeper.round())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(second), 0.3)
    go_on.set()
    await second
    assert deleted == ["recording"], "and not twice"
    assert first.done()
    await database.close()
