"""What the desk needs kept, and the shapes it is kept in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from bot.desk.queues.presence import AtDesk
from bot.desk.queues.queue import Queue
from bot.desk.seat import Seat, Tier
from bot.message import Message, State
from bot.records import MatterView

DeskState = Literal["waiting", "human"]
RowKind = Literal["conversation", "matter", "application", "referral"]
"""Rows that an address of the desk can name."""


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation as the desk lists it."""

    conversation: str
    channel: str
    state: State
    matter: str
    topic: str
    area: str
    priority: int
    """0 urgent, 1 high, 2 normal."""
    kind: str
    """Of the handoff, as `bot.dialogue.engine.Handoff.kind`."""
    reason: str
    asked: datetime
    """Since when it waits or waited."""
    seat: int | None
    seat_name: str
    """Who has claimed it; None and "" while it waits."""
    summary: Mapping[str, Any]
    queue: str = ""
    queue_name: str = ""
    tier: Tier = "general"
    """The lowest tier of seats that it is for."""
    help: str = ""
    region: str = ""
    """Division code; "" where unknown."""
    language: str = "zh"
    mood: str = ""
    """afraid | angry | sad"""
    reasons: tuple[str, ...] = ()
    """Why it comes before others."""
    returned: bool = False
    """Its seat vanished: it comes first."""
    promised: datetime | None = None
    """When its citizen was told that somebody is on duty."""
    takes: bool = True
    """The seat that asks serves its queue."""

    @property
    def title(self) -> str:
        """What it is about, in a few words (Simplified Chinese); of danger without a topic, the danger."""
        topic = self.summary.get("topic") or self.topic
        return str(topic or (self.reason if self.kind == "danger" else "") or "尚未确定主题")


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case with the end of its transcript."""

    case: Case
    messages: tuple[Message, ...]


class DeskRecords(Protocol):
    """The storage of the desk. Every change is one transaction, message, outbox and audit row included.

    Changes return the message they added, or None when the conversation was not in the state or hands they need.
    """

    async def cases(self, state: DeskState, limit: int, seat: Seat) -> list[Case]:
        """Cases in that state, of the seat's regions, in the order they are served.

        Returned ones first, then priority, then since when they wait.
        """
        ...

    async def waiting(self, seat: Seat) -> int:
        """How many wait in the seat's regions."""
        ...

    async def sees_row(self, kind: RowKind, key: str, seat: Seat) -> bool:
        """Whether the row, or the matter it is of, lies in the seat's regions."""
        ...

    async def sees(self, conversation: str, seat: Seat) -> bool:
        """Whether the conversation lies in the seat's regions."""
        ...

    async def region(self, conversation: str, seat: Seat) -> str | None:
        """Of a conversation that was handed to the desk; None where it is not the seat's to see."""
        ...

    async def dossier(self, conversation: str, seat: Seat, now: datetime, last: int = ...) -> Dossier | None:
        """The case with its `last` messages, its viewing noted; None when it was never handed to the desk."""
        ...

    async def matter(self, number: str, seat: Seat, now: datetime) -> MatterView | None:
        """The matter with this number, its viewing noted; None when there is none."""
        ...

    async def claim(self, conversation: str, seat: Seat, now: datetime) -> Message | None:
        """Give a waiting conversation to the seat: exactly one of any number of callers gets it.

        None also where the seat has no room, or does not serve the queue.
        """
        ...

    async def next(self, seat: Seat, now: datetime) -> Message | None:
        """Claim the first that the seat may take; None where there is none or no room."""
        ...

    async def reply(self, conversation: str, seat: Seat, message_id: str, text: str, now: datetime) -> Message | None:
        """Add a reply of the seat that holds it; the same message id again returns the stored reply."""
        ...

    async def hand_back(self, conversation: str, seat: Seat, now: datetime) -> Message | None:
        """Give it back to the bot, which repeats its open question."""
        ...

    async def close(
        self, conversation: str, seat: Seat, now: datetime, result: str = "", summary: str = ""
    ) -> Message | None:
        """End it; with a code of results.yaml and a summary its matter too."""
        ...

    async def to_colleague(
        self, conversation: str, seat: Seat, colleague: Seat, text: str, now: datetime
    ) -> Message | None:
        """From hand to hand with a note; None also where the colleague has no room, or not the region."""
        ...

    async def to_queue(self, conversation: str, seat: Seat, queue: str, text: str, now: datetime) -> Message | None:
        """Back to those who wait, in another queue, with a note; None also where the queue has not the region."""
        ...

    async def requeue(self, conversation: str, seat: Seat, queue: str, text: str, now: datetime) -> bool:
        """Put one that waits into another queue, with a note.

        False when it waits no more, or the queue has not the region.
        """
        ...

    async def queues(self) -> list[Queue]:
        """All queues, closed ones too."""
        ...

    async def desks(self) -> list[AtDesk]:
        """All accounts that can sign in, and what they are doing."""
        ...

    async def is_call(self, conversation: str) -> bool:
        """Whether it is a telephone call."""
        ...

    async def state(self, conversation: str, seat: Seat) -> tuple[State, int | None] | None:
        """State and holder, to say why a change was refused; None where the seat may not know of it."""
        ...
