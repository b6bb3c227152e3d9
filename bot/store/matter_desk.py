"""Matters at the desk in the database: what is done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select

from bot.desk.matters.applications import Given
from bot.desk.matters.conflicts import Side
from bot.desk.matters.orders import Order, decide
from bot.desk.matters.records import Done, Lines, LinkKind, MatterFile, Wanted
from bot.desk.matters.refused import MatterRefused
from bot.desk.seat import Seat
from bot.store import application_desk, matter_file, matter_list, merging, party_desk, referral_desk
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import matter_links
from bot.store.family import surviving
from bot.store.notices import tell
from bot.store.parties import assign, check_conflicts
from bot.store.reach import able, visible
from bot.store.regions import in_regions
from bot.store.schema import matters
from bot.store.steps import changed, guarded, standing, write
from bot.store.timers import over

T = TypeVar("T")


class MatterStore:
    """Implements `bot.desk.matters.records.MatterRecords`; `key` makes the hashes of identity numbers."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key

    async def lines(self, wanted: Wanted, seat: Seat, after: str, limit: int) -> Lines:
        """A page of the list."""
        return await self._database.read(lambda connection: matter_list.lines(connection, wanted, seat, after, limit))

    async def sees(self, number: str, seat: Seat) -> bool:
        """Whether there is such a matter for this seat."""

        def work(connection: Connection) -> bool:
            which = matters.c.number == surviving(connection, number), in_regions(matters.c.region, seat)
            return connection.execute(select(matters.c.number).where(*which)).first() is not None

        return await self._database.read(work)

    async def file(self, number: str, seat: Seat, now: datetime) -> MatterFile:
        """The matter, the viewing noted."""

        def work(connection: Connection) -> MatterFile:
            row = visible(connection, surviving(connection, number), seat)
            note(connection, now, f"staff:{seat.id}", "viewed_matter", row.number)
            return matter_file.read(connection, row, seat)

        return await self._database.write(work)

    async def act(self, number: str, order: Order, version: int, seat: Seat, now: datetime) -> Done:
        """Do what the state machine allows."""

        def work(connection: Connection) -> Done:
            if order.action == "merge":
                merging.lock_talks(connection, number)
            row = visible(connection, number, seat)
            if row.version != version:
                raise changed(connection, number, version)
            change = decide(standing(connection, row), order, seat)
            newcomer = None
            checked: dict[str, Any] = {}
            if "clear" in change.move.demands:
                newcomer = able(connection, change.owner, row.region)
                checked = check_conflicts(connection, number, newcomer)
            if order.action == "merge":
                merging.merge(connection, row, visible(connection, order.target, seat), seat, now)
            write(connection, row, change, order, seat, now, **merging.columns(order))
            told = []
            if newcomer is not None:
                assign(connection, number, newcomer, now, checked)
                if newcomer.id != seat.id:
                    text = f"事项 {number} 指派给您办理（{seat.called}）"
                    told = tell(connection, (newcomer.id,), "assigned", text, f"/desk/matters/{number}", now)
            if order.action == "refer":
                referral_desk.send(connection, number, order, seat, now)
            if change.status in ("closed", "merged"):
                over(connection, number, now)
            note(connection, now, f"staff:{seat.id}", f"matter_{order.action}", number)
            return Done(order.target if order.action == "merge" else number, tuple(told))

        return await self._database.write(work)

    async def edit(self, number: str, values: Mapping[str, Any], version: int, seat: Seat, now: datetime) -> Done:
        """Change title, kind, area or region."""

        def work(connection: Connection) -> Done:
            row = visible(connection, number, seat)
            if row.version != version:
                raise changed(connection, number, version)
            guarded(connection, row, dict(values), "edit", seat, now, reason="、".join(sorted(values)))
            note(connection, now, f"staff:{seat.id}", "matter_edited", number, fields=sorted(values))
            return Done(number)

        return await self._database.write(work)

    async def link(self, number: str, other: str, kind: LinkKind, seat: Seat, now: datetime) -> Done:
        """Link two matters, once."""

        def work(connection: Connection) -> Done:
            row = visible(connection, number, seat)
            if visible(connection, other, seat).number == number:
                raise MatterRefused("demand", "不能和自己关联。")
            pairs = ((number, other),) if kind == "follows" else ((number, other), (other, number))
            there = select(matter_links.c.id).where(matter_links.c.kind == kind)
            for one, two in pairs:
                if connection.execute(there.where(matter_links.c.matter == one, matter_links.c.other == two)).first():
                    raise MatterRefused("linked", "这两个事项已经这样关联了。")
            values = {"matter": number, "other": other, "kind": kind, "staff_id": seat.id, "at": now}
            connection.execute(insert(matter_links), values)
            guarded(connection, row, {}, "link", seat, now, reason=other)
            note(connection, now, f"staff:{seat.id}", "matter_linked", number, other=other, kind=kind)
            return Done(number)

        return await self._database.write(work)

    async def add_party(
        self, number: str, side: Side, name: str, identifier: str | None, seat: Seat, now: datetime
    ) -> Done:
        """Somebody is concerned."""

        def work(connection: Connection) -> Done:
            row = visible(connection, number, seat)
            done = party_desk.add(connection, row, side, name, identifier, self._key, now)
            guarded(connection, row, {}, "party", seat, now, reason=name)
            note(connection, now, f"staff:{seat.id}", "matter_party", number, side=side)
            return done

        return await self._database.write(work)

    async def override(self, number: str, staff: int, reason: str, seat: Seat, now: datetime) -> Done:
        """A supervisor lets somebody act in spite of a conflict."""

        def work(connection: Connection) -> Done:
            row = visible(connection, number, seat)
            who = able(connection, staff, row.region)
            told = party_desk.override(connection, row, who, reason, seat, now)
            guarded(connection, row, {}, "override", seat, now, reason=reason)
            note(connection, now, f"staff:{seat.id}", "conflict_overridden", number, staff=staff)
            return Done(number, tuple(told))

        return await self._database.write(work)

    async def answer_referral(self, referral: int, state: str, answer: str, seat: Seat, now: datetime) -> Done:
        """What the receiver made of it."""
        return await self._write(
            lambda connection: referral_desk.answer(connection, referral, state, answer, seat, now)
        )

    async def decide(
        self, application: int, action: str, given: Given, version: int, seat: Seat, now: datetime
    ) -> Done:
        """One step of an application."""
        return await self._write(
            lambda connection: application_desk.decide(connection, application, action, given, version, seat, now)
        )

    async def _write(self, work: Callable[[Connection], T]) -> T:
        return await self._database.write(work)
