"""Lets a virtual clock and real sockets on one machine run together, without waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.fakes.clock import VirtualClock

TURNS = 25
"""Turns of the loop in which what was sent over loopback has been received and acted on."""


async def settle() -> None:
    """Let everything that can happen at this moment happen."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def tick(clock: VirtualClock, beats: int = 1) -> None:
    """So many times 20 ms."""
    for _ in range(beats):
        clock.advance(0.02)
        await settle()


async def until(clock: VirtualClock, happened: Callable[[], object], beats: int = 500, step: float = 0.02) -> None:
    """Move the clock by steps until it has happened; fails when that takes too many."""
    await settle()
    for _ in range(beats):
        if happened():
            return
        clock.advance(step)
        await settle()
    raise AssertionError("it did not happen")
