"""Callers who wait for a person: only seats with a telephone count, and only times that are known are promised."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calls.records import CallRecords
from bot.clock import Clock
from bot.desk.queues.duty import NextDuty
from bot.desk.queues.front import CALL_WITHIN, choose, placed, serving
from bot.desk.queues.need import read_need
from bot.desk.queues.presence import AtDesk
from bot.desk.queues.queue import GENERAL, Queue
from bot.desk.queues.records import WaitingRecords
from bot.desk.queues.stakes import HIGH_STAKES
from bot.dialogue.engine import Handoff
from bot.events import Event, Publish

ASKED = Handoff("来电人要找工作人员。", "normal", "asked")
DANGER = Handoff("来电人可能有危险，电话在线上等。", "urgent", "danger")
URGENT_WITHIN = timedelta(minutes=10)
"""Who may be in danger is called back so soon, where somebody is on duty."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a caller stands who waits."""

    ahead: int
    here: bool
    """Somebody is here who could take the call."""


class CallQueue:
    """What the telephone asks of the queues."""

    def __init__(
        self,
        calls: CallRecords,
        waiting: WaitingRecords,
        clock: Clock,
        publish: Publish,
        duty: NextDuty,
        *,
        high_stakes: int = HIGH_STAKES,
    ) -> None:
        self._calls = calls
        self._waiting = waiting
        self._clock = clock
        self._publish = publish
        self._duty = duty
        self._high_stakes = high_stakes

    async def join(self, conversation: str, *, urgent: bool) -> None:
        """Wait for a person; who waits already is only made urgent. No engine is asked."""
        now, handoff = self._clock.now(), DANGER if urgent else ASKED
        told, queues, desks = await asyncio.gather(
            self._waiting.told(conversation), self._waiting.queues(), self._reachable()
        )
        need = read_need(handoff, told, now.date(), self._high_stakes)
        queue = choose(need, queues, desks)
        if await self._calls.wait(conversation, handoff, placed(need, queue.key), now):
            self._publish(Event("state", conversation, state="waiting"))

    async def place(self, conversation: str) -> Place | None:
        """Where they stand; None where they do not wait."""
        line, queues, desks = await asyncio.gather(self._waiting.waiting(), self._waiting.queues(), self._reachable())
        one = next((one for one in line if one.conversation == conversation), None)
        if one is None:
            return None
        ahead = [other.conversation for other in line if other.queue == one.queue].index(conversation)
        queue = next((kept for kept in queues if kept.key == one.queue), None) or Queue(GENERAL, "", "consultation")
        return Place(ahead, bool(serving(queue, queues, desks, one.region, self._clock.now())))

    async def by(self, *, urgent: bool) -> datetime | None:
        """By when a call can be promised; None where it is not known when somebody is on duty again."""
        now = self._clock.now()
        then = await self._duty.next_duty(GENERAL, now)
        if then is None:
            return None
        return then + (URGENT_WITHIN if urgent else CALL_WITHIN)

    async def _reachable(self) -> list[AtDesk]:
        """Accounts to which a call can be put through."""
        return [one for one in await self._waiting.desks() if one.seat.extension]
