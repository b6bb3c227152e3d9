"""What the telephone needs of a clock; tests hold theirs still."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, Protocol


class Clock(Protocol):
    """How much time went by and how to wait."""

    def monotonic(self) -> float:
        """Seconds that never run backwards; only differences mean something."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait for `seconds` of this clock."""
        ...


async def within(clock: Clock, seconds: float, future: asyncio.Future[Any]) -> bool:
    """Whether `future` is done before that time; it is left as it is."""
    if not future.done():
        alarm = asyncio.ensure_future(clock.sleep(seconds))
        try:
            await asyncio.wait({future, alarm}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            alarm.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await alarm
    return future.done()
