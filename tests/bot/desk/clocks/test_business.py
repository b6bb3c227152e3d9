"""Business time over holidays and shifted working days, and terms that pause and go on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import SHANGHAI
from bot.desk.clocks.business import DAY, HOLIDAYS, BusinessTime
from bot.desk.clocks.stages import LEVELS, step
from bot.desk.clocks.targets import read_targets, targets
from bot.desk.clocks.term import Term, due, used

BUSINESS = BusinessTime()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


moments = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 20)).map(
    lambda naive: naive.replace(microsecond=0, tzinfo=SHANGHAI)
)


@pytest.mark.parametrize(
    ("start", "seconds", "end"),
    [
        ("2026-11-23 10:00", 180, "2026-11-23 10:03"),
        ("2026-11-23 16:59", 180, "2026-11-24 09:02"),
        ("2026-11-23 03:00", 180, "2026-11-23 09:03"),
        # Friday before the Saturday that is worked for Spring Festival 2026, then the Saturday before the holiday.
        ("2026-02-13 16:59", 180, "2026-02-14 09:02"),
        # Spring Festival 2026 is off from 15 to 23 February.
        ("2026-02-14 16:59", 180, "2026-02-24 09:02"),
        # National Day 2026 is off from 1 to 7 October.
        ("2026-09-30 16:59", 180, "2026-10-08 09:02"),
    ],
)
def test_seconds_of_business(start: str, seconds: int, end: str) -> None:
    assert BUSINESS.add(at(start), seconds) == at(end)
    assert BUSINESS.seconds(at(start), at(end)) == seconds


def test_an_unknown_year_is_told_as_uncertain_until_its_days_are_entered() -> None:
    found = due(Term(3, "working_days"), at("2027-02-03 10:00"), BUSINESS)
    assert not found.certain
    assert found.due.date() == date(2027, 2, 8)
    first = date(2027, 2, 4)
    entered = BusinessTime(days={first + DAY * n: False for n in range(HOLIDAYS)} | {date(2027, 2, 20): True})
    known = due(Term(3, "working_days"), at("2027-02-03 10:00"), entered)
    assert known.certain
    assert known.due.date() == date(2027, 2, 19)
    assert not BusinessTime(days={first: False}).certain(first, first), "a single day is no plan for a year"


@given(moments, st.integers(1, 200_000), st.integers(0, 200_000))
def test_business_seconds_add_up(start: datetime, one: int, two: int) -> None:
    assert BUSINESS.add(BUSINESS.add(start, one), two) == BUSINESS.add(start, one + two)
    assert BUSINESS.seconds(start, BUSINESS.add(start, one)) == one


@settings(max_examples=200)
@given(moments, st.integers(1, 30), st.integers(0, 40), st.integers(0, 20), st.sampled_from(["days", "working_days"]))
def test_a_term_that_paused_has_all_its_days(start: datetime, length: int, run: int, wait: int, unit: str) -> None:
    term = Term(length, unit)  # type: ignore[arg-type]
    run = min(run, length)
    paused = start + timedelta(days=run)
    resumed = paused + timedelta(days=wait)
    spent = used(term, start, paused, BUSINESS)
    found = due(term, resumed, BUSINESS, used=spent)
    left = length - min(length, spent)
    later = used(term, resumed, found.due, BUSINESS)
    if unit == "days":
        whole = start.date() + DAY * (length + wait)
        assert found.due.date() >= BUSINESS.working_day(whole)
        assert (found.due.date() == BUSINESS.working_day(whole)) or left == 0
    else:
        assert later == left or left == 0
    assert found.warn <= found.due < found.red
    assert found.due >= resumed
    assert BUSINESS.works(found.due.date())


@given(moments, st.integers(1, 100_000), st.sampled_from(["seconds", "business"]), st.integers(0, 100_000))
def test_short_terms_pause_and_go_on_to_the_second(start: datetime, length: int, unit: str, wait: int) -> None:
    term = Term(length, unit)  # type: ignore[arg-type]
    paused = start + timedelta(seconds=length // 3)
    spent = used(term, start, paused, BUSINESS)
    resumed = paused + timedelta(seconds=wait)
    found = due(term, resumed, BUSINESS, used=spent)
    assert used(term, resumed, found.due, BUSINESS) + spent == length


@given(moments, st.integers(1, 60), st.sampled_from(["seconds", "business", "days", "working_days"]))
def test_stages_only_go_up_as_the_clock_does(start: datetime, length: int, unit: str) -> None:
    found = due(Term(length, unit), start, BUSINESS)  # type: ignore[arg-type]
    seen = [step(moment, found.warn, found.due, found.red) for moment in (start, found.warn, found.due, found.red)]
    levels = [LEVELS[one.stage] for one in seen]
    assert levels == sorted(levels)
    assert levels[-1] == 3
    assert seen[-1].next is None


def test_the_targets_are_usable() -> None:
    assert targets().term("first_answer", 0, "crisis") == Term(60, "seconds")
    assert targets().term("first_answer", 2, "consultation") == Term(180, "business")
    assert targets().term("resolution", 2, "legal_aid").unit == "working_days"


@pytest.mark.parametrize(
    "text",
    [
        'business: {opens: "17:00", closes: "09:00"}\nfirst_answer: [{length: 1, unit: days}]\n'
        "next_answer: [{length: 1, unit: days}]\nresolution: [{length: 1, unit: days}]",
        'business: {opens: "09:00", closes: "17:00"}\nfirst_answer: [{when: {priority: [0]}, length: 1, unit: days}]\n'
        "next_answer: [{length: 1, unit: days}]\nresolution: [{length: 1, unit: days}]",
        'business: {opens: "09:00", closes: "17:00"}\nfirst_answer: [{length: 1, unit: moons}]\n'
        "next_answer: [{length: 1, unit: days}]\nresolution: [{length: 1, unit: days}]",
    ],
)
def test_targets_that_cannot_be_used_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_targets(text)
