"""Limits of several processes: what one lets through counts in the others, and without Redis each has its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SystemClock
from channels.limits import RateLimit
from channels.shared_limits import SharedLimits
from tests.fakes.clock import VirtualClock


@contextmanager
def running(*processes: SharedLimits) -> Iterator[None]:
    tasks = [asyncio.create_task(one.run()) for one in processes]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


async def test_what_one_process_lets_through_counts_in_the_other(
    redis_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = SharedLimits(SystemClock(), redis_address), SharedLimits(SystemClock(), redis_address)
    here, there = first.limit("address", 6), second.limit("address", 6)
    other = second.limit("app", 6)
    heard, counts = asyncio.Event(), Counter[str]()
    elsewhere = there.elsewhere

    def counted(key: str, count: int) -> None:
        elsewhere(key, count)
        counts[key] += count
        if counts[key] == 2:
            heard.set()

    monkeypatch.setattr(there, "elsewhere", counted)
    with running(first, second):
        async with asyncio.timeout(20):
            await first.listening.wait()
            await second.listening.wait()
            assert here.wait("192.0.2.1") == 0
            assert here.wait("192.0.2.1") == 0
            await heard.wait()
        assert there.wait("192.0.2.1") > 0
        assert there.wait("192.0.2.2") == 0, "keys do not share"
        assert other.wait("192.0.2.1") == 0, "limits do not share"


async def test_without_redis_each_has_its_own_and_a_dead_one_stops_nobody() -> None:
    alone = SharedLimits(VirtualClock(), "")
    await alone.run()
    assert alone.limit("address", 3).wait("k") == 0
    dead = SharedLimits(SystemClock(), "redis://127.0.0.1:9/0")
    limit = dead.limit("address", 3)
    with running(dead), contextlib.suppress(TimeoutError):
        assert limit.wait("k") == 0
        async with asyncio.timeout(0.5):
            await asyncio.Event().wait()
    assert limit.wait("k") > 0


@given(st.binary() | st.sampled_from([b"[]", b"[1, 2]", b'["x", [["address", "k", "many"]]]', b'["x", [[[], 1, 2]]]']))
def test_nonsense_of_another_version_is_left_alone(letter: bytes) -> None:
    limits = SharedLimits(VirtualClock(), "")
    limit = limits.limit("address", 3)
    limits._take(letter)
    assert limit.wait("k") == 0


@pytest.mark.parametrize("count", [1, 5])
def test_what_went_elsewhere_is_never_a_debt(count: int) -> None:
    clock = VirtualClock()
    limit = RateLimit(clock, 3)
    limit.elsewhere("k", count)
    assert limit.wait("k") == 20
    clock.advance(20)
    assert limit.wait("k") == 0
    RateLimit(clock, 0).elsewhere("k", 1)
