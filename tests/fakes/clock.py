"""A clock that stands still until a test moves it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.clock import SHANGHAI


class VirtualClock:
    """Starts on 2026-11-23 10:00 in Shanghai; `advance` moves it and wakes whoever slept long enough."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
        self._elapsed = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The moment this clock shows."""
        return self._now

    def monotonic(self) -> float:
        """Seconds advanced so far."""
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        """Wait until `advance` has covered `seconds`; zero only yields."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._elapsed + seconds, future))
        await future

    @property
    def sleeping(self) -> int:
        """How many wait for this clock."""
        return len(self._sleepers)

    def advance(self, seconds: float) -> None:
        """Move the clock and wake every sleeper whose time has come."""
        self._now += timedelta(seconds=seconds)
        self._elapsed += seconds
        due = [(at, future) for at, future in self._sleepers if at <= self._elapsed]
        self._sleepers = [(at, future) for at, future in self._sleepers if at > self._elapsed]
        for _, future in due:
            if not future.done():
                future.set_result(None)
