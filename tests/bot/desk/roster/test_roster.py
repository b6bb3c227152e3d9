"""The roster: nobody in two places, files that may come twice, swaps that lose no shift, and missing cover told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import icalendar
import pytest

from bot.clock import SHANGHAI
from bot.desk.refused import Refused
from bot.desk.roster.cover import Cover, gaps
from bot.desk.roster.roster import Roster
from bot.desk.roster.shift import Shift
from bot.desk.roster.swap import STEPS
from bot.desk.seat import Seat
from bot.store.roster import RosterStore
from tests.bot.desk.roster.test_files import CALENDAR, GOOD
from tests.fakes.service import PASSWORD, Service, running


@dataclass
class Office:
    service: Service
    roster: Roster
    zhou: Seat
    wu: Seat
    boss: Seat


@pytest.fixture
async def office(store_url: str) -> AsyncIterator[Office]:
    async with running(store_url) as service:
        zhou, wu = [await service.accounts.add_staff(name, PASSWORD) for name in ("zhou", "wu")]
        boss = await service.accounts.add_staff("boss", PASSWORD, "supervisor")
        yield Office(service, Roster(RosterStore(service.database), service.clock), zhou, wu, boss)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=SHANGHAI)


async def planned(office: Office) -> list[tuple[str, datetime, datetime]]:
    return [(one.staff_name, one.starts, one.ends) for one in await office.roster.days(date(2026, 11, 1), 90)]


async def test_nobody_is_in_two_places(office: Office) -> None:
    await office.roster.add("zhou", at(1, 9), at(1, 17), "", "general", office.boss)
    for starts, ends in ((at(1, 16), at(1, 20)), (at(1, 8), at(1, 18)), (at(1, 10), at(1, 11)), (at(1, 17), at(1, 9))):
        with pytest.raises(Refused):
            await office.roster.add("zhou", starts, ends, "", "general", office.boss)
    await office.roster.add("zhou", at(1, 17), at(1, 20), "", "general", office.boss)
    await office.roster.add("wu", at(1, 9), at(1, 17), "", "general", office.boss)
    assert len(await planned(office)) == 3
    with pytest.raises(Refused, match="unknown_account"):
        await office.roster.add("nobody", at(2, 9), at(2, 17), "", "general", office.boss)
    with pytest.raises(Refused, match="bad_shift"):
        await office.roster.add("wu", at(3, 8), at(4, 8), "", "general", office.boss)


async def test_two_at_once_plan_one(office: Office) -> None:
    both = [office.roster.add("zhou", at(1, 9), at(1, 17), "", "general", office.boss) for _ in range(8)]
    done = await asyncio.gather(*both, return_exceptions=True)
    assert sum(isinstance(one, Shift) for one in done) == 1
    assert len(await planned(office)) == 1


async def test_a_file_is_tried_taken_and_taken_again(office: Office) -> None:
    tried = await office.roster.take_file("csv", GOOD.encode(), office.boss, apply=False, whole=True)
    assert (tried.new, tried.applied, await planned(office)) == (2, False, [])
    bad = (GOOD + "stranger,2026-12-03 09:00,17:00,,\n").encode()
    whole = await office.roster.take_file("csv", bad, office.boss, apply=True, whole=True)
    assert (whole.applied, [one.line for one in whole.refused], await planned(office)) == (False, [4], [])
    part = await office.roster.take_file("csv", bad, office.boss, apply=True, whole=False)
    assert (part.new, part.applied, len(await planned(office))) == (2, True, 2)
    again = await office.roster.take_file("csv", GOOD.encode(), office.boss, apply=True, whole=True)
    assert (again.new, again.same, len(await planned(office))) == (0, 2, 2)


async def test_a_calendar_that_comes_again_changes_its_own_entries(office: Office) -> None:
    first = await office.roster.take_file("ics", CALENDAR.encode(), office.boss, apply=True, whole=False)
    assert (first.new, first.applied) == (3, True)
    later = CALENDAR.replace("DTEND;TZID=Asia/Shanghai:20261201T170000", "DTEND;TZID=Asia/Shanghai:20261201T180000")
    again = await office.roster.take_file("ics", later.encode(), office.boss, apply=True, whole=False)
    assert (again.new, again.changed, again.same) == (0, 2, 1)
    assert ("zhou", at(1, 9), at(1, 18)) in await planned(office)
    mine = icalendar.Calendar.from_ical(await office.roster.calendar(office.zhou))
    assert len(mine.walk("VEVENT")) == 2


async def test_a_swap_needs_the_colleague_and_a_supervisor(office: Office) -> None:
    shift = await office.roster.add("zhou", at(1, 9), at(1, 17), "", "general", office.boss)
    with pytest.raises(Refused, match="no_shift"):
        await office.roster.ask(shift.id, office.wu, "zhou", "")
    await office.roster.ask(shift.id, office.zhou, "wu", "孩子生病")
    with pytest.raises(Refused, match="no_shift"):
        await office.roster.ask(shift.id, office.zhou, "wu", "再提一次")
    (swap,) = await office.roster.swaps(office.wu)
    for seat, action in ((office.zhou, "agree"), (office.boss, "confirm"), (office.wu, "withdraw")):
        with pytest.raises(Refused, match="wrong_state"):
            await office.roster.step(swap.id, action, seat)  # type: ignore[arg-type]
    await office.roster.step(swap.id, "agree", office.wu)
    with pytest.raises(Refused, match="wrong_state"):
        await office.roster.step(swap.id, "confirm", office.wu)
    await office.roster.step(swap.id, "confirm", office.boss)
    assert await planned(office) == [("wu", at(1, 9), at(1, 17))]


async def test_a_swap_onto_a_busy_colleague_changes_nothing(office: Office) -> None:
    shift = await office.roster.add("zhou", at(1, 9), at(1, 17), "", "general", office.boss)
    await office.roster.ask(shift.id, office.zhou, "wu", "")
    (swap,) = await office.roster.swaps(office.boss)
    await office.roster.step(swap.id, "agree", office.wu)
    await office.roster.add("wu", at(1, 12), at(1, 14), "", "general", office.boss)
    with pytest.raises(Refused, match="bad_shift"):
        await office.roster.step(swap.id, "confirm", office.boss)
    assert ("zhou", at(1, 9), at(1, 17)) in await planned(office)
    await office.roster.step(swap.id, "withdraw", office.zhou)


def test_every_end_of_a_swap_is_an_end() -> None:
    ends = {after for after, _ in STEPS.values()} - {state for state, _ in STEPS}
    assert ends == {"declined", "withdrawn", "confirmed"}


async def test_on_duty_and_when_next(office: Office) -> None:
    assert await office.roster.next_duty() is None
    now = office.service.clock.now()
    await office.roster.add("zhou", now + timedelta(hours=3), now + timedelta(hours=8), "", "general", office.boss)
    assert await office.roster.on_duty() == []
    assert await office.roster.next_duty() == now + timedelta(hours=3)
    office.service.clock.advance(4 * 3600)
    assert [one.staff_name for one in await office.roster.on_duty()] == ["zhou"]
    assert await office.roster.next_duty() == office.service.clock.now()
    (shift,) = await office.roster.on_duty()
    with pytest.raises(Refused):
        await office.roster.remove(shift.id, office.boss)


def test_missing_cover_is_told_to_the_minute() -> None:
    rule = Cover(1, "labour", "professional", (1, 2, 3, 4, 5), 9 * 60, 17 * 60, 1)
    there = [
        Shift(1, 1, "周", at(1, 8), at(1, 12), "", "professional"),
        Shift(2, 2, "吴", at(1, 13), at(1, 15, 30), "labour", "expert"),
        Shift(3, 3, "郑", at(1, 12), at(1, 17), "labour", "general"),  # too low a tier
        Shift(4, 4, "王", at(1, 12), at(1, 17), "family", "expert"),  # another area
    ]
    found = [(one.starts, one.ends, one.there) for one in gaps([rule], there, date(2026, 12, 1), 1)]
    assert found == [(at(1, 12), at(1, 13), 0), (at(1, 15, 30), at(1, 17), 0)]


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2026, 12, 1), True),  # a Tuesday
        (date(2026, 12, 5), False),  # a Saturday
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 10), True),  # a Saturday that is worked for the holiday
    ],
)
def test_holidays_and_shifted_working_days(day: date, counted: bool) -> None:
    rule = Cover(1, "", "general", (1, 2, 3, 4, 5), 9 * 60, 17 * 60, 1)
    assert bool(gaps([rule], [], day, 1)) == counted


async def test_rules_are_checked(office: Office) -> None:
    fine = Cover(0, "", "general", (1, 2), 540, 1020, 2)
    await office.roster.set_rules([fine], office.boss)
    assert [(one.least, one.weekdays) for one in await office.roster.rules()] == [(2, (1, 2))]
    for bad in (Cover(0, "", "boss", (1,), 0, 60, 1), Cover(0, "", "general", (8,), 0, 60, 1),
                Cover(0, "", "general", (1,), 60, 60, 1), Cover(0, "", "general", (), 0, 60, 1)):  # fmt: skip
        with pytest.raises(Refused):
            await office.roster.set_rules([bad], office.boss)
    assert len(await office.roster.gaps()) > 0
