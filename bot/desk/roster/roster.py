"""The roster: who is at the desk when, changed by hand, from files, and by swaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, Protocol

import icalendar

from bot.clock import SHANGHAI, Clock
from bot.desk.refused import Refused
from bot.desk.rights import may
from bot.desk.roster.cover import DAY_MINUTES, Cover, Gap, gaps
from bot.desk.roster.files import Row, Unread, read_calendar, read_csv
from bot.desk.roster.shift import Shift, ShiftError, check_shift
from bot.desk.roster.swap import Swap, SwapAction
from bot.desk.seat import TIERS, Seat

AHEAD = 14
"""Days for which missing cover is told."""
CALENDAR_DAYS = 180
"""Days from today that an imported calendar is unfolded for."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file, or would."""

    new: int
    changed: int
    same: int
    refused: tuple[Unread, ...]
    applied: bool


class RosterRecords(Protocol):
    """The storage of the roster; changes write the audit trail in the same transaction."""

    async def shifts(self, starts: datetime, ends: datetime) -> list[Shift]:
        """Those that meet the stretch, in order."""
        ...

    async def people(self) -> dict[str, Seat]:
        """Accounts that can sign in, by name."""
        ...

    async def add(self, shift: Shift, by: Seat, now: datetime) -> Shift:
        """Store it; raises ShiftError where it meets another of the same person."""
        ...

    async def remove(self, number: int, by: Seat, now: datetime) -> bool:
        """Take it out with its open swaps; False when there is none or it has begun."""
        ...

    async def take(
        self, rows: Sequence[tuple[int, Shift]], by: Seat, now: datetime, apply: bool, whole: bool
    ) -> tuple[int, int, int, list[Unread]]:
        """Store shifts of a file, one with a known uid replacing the earlier; (new, changed, same, refused).

        Nothing is stored unless `apply`, nor when `whole` and something was refused.
        """
        ...

    async def ask(self, shift: int, giver: Seat, taker: int, reason: str, now: datetime) -> bool:
        """A wish for a swap; False unless the shift is the giver's, to come, and not offered already."""
        ...

    async def swaps(self, seat: Seat | None, limit: int) -> list[Swap]:
        """Newest first; of this seat, or all."""
        ...

    async def step(self, number: int, action: SwapAction, by: Seat, supervises: bool, now: datetime) -> bool:
        """One step of STEPS, moving the shift when it is confirmed; raises ShiftError where the taker is not free."""
        ...

    async def rules(self) -> list[Cover]:
        """How many seats there must be."""
        ...

    async def set_rules(self, rules: Sequence[Cover], by: Seat, now: datetime) -> None:
        """Replace them."""
        ...


class Roster:
    """What can be done with the roster."""

    def __init__(self, records: RosterRecords, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    async def days(self, first: date, count: int) -> list[Shift]:
        """Shifts that meet these days."""
        start = _midnight(first)
        return await self._records.shifts(start, start + timedelta(days=count))

    async def people(self, seat: Seat) -> dict[str, Seat]:
        """Accounts that can sign in and share a region with the seat, by name."""
        everybody = await self._records.people()
        return {name: one for name, one in everybody.items() if seat.shares_region(one)}

    async def on_duty(self) -> list[Shift]:
        """Shifts going on now."""
        now = self._clock.now()
        return await self._records.shifts(now, now + timedelta(seconds=1))

    async def next_duty(self) -> datetime | None:
        """When somebody is at the desk by the roster: now if so, else the next start within a fortnight."""
        now = self._clock.now()
        coming = await self._records.shifts(now, now + timedelta(days=AHEAD))
        return max(now, min(one.starts for one in coming)) if coming else None

    async def add(self, account: str, starts: datetime, ends: datetime, area: str, tier: str, by: Seat) -> Shift:
        """Plan a shift. Raises Refused."""
        seat = (await self._records.people()).get(account)
        if seat is None:
            raise Refused("unknown_account", f"没有能登录的账号“{account[:30]}”。")
        if tier not in TIERS:
            raise Refused("bad_tier", f"席别应为{'、'.join(TIERS.values())}之一。")
        shift = Shift(0, seat.id, seat.called, starts, ends, area, tier)
        try:
            check_shift(shift, ())
            return await self._records.add(shift, by, self._clock.now())
        except ShiftError as error:
            raise Refused("bad_shift", str(error)) from None

    async def remove(self, number: int, by: Seat) -> None:
        """Take a shift out that has not begun. Raises Refused."""
        if not await self._records.remove(number, by, self._clock.now()):
            raise Refused("no_shift", "没有这个班，或者它已经开始了。")

    async def take_file(
        self, kind: Literal["csv", "ics"], content: bytes, by: Seat, *, apply: bool, whole: bool
    ) -> Imported:
        """Read a file and store its shifts if `apply`; `whole` stores all or nothing. Raises RosterFileError."""
        now = self._clock.now()
        rows, unread = read_csv(content) if kind == "csv" else read_calendar(content, now.date(), CALENDAR_DAYS)
        people = await self._records.people()
        good: list[tuple[int, Shift]] = []
        for row in rows:
            try:
                good.append((row.line, _shift(row, people, kind)))
            except ShiftError as error:
                unread.append(Unread(row.line, str(error)))
        storing = apply and not (whole and unread)
        new, changed, same, refused = await self._records.take(good, by, now, storing, whole)
        all_refused = tuple(sorted([*unread, *refused], key=lambda one: one.line))
        return Imported(new, changed, same, all_refused, storing and not (whole and bool(refused)))

    async def ask(self, shift: int, giver: Seat, account: str, reason: str) -> None:
        """Offer one's shift to a colleague. Raises Refused."""
        taker = (await self.people(giver)).get(account)
        if taker is None or taker.id == giver.id:
            raise Refused("unknown_account", "请选一位同事。")
        if not await self._records.ask(shift, giver, taker.id, reason.strip()[:200], self._clock.now()):
            raise Refused("no_shift", "只能换自己的、还没开始的班；这个班也可能已经提出过换班。")

    async def step(self, number: int, action: SwapAction, by: Seat) -> None:
        """Agree, decline, withdraw, confirm or refuse. Raises Refused."""
        try:
            done = await self._records.step(number, action, by, may(by, "supervise"), self._clock.now())
        except ShiftError as error:
            raise Refused("bad_shift", str(error)) from None
        if not done:
            raise Refused("wrong_state", "这个换班现在不能这样处理，请刷新后再看。")

    async def swaps(self, seat: Seat) -> list[Swap]:
        """The seat's own; all for a supervisor."""
        return await self._records.swaps(None if may(seat, "supervise") else seat, 100)

    async def rules(self) -> list[Cover]:
        """How many seats there must be."""
        return await self._records.rules()

    async def set_rules(self, rules: Sequence[Cover], by: Seat) -> None:
        """Replace the rules. Raises Refused."""
        for rule in rules:
            fits = rule.tier in TIERS and 0 < rule.least <= 500 and set(rule.weekdays) <= set(range(1, 8))
            if not fits or not rule.weekdays or not 0 <= rule.from_minute < rule.to_minute <= DAY_MINUTES:
                raise Refused("bad_rule", "请检查星期、起止时间和人数。")
        await self._records.set_rules(rules, by, self._clock.now())

    async def gaps(self) -> list[Gap]:
        """Where the next fortnight falls short."""
        today = self._clock.now().astimezone(SHANGHAI).date()
        return gaps(await self._records.rules(), await self.days(today, AHEAD + 1), today, AHEAD)

    async def calendar(self, seat: Seat) -> bytes:
        """The seat's own shifts of the next half year as iCalendar."""
        now = self._clock.now()
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//Faxian//roster//ZH")
        calendar.add("version", "2.0")
        for shift in await self._records.shifts(now - timedelta(days=30), now + timedelta(days=CALENDAR_DAYS)):
            if shift.staff != seat.id:
                continue
            event = icalendar.Event()
            event.add("uid", f"shift-{shift.id}@faxian")
            event.add("dtstamp", now)
            event.add("dtstart", shift.starts)
            event.add("dtend", shift.ends)
            event.add("summary", f"值班　{TIERS.get(shift.tier, shift.tier)}")  # type: ignore[call-overload]
            calendar.add_component(event)
        return bytes(calendar.to_ical())


def _shift(row: Row, people: dict[str, Seat], kind: str) -> Shift:
    seat = people.get(row.account)
    if seat is None:
        raise ShiftError(f"没有能登录的账号“{row.account[:30]}”")
    shift = Shift(0, seat.id, seat.called, row.starts, row.ends, row.area, row.tier, kind, row.uid)
    check_shift(shift, ())
    return shift


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
