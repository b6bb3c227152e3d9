"""Puts the question of the day to its subscribers, each day once, as if they had said 「每日一题」."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bot.clock import SHANGHAI, Clock
from bot.dialogue.engine import DialogueEngine, Reply, Turn, TurnFailed
from bot.events import Event, Publish
from bot.message import Message
from bot.safe_log import log_failure, log_round

_LOG = logging.getLogger(__name__)
ASK = "每日一题"
LOOK = 60.0
"""Seconds between looks."""
FOR = timedelta(hours=1)
"""So long after its hour the question is still put, to whom it could not be before; then the day is left out."""
BATCH = 100


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One to whom the channel lets us write now, and where their conversation stands."""

    citizen: str
    conversation: str
    matter: str
    dialogue: Mapping[str, Any]
    seq: int
    """Of the last message: what is said meanwhile comes before the question."""
    interview: bool
    """A question of an interview stands open."""


class DailyRecords(Protocol):
    """The storage of subscriptions, as far as they are served."""

    async def due(self, at: datetime, now: datetime, after: str, limit: int) -> list[Subscriber]:
        """Those of before `at` who have not had the question of its day and may be written to now, by citizen, from
        behind `after`."""
        ...

    async def put(self, to: Subscriber, reply: Reply, day: date, now: datetime) -> Message | None:
        """Say it, once for each day; None where it was said, they have stopped it, or the talk has gone on."""
        ...


class DailyQuestion:
    """Runs beside the service."""

    def __init__(
        self, records: DailyRecords, engine: DialogueEngine, clock: Clock, publish: Publish, hour: int
    ) -> None:
        self._records = records
        self._engine = engine
        self._clock = clock
        self._publish = publish
        self._hour = hour

    async def run(self) -> None:
        """Look for ever; cancel to stop."""
        while True:
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - it must outlive an engine that is away and a store that is busy
                log_round(_LOG, "question of the day not put, trying again", error)
            await self._clock.sleep(LOOK)

    async def look(self) -> None:
        """Put it to all who are due, if it is the hour."""
        now = self._clock.now().astimezone(SHANGHAI)
        at = now.replace(hour=self._hour, minute=0, second=0, microsecond=0)
        if not at <= now < at + FOR:
            return  # a day that was missed is not made up for: tomorrow brings another question
        after = ""
        while page := await self._records.due(at, now, after, BATCH):
            for one in page:
                if not one.interview:
                    await self._ask(one, at.date())
            after = page[-1].citizen

    async def _ask(self, one: Subscriber, day: date) -> None:
        turn = Turn(one.conversation, f"daily-{day:%Y%m%d}", ASK, self._clock.now(), one.dialogue, one.matter)
        try:
            reply = await self._engine.respond(turn)
        except TurnFailed as error:  # of this conversation alone; an engine that is away ends the look
            log_failure(_LOG, "question of the day not made", error)
            return
        if not is_question(reply):
            return
        message = await self._records.put(one, reply, day, self._clock.now())
        if message is not None:
            self._publish(Event("message", one.conversation, message=message))


def is_question(reply: Reply) -> bool:
    """Whether it may be put unasked: a question, not that there is none now, and not one of an interview."""
    if reply.handoff is not None or reply.recall is not None or reply.application is not None or not reply.parts:
        return False
    last = reply.parts[-1]
    return len(last.choices) > 1 and "remaining" not in last.data
