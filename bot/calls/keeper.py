"""Looks after calls while the service runs: those that go on stay alive, those of a dead process are ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.calls.calls import Calls
from bot.clock import Clock
from bot.safe_log import log_round

_LOG = logging.getLogger(__name__)
EVERY = 30.0
"""Seconds between signs of life."""
EXPIRE_EVERY = 3600.0
"""Seconds between looks for recordings whose time is over."""


class CallKeeper:
    """Run it beside the service."""

    def __init__(self, calls: Calls, clock: Clock, expire: Callable[[], Awaitable[int]]) -> None:
        """`expire` deletes recordings whose time is over and tells how many."""
        self._calls = calls
        self._clock = clock
        self._expire = expire
        self._expired = -EXPIRE_EVERY
        self._one_round = asyncio.Lock()
        self.going_on: set[str] = set()
        """Ids of the calls that this process carries."""

    async def run(self) -> None:
        """For ever; cancel to stop."""
        while True:
            try:
                await self.round()
            except Exception as error:  # noqa: BLE001 - it must outlive a store that is busy or full
                log_round(_LOG, "calls not looked after, trying again", error)
            await self._clock.sleep(EVERY)

    async def round(self) -> None:
        """One round; whoever asks for another meanwhile waits for its end."""
        async with self._one_round:
            await self._calls.alive(sorted(self.going_on))
            if lost := await self._calls.clear():
                _LOG.warning("%d calls had no end: the process that carried them died", lost)
            if self._clock.monotonic() - self._expired >= EXPIRE_EVERY:
                self._expired = self._clock.monotonic()
                if gone := await self._expire():
                    _LOG.info("%d recordings deleted: their time is over", gone)
