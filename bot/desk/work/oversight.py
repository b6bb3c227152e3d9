"""What a supervisor does in somebody else's conversation: read along, openly, and take over.

The holder sees that somebody reads along: people work better when they know, and nobody answers twice. The citizen is
not told of a reader, only of a change of hands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.desk.desk import Desk
from bot.desk.refused import Refused
from bot.desk.seat import Seat
from bot.events import Event, Publish
from bot.message import Message, clean_text

EVERY = 20
"""Seconds between two signs that a supervisor reads along; the holder's page forgets after two missed ones."""
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A conversation in new hands."""

    message: Message
    """What the citizen is told."""
    before: int
    """The seat that had it."""


class OversightRecords(Protocol):
    """The storage of it."""

    async def watched(self, conversation: str, seat: Seat, now: datetime) -> bool:
        """Note that the seat begins to read along; False when the conversation is not the seat's to see."""
        ...

    async def take_over(self, conversation: str, seat: Seat, reason: str, now: datetime) -> TakenOver | None:
        """From whoever holds it to this seat, with a note why and a notice to the other; None when nobody else does."""
        ...


class Oversight:
    """A supervisor at work."""

    def __init__(self, records: OversightRecords, desk: Desk, clock: Clock, publish: Publish) -> None:
        self._records = records
        self._desk = desk
        self._clock = clock
        self._publish = publish

    async def watch(self, conversation: str, seat: Seat, on: bool, begins: bool) -> None:
        """The seat reads along, or no longer does. Raises Refused for a conversation that is not its to see."""
        if begins and not await self._records.watched(conversation, seat, self._clock.now()):
            raise Refused("unknown_conversation", "没有这个会话，或者它没有转到人工。")
        self._publish(
            Event("desk", conversation, data={"what": "watch", "seat": seat.id, "name": seat.called, "on": on})
        )

    async def take_over(self, conversation: str, seat: Seat, reason: str) -> Message:
        """Take it from its holder. Raises Refused and BadMessage."""
        taken = await self._records.take_over(conversation, seat, clean_text(reason, LONGEST_REASON), self._clock.now())
        if taken is None:
            raise await self._desk.why(conversation, seat)
        self._publish(Event("message", conversation, message=taken.message))
        self._publish(Event("state", conversation, state="human"))
        self._publish(Event("notice", conversation, staff=taken.before, data={"kind": "transfer"}))
        return taken.message
