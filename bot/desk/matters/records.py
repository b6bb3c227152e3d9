"""Matters as the desk lists and shows them, and the storage behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from bot.desk.clocks.timekeeper import Told
from bot.desk.matters.applications import Given
from bot.desk.matters.conflicts import Side
from bot.desk.matters.orders import Order, Standing
from bot.desk.matters.states import LIVE
from bot.desk.seat import Seat
from bot.message import Message

LinkKind = Literal["related", "follows", "group"]
LINKS: dict[LinkKind, str] = {"related": "相关", "follows": "后续", "group": "同一群体"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows."""

    statuses: tuple[str, ...] = LIVE
    kind: str = ""
    area: str = ""
    region: str = ""
    owner: str = ""
    """"me", "none", the id of a seat, or "" for all."""
    queue: str = ""
    card: str = ""
    """yellow | red | late (either)"""
    due_before: date | None = None
    text: str = ""
    """In the number or the title."""
    order: Literal["updated", "due"] = "updated"


@dataclass(frozen=True, slots=True)
class Line:
    """A matter in a list."""

    number: str
    title: str
    kind: str
    status: str
    state: str
    area: str
    region: str
    priority: int
    owner: str
    mine: bool
    queue: str
    card: str
    due: datetime | None
    updated: datetime


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of a list."""

    lines: tuple[Line, ...]
    more: str
    """Where the next page begins; "" when there is none."""
    total: int | None
    """How many there are; only counted for the first page."""


@dataclass(frozen=True, slots=True)
class MatterFile:
    """Everything about one matter."""

    standing: Standing
    line: Line
    topic: str
    summary: Mapping[str, Any]
    result: str
    closing: str
    created: datetime
    closed: datetime | None
    merged_into: str
    merged: tuple[str, ...]
    """Numbers that were merged into it."""
    steps: tuple[Mapping[str, Any], ...] = ()
    talks: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[Mapping[str, Any], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    parties: tuple[Mapping[str, Any], ...] = ()
    links: tuple[Mapping[str, Any], ...] = ()
    assignments: tuple[Mapping[str, Any], ...] = ()
    applications: tuple[Mapping[str, Any], ...] = ()
    referrals: tuple[Mapping[str, Any], ...] = ()
    timers: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a change has caused besides itself, to be published."""

    number: str
    told: tuple[Told, ...] = ()
    messages: tuple[Message, ...] = ()
    found: tuple[Mapping[str, Any], ...] = field(default=())
    """Conflicts of interest that a new party brought to light."""


class MatterRecords(Protocol):
    """The storage of matters for the desk. Each change is one transaction, its step and audit row included.

    Changes raise MatterRefused, and so does looking at a matter that is not there or not of the seat's regions.
    """

    async def lines(self, wanted: Wanted, seat: Seat, after: str, limit: int) -> Lines:
        """A page of the list, beginning behind the place `after`."""
        ...

    async def sees(self, number: str, seat: Seat) -> bool:
        """Whether there is such a matter for this seat."""
        ...

    async def file(self, number: str, seat: Seat, now: datetime) -> MatterFile:
        """The matter, the viewing noted; a merged number shows the matter it went into."""
        ...

    async def act(self, number: str, order: Order, version: int, seat: Seat, now: datetime) -> Done:
        """Do what the state machine allows."""
        ...

    async def edit(self, number: str, values: Mapping[str, Any], version: int, seat: Seat, now: datetime) -> Done:
        """Change title, kind, area or region."""
        ...

    async def link(self, number: str, other: str, kind: LinkKind, seat: Seat, now: datetime) -> Done:
        """Link two matters; `kind` "follows" reads: `number` follows `other`."""
        ...

    async def add_party(
        self, number: str, side: Side, name: str, identifier: str | None, seat: Seat, now: datetime
    ) -> Done:
        """Somebody is concerned; whoever acts in the matter already is checked against them."""
        ...

    async def override(self, number: str, staff: int, reason: str, seat: Seat, now: datetime) -> Done:
        """A supervisor lets somebody act in spite of a conflict."""
        ...

    async def answer_referral(self, referral: int, state: str, answer: str, seat: Seat, now: datetime) -> Done:
        """What the receiver of a referral made of it."""
        ...

    async def decide(
        self, application: int, action: str, given: Given, version: int, seat: Seat, now: datetime
    ) -> Done:
        """One step of an application; its citizen is told."""
        ...
