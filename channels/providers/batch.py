"""Several small writes as one, where they come faster than the store takes them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence


class Batch:
    """Rows that come while a write is under way go together into the next one; none waits for any to come."""

    def __init__(self, write: Callable[[Sequence[int]], Awaitable[None]]) -> None:
        self._write = write
        self._coming: list[int] = []
        self._next: asyncio.Future[None] | None = None
        self._now: asyncio.Task[None] | None = None

    async def add(self, rows: Sequence[int]) -> None:
        """Returns when these have been written. Raises what the write does."""
        self._coming += rows
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        waiting = self._next
        if self._now is None or self._now.done():
            self._now = asyncio.create_task(self._run())
        await asyncio.shield(waiting)

    async def _run(self) -> None:
        while self._next is not None:
            rows, done = self._coming, self._next
            self._coming, self._next = [], None
            try:
                await self._write(rows)
            except Exception as error:  # noqa: BLE001 - told to whoever waits
                done.set_exception(error)
            else:
                done.set_result(None)
