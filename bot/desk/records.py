"""What the desk needs kept, and the shapes it is kept in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from bot.desk.seat import Seat
from bot.message import Message, State
from bot.records import MatterView

DeskState = Literal["waiting", "human"]


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
    """Of the handoff: asked | danger | deadline | rule | unclear | failure."""
    reason: str
    asked: datetime
    """Since when it waits or waited."""
    seat: int | None
    seat_name: str
    """Who has claimed it; None and "" while it waits."""
    summary: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case with its whole transcript."""

    case: Case
    messages: tuple[Message, ...]


class DeskRecords(Protocol):
    """The storage of the desk. Every change is one transaction, message, outbox and audit row included.

    Changes return the message they added, or None when the conversation was not in the state or hands they need.
    """

    async def cases(self, state: DeskState, limit: int) -> list[Case]:
        """Cases in that state in queue order: priority, then time asked."""
        ...

    async def waiting(self) -> int:
        """How many wait."""
        ...

    async def dossier(self, conversation: str, seat: Seat, now: datetime) -> Dossier | None:
        """The case, its viewing noted; None when it was never handed to the desk."""
        ...

    async def matter(self, number: str, seat: Seat, now: datetime) -> MatterView | None:
        """The matter with this number, its viewing noted; None when there is none."""
        ...

    async def claim(self, conversation: str, seat: Seat, now: datetime) -> Message | None:
        """Give a waiting conversation to the seat: exactly one of any number of callers gets it."""
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

    async def state(self, conversation: str) -> tuple[State, int | None] | None:
        """State and holder, to say why a change was refused."""
        ...
