"""What the desk does by itself every few seconds: return what the vanished held, help out, tell places."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from bot.calls.call import VOICE
from bot.clock import Clock
from bot.desk.queues import words
from bot.desk.queues.duty import NextDuty
from bot.desk.queues.estimate import MEASURED, TELL_EVERY, notable, wait_minutes
from bot.desk.queues.front import serving
from bot.desk.queues.presence import GONE_AFTER, AtDesk, Presence
from bot.desk.queues.queue import GENERAL, Queue
from bot.desk.queues.records import Waiting, WaitingRecords
from bot.events import Event, Publish
from bot.message import Message
from bot.safe_log import log_round

_LOG = logging.getLogger(__name__)
EVERY = 10.0
"""Seconds between rounds."""


class Rounds:
    """Run it while the service runs; several processes may: each change is a statement that one of them wins."""

    def __init__(
        self, records: WaitingRecords, presence: Presence, clock: Clock, publish: Publish, duty: NextDuty
    ) -> None:
        self._records = records
        self._presence = presence
        self._clock = clock
        self._publish = publish
        self._duty = duty

    async def run(self) -> None:
        """For ever; cancel to stop."""
        # A service that was down has heard nobody: pages get the time to come back before anyone counts as gone.
        began = self._clock.now()
        while True:
            await self._clock.sleep(EVERY)
            try:
                await self.round(sweep=self._clock.now() - began >= GONE_AFTER)
            except Exception as error:  # noqa: BLE001 - the rounds must outlive a store that is busy or full
                log_round(_LOG, "a round of the desk failed, the next one tries again", error)

    async def round(self, *, sweep: bool = True) -> None:
        """One round."""
        if sweep:
            await self._presence.sweep()
        now = self._clock.now()
        queues, desks = await self._records.queues(), await self._records.desks()
        await self._help_out(queues, desks, now)
        lines: defaultdict[str, list[Waiting]] = defaultdict(list)
        for one in await self._records.waiting():
            lines[one.queue].append(one)
        by_key = {queue.key: queue for queue in queues}
        for key, line in lines.items():
            if key in by_key:
                await self._tell(by_key[key], line, queues, desks, now)

    async def _help_out(self, queues: list[Queue], desks: list[AtDesk], now: datetime) -> None:
        """Who waited too long goes to the queue that helps out, if anybody is there for it."""
        open_ones = {queue.key: queue for queue in queues if not queue.closed}
        for queue in queues:
            other = open_ones.get(queue.overflow)
            if queue.closed:
                await self._pass(queue.key, GENERAL, now, now)
            elif other is not None and any(one.here(now) and other.served_by(one.seat) for one in desks):
                await self._pass(queue.key, other.key, now - timedelta(seconds=queue.overflow_after), now)

    async def _pass(self, queue: str, to: str, since: datetime, now: datetime) -> None:
        for conversation in await self._records.pass_on(queue, to, since, now):
            self._publish(Event("state", conversation, state="waiting"))

    async def _tell(
        self, queue: Queue, line: list[Waiting], queues: list[Queue], desks: list[AtDesk], now: datetime
    ) -> None:
        took: list[float] | None = None
        for ahead, one in enumerate(line):
            if one.channel == VOICE:
                continue  # told by the telephone, in which they wait
            if one.told is not None and now - one.told < TELL_EVERY:
                continue
            here = serving(queue, queues, desks, one.region, now)
            if not here:
                if not one.asked:
                    await self._nobody(one, now)
                continue
            if not notable(one.ahead, ahead):
                continue
            if took is None:
                took = await self._records.took(queue.key, MEASURED)
            part = words.place(ahead, wait_minutes(ahead, here, took, now), back=one.ahead is None and bool(one.asked))
            self._said(await self._records.tell(one, (part,), now, ahead=ahead, asked=one.asked))

    async def _nobody(self, one: Waiting, now: datetime) -> None:
        """The last one has gone home."""
        then = await self._duty.next_duty(one.queue, now)
        promised = None if then is None or then <= now else then
        parts = words.nobody(promised, one.language)
        self._said(await self._records.tell(one, parts, now, asked="offered", promised=promised))

    def _said(self, message: Message | None) -> None:
        if message is not None:
            self._publish(Event("message", message.conversation, message=message))
