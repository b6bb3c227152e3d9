"""Who is at the desk: pages tell it every twenty seconds; who is silent for long has gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, get_args

from bot.clock import Clock
from bot.desk.queues import words
from bot.desk.seat import Seat
from bot.dialogue.engine import Part
from bot.events import Event, Publish
from bot.message import Message

Status = Literal["online", "busy", "away"]
GONE_AFTER = timedelta(seconds=90)
"""Four signs of life missed, and a browser that rests its hidden pages sends one a minute."""


@dataclass(frozen=True, slots=True)
class AtDesk:
    """An account that can sign in, and what it is doing."""

    seat: Seat
    status: Status | None
    """None when it is not at the desk."""
    seen: datetime | None
    held: int
    """Conversations it has in hand."""

    def here(self, now: datetime) -> bool:
        """Whether it is at the desk and has not gone away from it."""
        return self.status in ("online", "busy") and self.seen is not None and now - self.seen < GONE_AFTER

    def free(self, now: datetime) -> int:
        """Conversations it would take now; none while it is busy."""
        return max(0, self.seat.capacity - self.held) if self.status == "online" and self.here(now) else 0


class PresenceRecords(Protocol):
    """The storage of presence."""

    async def beat(self, seat: Seat, status: Status | None, now: datetime) -> tuple[Status, int]:
        """The seat is there; its status and how many conversations it holds."""
        ...

    async def leave(self, seat: Seat, parts: Sequence[Part], now: datetime) -> list[Message]:
        """The seat goes: its conversations wait again, in front; the messages that told it."""
        ...

    async def returned(self, unseen_since: datetime, parts: Sequence[Part], now: datetime) -> list[Message]:
        """As `leave`, for every seat unseen since then. Of several processes exactly one returns each."""
        ...


class Presence:
    """Signs of life of the seats."""

    def __init__(self, records: PresenceRecords, clock: Clock, publish: Publish) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish

    async def beat(self, seat: Seat, status: Status | None = None) -> tuple[Status, int]:
        """The seat is there; its status and how many conversations it holds.

        None leaves the status as it was: one of several tabs must not undo what was chosen in another.
        """
        return await self._records.beat(seat, status, self._clock.now())

    async def leave(self, seat: Seat) -> int:
        """The seat signs out; how many conversations went back to their queues."""
        return self._tell(await self._records.leave(seat, words.RETURNED, self._clock.now()))

    async def sweep(self) -> int:
        """Return what the vanished held; how many conversations."""
        now = self._clock.now()
        return self._tell(await self._records.returned(now - GONE_AFTER, words.RETURNED, now))

    def _tell(self, said: list[Message]) -> int:
        for message in said:
            self._publish(Event("message", message.conversation, message=message))
            self._publish(Event("state", message.conversation, state="waiting"))
        return len(said)


def as_status(name: str) -> Status | None:
    """`name` if it is a status."""
    return next((one for one in get_args(Status) if one == name), None)
