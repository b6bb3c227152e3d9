"""What the queues need kept, and the shapes it is kept in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.desk.queues.help import Help
from bot.desk.queues.need import Told
from bot.desk.queues.presence import AtDesk
from bot.desk.queues.queue import Queue
from bot.desk.seat import Seat
from bot.dialogue.engine import Part
from bot.message import Message


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that waits, and what its citizen has been told."""

    claim: int
    conversation: str
    queue: str
    since: datetime
    language: str
    region: str
    told: datetime | None
    """When they were last told their place."""
    ahead: int | None
    """How many they were told to be in front."""
    asked: str
    """"" where somebody was on duty; else what we asked for last: offered | number | time."""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class CallBack:
    """A call that was asked for while waiting."""

    contact: str
    due: datetime
    booked: bool
    """For a time that the citizen chose."""


class WaitingRecords(Protocol):
    """The storage of those who wait. Every change is one transaction."""

    async def queues(self) -> list[Queue]:
        """All queues, closed ones too, by key."""
        ...

    async def desks(self) -> list[AtDesk]:
        """All accounts that can sign in."""
        ...

    async def told(self, conversation: str) -> Told:
        """What a conversation's matter and messages hold."""
        ...

    async def ahead(self, queue: str, priority: int, wanted: Help) -> int:
        """How many wait there before whoever comes now with this priority, for this kind of help."""
        ...

    async def took(self, queue: str, most: int) -> list[float]:
        """Seconds from claim to end of the newest conversations of a queue; of all queues where it had too few."""
        ...

    async def waiting(self) -> list[Waiting]:
        """All who wait, in the order they are served."""
        ...

    async def one(self, conversation: str) -> Waiting | None:
        """The one, if it waits."""
        ...

    async def tell(
        self,
        waiting: Waiting,
        parts: Sequence[Part],
        now: datetime,
        *,
        ahead: int | None = None,
        asked: str = "",
        promised: datetime | None = None,
        key: str = "",
    ) -> Message | None:
        """Say it and keep that it was said; None when it waits no more or another process has told it meanwhile.

        With a `key`, once for each: also None when that was said before.
        """
        ...

    async def call_back(self, conversation: str) -> CallBack | None:
        """The call that is asked for and not yet made."""
        ...

    async def ask_call(self, waiting: Waiting, call: CallBack, now: datetime) -> bool:
        """Keep the call, in the place of an earlier one of the same conversation.

        Whether the citizen is to be asked if the number may be written to as well.
        """
        ...

    async def withdraw(self, conversation: str, now: datetime) -> tuple[Part, ...] | None:
        """It waits no more and is the bot's; what the bot had put last, () for nothing.

        None, and nothing changed, where it does not wait, is a call, or may be of somebody in danger now.
        """
        ...

    async def pass_on(self, queue: str, to: str, since: datetime, now: datetime) -> list[str]:
        """Move who waits in `queue` since then or earlier to another; the conversations that moved."""
        ...


class QueueRecords(Protocol):
    """The storage of the queues themselves."""

    async def queues(self) -> list[Queue]:
        """All queues, closed ones too, by key."""
        ...

    async def save(self, queue: Queue, seat: Seat, now: datetime) -> None:
        """Add or change one; who waits in one that is closed goes to the general queue in the same transaction."""
        ...
