"""The roster in the database: the storage behind `bot.desk.roster`."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, or_, select, update

from bot.desk.roster.cover import Cover
from bot.desk.roster.files import Unread
from bot.desk.roster.shift import Shift, ShiftError, check_shift
from bot.desk.roster.swap import STEPS, Swap, SwapAction
from bot.desk.seat import Seat
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import cover, shifts, swaps
from bot.store.schema import staff
from bot.store.seats import SEAT_COLUMNS, to_seat


class _Undone(Exception):
    """Rolls a file back that is only tried, or was not taken as a whole."""


class RosterStore:
    """Implements `bot.desk.roster.roster.RosterRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shifts(self, starts: datetime, ends: datetime) -> list[Shift]:
        """Those that meet the stretch."""
        meets = (shifts.c.starts_at < ends) & (shifts.c.ends_at > starts)
        statement = _shifts().where(meets).order_by(shifts.c.starts_at, shifts.c.id)
        return await self._database.read(lambda connection: [_shift(row) for row in connection.execute(statement)])

    async def people(self) -> dict[str, Seat]:
        """Accounts that can sign in, by name."""
        statement = select(*SEAT_COLUMNS).where(staff.c.disabled.is_(False)).order_by(staff.c.name)
        rows = await self._database.read(lambda connection: connection.execute(statement).all())
        return {row.name: to_seat(row) for row in rows}

    async def add(self, shift: Shift, by: Seat, now: datetime) -> Shift:
        """Store it unless it meets another."""

        def work(connection: Connection) -> Shift:
            number = _insert(connection, shift)
            note(connection, now, f"staff:{by.id}", "shift_added", str(number), staff=shift.staff)
            return replace(shift, id=number)

        return await self._database.write(work)

    async def remove(self, number: int, by: Seat, now: datetime) -> bool:
        """Take it out with its swaps."""

        def work(connection: Connection) -> bool:
            coming = (shifts.c.id == number) & (shifts.c.starts_at > now)
            if connection.execute(select(shifts.c.id).where(coming).with_for_update()).first() is None:
                return False
            connection.execute(delete(swaps).where(swaps.c.shift_id == number))
            connection.execute(delete(shifts).where(shifts.c.id == number))
            note(connection, now, f"staff:{by.id}", "shift_removed", str(number))
            return True

        return await self._database.write(work)

    async def take(
        self, rows: Sequence[tuple[int, Shift]], by: Seat, now: datetime, apply: bool, whole: bool
    ) -> tuple[int, int, int, list[Unread]]:
        """Shifts of a file, in one transaction."""
        counts = {"new": 0, "changed": 0, "same": 0}
        refused: list[Unread] = []

        def work(connection: Connection) -> None:
            counts.update(new=0, changed=0, same=0)
            refused.clear()
            for line, shift in rows:
                try:
                    counts[_take(connection, shift)] += 1
                except ShiftError as error:
                    refused.append(Unread(line, str(error)))
            if not apply or (whole and refused):
                raise _Undone
            note(connection, now, f"staff:{by.id}", "roster_imported", "roster", **counts)

        with contextlib.suppress(_Undone):  # what would have been stored is counted all the same
            await self._database.write(work)
        return counts["new"], counts["changed"], counts["same"], refused

    async def ask(self, shift: int, giver: Seat, taker: int, reason: str, now: datetime) -> bool:
        """A wish for a swap."""

        def work(connection: Connection) -> bool:
            theirs = (shifts.c.id == shift) & (shifts.c.staff_id == giver.id) & (shifts.c.starts_at > now)
            if connection.execute(select(shifts.c.id).where(theirs).with_for_update()).first() is None:
                return False
            open_ones = swaps.c.state.in_(("asked", "agreed"))
            if connection.execute(select(swaps.c.id).where(swaps.c.shift_id == shift, open_ones)).first() is not None:
                return False
            values: dict[str, Any] = {
                "shift_id": shift,
                "from_staff": giver.id,
                "to_staff": taker,
                "state": "asked",
                "reason": reason,
                "asked_at": now,
            }
            connection.execute(insert(swaps), values)
            note(connection, now, f"staff:{giver.id}", "swap_asked", str(shift), to=taker)
            return True

        return await self._database.write(work)

    async def swaps(self, seat: Seat | None, limit: int) -> list[Swap]:
        """Newest first."""
        giver, taker = staff.alias("giver"), staff.alias("taker")
        statement = (
            _shifts()
            .add_columns(
                swaps.c.id.label("swap"), swaps.c.state, swaps.c.reason, swaps.c.asked_at,
                swaps.c.from_staff, swaps.c.to_staff,
                giver.c.name.label("giver"), giver.c.person.label("giver_person"),
                taker.c.name.label("taker"), taker.c.person.label("taker_person"),
            )
            .join(swaps, swaps.c.shift_id == shifts.c.id)
            .join(giver, giver.c.id == swaps.c.from_staff)
            .join(taker, taker.c.id == swaps.c.to_staff)
            .order_by(swaps.c.id.desc())
            .limit(limit)
        )  # fmt: skip
        if seat is not None:
            statement = statement.where(or_(swaps.c.from_staff == seat.id, swaps.c.to_staff == seat.id))
        return await self._database.read(lambda connection: [_swap(row) for row in connection.execute(statement)])

    async def step(self, number: int, action: SwapAction, by: Seat, supervises: bool, now: datetime) -> bool:
        """One step; confirming moves the shift."""

        def work(connection: Connection) -> bool:
            row = connection.execute(select(swaps).where(swaps.c.id == number).with_for_update()).one_or_none()
            if row is None or (row.state, action) not in STEPS:
                return False
            after, who = STEPS[(row.state, action)]
            neither = by.id not in (row.from_staff, row.to_staff)
            whose = {"to": by.id == row.to_staff, "from": by.id == row.from_staff, "supervisor": supervises and neither}
            if not whose[who]:
                return False
            if after == "confirmed" and not _move(connection, row, now):
                return False
            decided = {"decided_at": now, "decided_by": by.id} if after != "agreed" else {}
            connection.execute(update(swaps).where(swaps.c.id == number).values(state=after, **decided))
            note(connection, now, f"staff:{by.id}", f"swap_{after}", str(row.shift_id))
            return True

        return await self._database.write(work)

    async def rules(self) -> list[Cover]:
        """How many seats there must be."""
        statement = select(cover).order_by(cover.c.id)
        rows = await self._database.read(lambda connection: connection.execute(statement).all())
        return [
            Cover(row.id, row.area, row.tier, tuple(row.weekdays), row.from_minute, row.to_minute, row.least)
            for row in rows
        ]

    async def set_rules(self, rules: Sequence[Cover], by: Seat, now: datetime) -> None:
        """Replace them."""

        def work(connection: Connection) -> None:
            connection.execute(delete(cover))
            for rule in rules:
                values: dict[str, Any] = {
                    "area": rule.area,
                    "tier": rule.tier,
                    "weekdays": list(rule.weekdays),
                    "from_minute": rule.from_minute,
                    "to_minute": rule.to_minute,
                    "least": rule.least,
                }
                connection.execute(insert(cover), values)
            note(connection, now, f"staff:{by.id}", "cover_changed", "cover", rules=len(rules))

        await self._database.write(work)


def _free(connection: Connection, shift: Shift) -> None:
    """Raises ShiftError where the person has another shift then; their row is locked so that two cannot both fit."""
    connection.execute(select(staff.c.id).where(staff.c.id == shift.staff).with_for_update())
    same = (shifts.c.staff_id == shift.staff) & (shifts.c.starts_at < shift.ends) & (shifts.c.ends_at > shift.starts)
    check_shift(shift, [_shift(row) for row in connection.execute(_shifts().where(same))])


def _insert(connection: Connection, shift: Shift) -> int:
    _free(connection, shift)
    return int(connection.execute(insert(shifts).returning(shifts.c.id), _values(shift)).scalar_one())


def _take(connection: Connection, shift: Shift) -> str:
    """Store one of a file: "new", "changed" or "same"."""
    exact = (shifts.c.staff_id == shift.staff) & (shifts.c.starts_at == shift.starts) & (shifts.c.ends_at == shift.ends)
    if connection.execute(
        select(shifts.c.id).where(exact, shifts.c.area == shift.area, shifts.c.tier == shift.tier)
    ).first():
        return "same"
    known = None
    if shift.uid:
        known = connection.execute(select(shifts.c.id).where(shifts.c.uid == shift.uid)).scalar_one_or_none()
    if known is None:
        _insert(connection, shift)
        return "new"
    _free(connection, replace(shift, id=known))
    connection.execute(update(shifts).where(shifts.c.id == known).values(**_values(shift)))
    return "changed"


def _move(connection: Connection, swap: Any, now: datetime) -> bool:
    """Give the shift to the taker; False when it has begun or is no longer the giver's."""
    row = connection.execute(_shifts().where(shifts.c.id == swap.shift_id)).one_or_none()
    if row is None or row.staff_id != swap.from_staff or row.starts_at <= now:
        return False
    _free(connection, replace(_shift(row), staff=swap.to_staff, staff_name="接班的同事"))
    connection.execute(update(shifts).where(shifts.c.id == swap.shift_id).values(staff_id=swap.to_staff))
    return True


def _values(shift: Shift) -> dict[str, Any]:
    return {
        "staff_id": shift.staff,
        "starts_at": shift.starts,
        "ends_at": shift.ends,
        "area": shift.area,
        "tier": shift.tier,
        "source": shift.source,
        "uid": shift.uid,
    }


def _shifts() -> Select[Any]:
    return select(shifts, staff.c.name, staff.c.person).join(staff, staff.c.id == shifts.c.staff_id)


def _shift(row: Any) -> Shift:
    called = row.person or row.name
    return Shift(row.id, row.staff_id, called, row.starts_at, row.ends_at, row.area, row.tier, row.source, row.uid)


def _swap(row: Any) -> Swap:
    return Swap(
        row.swap,
        _shift(row),
        row.from_staff,
        row.giver_person or row.giver,
        row.to_staff,
        row.taker_person or row.taker,
        row.state,
        row.reason,
        row.asked_at,
    )
