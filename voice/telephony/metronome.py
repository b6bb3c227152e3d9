"""One beat every 20 ms for every call of the process."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from voice.clock import Clock
from voice.media import FRAME_SECONDS

_LOG = logging.getLogger(__name__)
CATCH_UP = 10
"""Beats made up for after the loop was busy; a longer gap is left a gap, or the line would be flooded."""


class Metronome:
    """A single timer is cheaper than one a call, and keeps absolute time: late beats do not add up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._members: dict[object, Callable[[], None]] = {}
        self._task: asyncio.Task[None] | None = None

    def join(self, beat: Callable[[], None]) -> Callable[[], None]:
        """Call `beat` every 20 ms, until the function returned here is called."""
        ticket = object()
        self._members[ticket] = beat
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return lambda: self._leave(ticket)

    def _leave(self, ticket: object) -> None:
        self._members.pop(ticket, None)
        if not self._members and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self) -> None:
        due = self._clock.monotonic() + FRAME_SECONDS
        while True:
            await self._clock.sleep(due - self._clock.monotonic())
            late = self._clock.monotonic() - due
            beats = 1 + max(0, int(late / FRAME_SECONDS + 1e-6))
            due += beats * FRAME_SECONDS
            if beats > CATCH_UP:
                beats = 1
            for ticket, beat in list(self._members.items()):
                for _ in range(beats):
                    if ticket in self._members:
                        self._beat(ticket, beat)

    def _beat(self, ticket: object, beat: Callable[[], None]) -> None:
        try:
            beat()
        except Exception:  # noqa: BLE001 - one broken call must not silence the others
            _LOG.exception("a call failed at its beat and is left out from now on")
            self._members.pop(ticket, None)
