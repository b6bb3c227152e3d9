"""Telephone numbers, times for calls, times on duty and estimates."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SHANGHAI
from bot.desk.queues import words
from bot.desk.queues.contact import masked, read_number, read_time, wants_call
from bot.desk.queues.defaults import default_queues
from bot.desk.queues.duty import BusinessHours, PlannedDuty
from bot.desk.queues.estimate import notable, rounded, wait_minutes
from bot.desk.queues.presence import AtDesk
from bot.desk.queues.queue import Queue
from bot.desk.roster.shift import Shift
from bot.desk.seat import Seat

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)  # a Monday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13812345678", "13812345678"),
        ("我的电话是138 1234 5678，谢谢", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("打这个号码：020-87654321", "02087654321"),
        ("明天下午三点打我手机13812345678", "13812345678"),
        ("老板的电话是13812345678，他说不给钱，你们找他去", ""),
        ("13812345678或者13912345678", ""),
        ("身份证440106199001011234", ""),
        ("20261123-0001", ""),
        ("没有电话", ""),
    ],
)
def test_the_senders_own_number(text: str, number: str) -> None:
    assert read_number(text, asked=False) == number


def test_a_number_that_was_asked_for_may_come_with_a_story() -> None:
    text = "我不太会打字，电话您就打我家里的吧，13812345678，我老伴也在旁边"
    assert read_number(text, asked=False) == ""
    assert read_number(text, asked=True) == "13812345678"
    assert masked("13812345678") == "138****5678"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("明天上午十点", "2026-11-24T10:00"),
        ("明天下午三点半", "2026-11-24T15:30"),
        ("下午三点", "2026-11-23T15:00"),
        ("上午九点", "2026-11-24T09:00"),
        ("周三下午", "2026-11-25T14:00"),
        ("下周一 9:30", "2026-11-30T09:30"),
        ("12月1号下午2点", "2026-12-01T14:00"),
        ("3号上午", "2026-12-03T09:00"),
        ("后天三点", "2026-11-25T15:00"),
        ("晚上8点", "2026-11-23T20:00"),
    ],
)
def test_a_time_for_a_call(text: str, moment: str) -> None:
    assert read_time(text, NOW) == at(moment)


@pytest.mark.parametrize("text", ["", "随便", "明天", "今天上午八点", "31号25点", "2月30号上午", "13812345678"])
def test_what_names_no_time_to_come_is_none(text: str) -> None:
    assert read_time(text, NOW) is None


@given(st.text(max_size=40), st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))
def test_a_time_lies_ahead_and_odd_text_breaks_nothing(text: str, now: datetime) -> None:
    moment = now.replace(tzinfo=SHANGHAI)
    found = read_time(f"{text}明天3点", moment)
    assert found is None or found > moment
    read_number(text, asked=True)


@pytest.mark.parametrize(
    ("after", "then"),
    [
        ("2026-11-23T10:00", "2026-11-23T10:00"),
        ("2026-11-23T08:00", "2026-11-23T09:00"),
        ("2026-11-23T17:00", "2026-11-24T09:00"),
        ("2026-11-27T20:00", "2026-11-30T09:00"),  # over a weekend
        ("2026-09-30T18:00", "2026-10-08T09:00"),  # over National Day
        ("2026-10-10T08:00", "2026-10-10T09:00"),  # a Saturday that is worked
        ("2026-02-14T17:30", "2026-02-24T09:00"),  # over the Spring Festival
    ],
)
async def test_the_next_time_on_duty(after: str, then: str) -> None:
    assert await BusinessHours().next_duty("general", at(after)) == at(then)


class Plan:
    """A roster and queues for it."""

    def __init__(self, *shifts: tuple[str, str, str]) -> None:
        self._shifts = [
            Shift(1, 1, "甲", at(start), at(start) + timedelta(hours=8), area, tier) for start, area, tier in shifts
        ]

    async def shifts(self, starts: datetime, ends: datetime) -> list[Shift]:
        return [shift for shift in self._shifts if shift.starts < ends and shift.ends > starts]

    async def queues(self) -> list[Queue]:
        return list(default_queues())


async def test_the_roster_counts_before_the_business_hours() -> None:
    plan = Plan(
        ("2026-11-28T20:00", "", "general"),
        ("2026-11-29T08:00", "labour", "professional"),
        ("2026-11-30T08:00", "family", "expert"),
    )
    duty, saturday = PlannedDuty(plan, plan, BusinessHours()), at("2026-11-28T18:00")
    assert await duty.next_duty("general", saturday) == at("2026-11-28T20:00")
    assert await duty.next_duty("general", at("2026-11-28T21:00")) == at("2026-11-28T21:00")
    assert await duty.next_duty("labour", saturday) == at("2026-11-29T08:00")
    assert await duty.next_duty("family", saturday) == at("2026-11-30T08:00")
    assert await duty.next_duty("criminal", saturday) == at("2026-11-30T09:00"), "nobody is planned for it"
    empty = Plan()
    assert await PlannedDuty(empty, empty, BusinessHours()).next_duty("general", saturday) == at("2026-11-30T09:00")


async def test_a_year_without_a_calendar_promises_nothing() -> None:
    assert await BusinessHours().next_duty("general", at("2031-03-03T10:00")) is None


def desks(*held: int, status: str = "online") -> list[AtDesk]:
    return [AtDesk(Seat(n, str(n), "lawyer"), status, NOW, one) for n, one in enumerate(held)]  # type: ignore[arg-type]


def test_an_estimate_needs_measurements_and_is_never_precise() -> None:
    assert wait_minutes(0, desks(0), [], NOW) == 0, "a free seat needs no measuring"
    assert wait_minutes(4, desks(5), [600] * 4, NOW) is None
    assert wait_minutes(4, desks(5), [600] * 5, NOW) == 10
    assert wait_minutes(4, desks(5, 5), [600] * 5, NOW) == 5
    assert wait_minutes(40, desks(5), [600] * 5, NOW) == 90
    assert wait_minutes(4, desks(5, status="busy"), [600] * 5, NOW) is None
    assert wait_minutes(0, [], [600] * 5, NOW) is None
    assert [rounded(minutes) for minutes in (0.1, 5, 6, 29, 31, 44)] == [5, 5, 10, 30, 40, 50]


def test_a_seat_that_was_not_heard_of_counts_for_nothing() -> None:
    later = NOW + timedelta(seconds=90)
    assert wait_minutes(0, desks(0), [600] * 9, later) in (None, 5)
    assert not desks(0)[0].here(later)
    assert desks(0)[0].here(later - timedelta(seconds=1))


def test_small_changes_are_not_worth_a_message() -> None:
    assert [notable(3, ahead) for ahead in (3, 2, 1, 0, 5)] == [False, False, True, True, True]
    assert [notable(30, ahead) for ahead in (25, 20, 36)] == [False, True, False]
    assert notable(None, 4)
    assert not notable(0, 0)


def test_what_is_said_of_a_place() -> None:
    assert "3 位" in words.place(3, 10).text
    assert "大约" in words.place(3, 10).text
    assert "分钟" not in words.place(3, None).text
    assert "一小时以上" in words.place(30, 90).text
    assert "第一位" in words.place(0, 0).text
    assert words.moment(at("2026-11-30T09:00")) == "11月30日（周一）9:00"


@pytest.mark.parametrize("text", ["明天上午十点打给我", "周三下午三点给我打电话", "那你们后天上午联系我吧"])
def test_a_call_is_asked_for(text: str) -> None:
    assert wants_call(text)


@pytest.mark.parametrize("text", ["他昨天打给我要钱", "老板给我打电话说明天上班", "明天上午十点开庭", "昨天三点被打了"])
def test_a_day_is_told_and_no_call_asked_for(text: str) -> None:
    assert not wants_call(text)
