"""Who has read how far, what a seat has in hand, and earlier pages of a transcript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.clock import Clock
from bot.desk.refused import Refused
from bot.desk.seat import Seat
from bot.events import Event, Publish
from bot.message import Message

T = TypeVar("T")
PAGE = 100
"""Messages read at once; a talk of thousands opens as fast as one of ten."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Sequence numbers up to which each side has read."""

    citizen: int
    staff: int


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation in a seat's hands, as its own list shows it."""

    conversation: str
    matter: str
    topic: str
    priority: int
    last: Message
    unread: int


@dataclass(frozen=True, slots=True)
class Gist:
    """What is known of a conversation's matter, and what was asked last."""

    matter: str
    topic: str
    area: str
    summary: Mapping[str, Any]
    opinion: Mapping[str, Any] | None
    asked: str
    """The citizen's last words that say something."""


class ReadingRecords(Protocol):
    """The storage of it."""

    async def marks(self, conversation: str) -> Marks:
        """How far each side has read."""
        ...

    async def citizen_read(self, conversation: str, seq: int) -> bool:
        """Raise the citizen's mark; False when it does not go up, or past the end."""
        ...

    async def staff_read(self, conversation: str, seat: Seat, seq: int) -> bool:
        """Raise the staff's mark if the seat holds the conversation; False as above."""
        ...

    async def held(self, seat: Seat) -> list[Held]:
        """What the seat holds, the latest word first."""
        ...

    async def before(self, conversation: str, seat: Seat, seq: int, limit: int, now: datetime) -> list[Message] | None:
        """Up to `limit` messages before `seq`, in order; None when the conversation is not the seat's to see."""
        ...

    async def gist(self, conversation: str, seat: Seat) -> Gist | None:
        """What is known; None as above."""
        ...


class Reading:
    """Read marks, both ways, and lists."""

    def __init__(self, records: ReadingRecords, clock: Clock, publish: Publish) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish

    async def marks(self, conversation: str) -> Marks:
        """How far each side has read."""
        return await self._records.marks(conversation)

    async def by_citizen(self, conversation: str, seq: int) -> None:
        """The citizen has seen everything up to `seq`."""
        if await self._records.citizen_read(conversation, seq):
            self._publish(Event("read", conversation, who="citizen", data={"seq": seq}))

    async def by_seat(self, conversation: str, seat: Seat, seq: int) -> None:
        """The seat that holds it has; of others who look on, the citizen is told nothing."""
        if await self._records.staff_read(conversation, seat, seq):
            self._publish(Event("read", conversation, who="staff", data={"seq": seq}))

    async def held(self, seat: Seat) -> Sequence[Held]:
        """What the seat holds, the latest word first."""
        return await self._records.held(seat)

    async def before(self, conversation: str, seat: Seat, seq: int) -> Sequence[Message]:
        """The page of messages before `seq`. Raises Refused for a conversation that is not the seat's to see."""
        return _seen(await self._records.before(conversation, seat, seq, PAGE, self._clock.now()))

    async def gist(self, conversation: str, seat: Seat) -> Gist:
        """What is known of it. Raises Refused as `before`."""
        return _seen(await self._records.gist(conversation, seat))


def _seen(found: T | None) -> T:
    if found is None:
        raise Refused("unknown_conversation", "没有这个会话，或者它没有转到人工。")
    return found
