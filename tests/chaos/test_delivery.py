"""kill -9 at every step between receipt and delivery: nothing is lost and nobody sees anything twice.

`python -m tests.chaos.test_delivery 1000` kills as often at random moments, which takes a quarter of an hour.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from tests.chaos.lives import Lives, every_step
from tests.chaos.provider import Provider

RANDOM_KILLS = 8
LONGEST_LIFE = 0.6


@asynccontextmanager
async def _lives(data: Path, store: str, seed: int) -> AsyncIterator[tuple[Lives, Provider]]:
    provider = Provider(random.Random(seed))
    await provider.start()
    lives = Lives(data, store, provider, random.Random(seed))
    await lives.start()
    try:
        yield lives, provider
    finally:
        await lives.stop()
        await provider.stop()


def _check(lives: Lives, data: Path) -> None:
    for seen, expected in lives.seen():
        assert seen == expected
    assert "Traceback" not in (data / "lives.log").read_text(encoding="utf-8")


async def test_killed_at_every_step(tmp_path: Path) -> None:
    async with _lives(tmp_path, f"sqlite:///{tmp_path / 'faxian.db'}", 6) as (lives, provider):
        reached = [await lives.kill_at(*step) for step in every_step()]
        await lives.last()
        _check(lives, tmp_path)
        assert sum(reached) > len(reached) * 3 // 4, "the kills came when nothing was going on"
        assert provider.repeats > 0, "no kill came between the provider's having it and our knowing"
    with closing(sqlite3.connect(tmp_path / "faxian.db")) as store:
        assert store.execute("SELECT count(*) FROM messages WHERE pending").fetchone() == (0,)
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_killed_at_random_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    chance = random.Random(61)
    async with _lives(tmp_path, postgres_url, 61) as (lives, _):
        for _ in range(RANDOM_KILLS):
            await lives.kill_within(chance.uniform(0, LONGEST_LIFE))
        await lives.last()
        _check(lives, tmp_path)


async def _many(kills: int) -> None:
    chance = random.Random(kills)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        async with _lives(data, f"sqlite:///{data / 'faxian.db'}", kills) as (lives, provider):
            for number in range(kills):
                await lives.kill_within(chance.uniform(0, LONGEST_LIFE))
                if number % 50 == 49:
                    await lives.last()
                    _check(lives, data)
                    said = sum(len(person.said) for person in lives.people)
                    print(f"{number + 1} kills, {said} messages, {provider.repeats} repeats hidden", flush=True)
            await lives.last()
            _check(lives, data)


if __name__ == "__main__":
    asyncio.run(_many(int(sys.argv[1])))
