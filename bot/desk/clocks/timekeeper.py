"""Looks after the timers while the service runs: each stage is told once, however many processes look."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.events import Event, Publish
from bot.safe_log import log_round

_LOG = logging.getLogger(__name__)
LOOK = 5.0
"""Seconds between looks: a danger that nobody answers is told of within this after its minute."""
BATCH = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One seat that has just been told something."""

    staff: int
    kind: str
    text: str
    link: str
    conversation: str
    """"" where it is about none."""


class TimerRecords(Protocol):
    """The storage of timers, as far as they run out."""

    async def run_out(self, now: datetime, limit: int) -> list[Told]:
        """Bring timers whose stage has changed to their new one and write its notices, each exactly once."""
        ...


class Timekeeper:
    """Runs beside the service."""

    def __init__(self, records: TimerRecords, clock: Clock, publish: Publish) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish

    async def run(self) -> None:
        """Look for ever; cancel to stop."""
        while True:
            try:
                while await self.look():
                    pass
            except Exception as error:  # noqa: BLE001 - the timers must outlive a store that is busy or full
                log_round(_LOG, "timers not looked after, trying again", error)
            await self._clock.sleep(LOOK)

    async def look(self) -> bool:
        """One look; True when there may be more."""
        told = await self._records.run_out(self._clock.now(), BATCH)
        for one in told:
            data = {"kind": one.kind, "text": one.text, "link": one.link}
            self._publish(Event("notice", one.conversation, staff=one.staff, data=data))
        return bool(told)
