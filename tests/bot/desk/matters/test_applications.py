"""Applications from the citizen's message to their end, with the clocks of the law."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.clock import SHANGHAI
from bot.desk.matters.applications import Given
from bot.desk.matters.refused import MatterRefused
from bot.desk.seat import Seat
from bot.progress import progress_line
from bot.store import schema
from bot.store.desk_schema import days_off, timers
from tests.bot.desk.matters.conftest import Bench

DAY = 86400


async def applied(bench: Bench, kind: str = "legal_aid") -> tuple[str, str, int]:
    """A conversation, its matter, and the application handed in there."""
    conversation, number = await bench.talk(f"申请{kind}")
    return conversation, number, await bench.value(schema.applications.c.id, schema.applications.c.matter == number)


async def decide(bench: Bench, application: int, seat: Seat, action: str, **given: object) -> None:
    version = await bench.value(schema.applications.c.version, schema.applications.c.id == application)
    await bench.service.matters.decide(application, action, Given(**given), version, seat)  # type: ignore[arg-type]


async def clocks(bench: Bench, number: str) -> dict[str, str]:
    """Stage of each statutory timer."""
    found = await bench.rows(timers, timers.c.matter == number, timers.c.application_id.is_not(None))
    return {row.kind.removeprefix("statutory:"): row.stage for row in found}


async def due(bench: Bench, number: str) -> date:
    found: datetime = await bench.value(schema.matters.c.due_at, schema.matters.c.number == number)
    return found.date()


async def line(bench: Bench, number: str) -> str:
    return progress_line((await bench.service.conversations.card(number)).progress[0])


async def last_words(bench: Bench, conversation: str) -> str:
    return (await bench.service.conversations.after(conversation, 0))[-1].text


async def test_an_application_brings_its_matter_to_the_desk(bench: Bench) -> None:
    seat = await bench.service.seat()
    _, number, _ = await applied(bench)
    file = await bench.file(number, seat)
    assert (file.standing.status, file.standing.kind, file.standing.queue) == ("open", "legal_aid", "general")
    assert await clocks(bench, number) == {"examine": "running"}
    assert await due(bench, number) == date(2026, 11, 30)
    assert "最迟2026年11月30日" in await line(bench, number)


async def test_legal_aid_granted_appointed_and_finished(bench: Bench) -> None:
    officer, lawyer = await bench.service.seat("李援助", "legal_aid"), await bench.service.seat("甲律师")
    conversation, number, one = await applied(bench)
    await decide(bench, one, officer, "take_in")
    assert (await bench.file(number, officer)).standing.owner == officer.id
    assert "已经受理" in await line(bench, number)
    with pytest.raises(MatterRefused):
        await decide(bench, one, officer, "grant")
    await decide(bench, one, officer, "grant", ground="migrant")
    assert await clocks(bench, number) == {"examine": "met", "appoint": "running"}
    assert "三日内" in await last_words(bench, conversation)
    with pytest.raises(MatterRefused):
        await bench.act(number, officer, "close", result="aid_given", summary="好")
    await decide(bench, one, officer, "assign", lawyer=lawyer.id)
    assert await clocks(bench, number) == {"examine": "met", "appoint": "met"}
    assert "甲律师" in await last_words(bench, conversation)
    await decide(bench, one, officer, "finish", reason="工资已经执行到位")
    await bench.act(number, officer, "close", result="aid_given", summary="工资已经执行到位")
    application = (await bench.file(number, officer)).applications[0]
    assert application["state"] == "done"
    assert "第四十二条第三项" in application["course"]["grant"]["text"]


async def test_supplements_are_asked_for_once_and_their_days_are_not_counted(bench: Bench) -> None:
    officer = await bench.service.seat("李援助", "legal_aid")
    conversation, number, one = await applied(bench)
    bench.service.clock.advance(2 * DAY)
    await decide(bench, one, officer, "ask_supplement", what="身份证、工资条", by=date(2026, 12, 7))
    assert await clocks(bench, number) == {"examine": "paused"}
    assert "身份证、工资条" in await last_words(bench, conversation)
    assert "身份证、工资条" in await line(bench, number)
    bench.service.clock.advance(8 * DAY)  # 3 December, long past the first day: nobody is late
    await bench.service.timekeeper.look()
    assert await clocks(bench, number) == {"examine": "paused"}
    await decide(bench, one, officer, "supplemented")
    assert await clocks(bench, number) == {"examine": "running"}
    assert await bench.value(schema.applications.c.due_on, schema.applications.c.id == one) == date(2026, 12, 8)
    with pytest.raises(MatterRefused, match="demand"):
        await decide(bench, one, officer, "ask_supplement", what="还要户口本", by=date(2026, 12, 20))


async def test_who_does_not_supplement_has_withdrawn(bench: Bench) -> None:
    officer = await bench.service.seat("李援助", "legal_aid")
    _, number, one = await applied(bench)
    await decide(bench, one, officer, "ask_supplement", what="身份证", by=date(2026, 11, 27))
    bench.service.clock.advance(4 * DAY)
    with pytest.raises(MatterRefused):
        await decide(bench, one, officer, "lapse")
    bench.service.clock.advance(DAY)
    await decide(bench, one, officer, "lapse")
    assert await clocks(bench, number) == {"examine": "stopped"}
    assert "已经撤回" in await line(bench, number)


async def test_a_refusal_is_told_with_its_reason_and_the_way_to_object(bench: Bench) -> None:
    officer, boss = await bench.service.seat("李援助", "legal_aid"), await bench.service.seat("郑主管", "supervisor")
    conversation, number, one = await applied(bench)
    with pytest.raises(MatterRefused):
        await decide(bench, one, officer, "refuse")
    await decide(bench, one, officer, "refuse", reason="不在援助范围")
    assert "不在援助范围" in await last_words(bench, conversation)
    assert "司法局" in await last_words(bench, conversation)
    assert "理由：不在援助范围" in await line(bench, number)
    await decide(bench, one, officer, "object", reason="我是农民工")
    assert await clocks(bench, number) == {"examine": "met", "objection": "running"}
    with pytest.raises(MatterRefused, match="no_right"):
        await decide(bench, one, officer, "correct", reason="属于免予核查")
    await decide(bench, one, boss, "correct", reason="属于免予核查")
    assert await clocks(bench, number) == {"examine": "met", "objection": "met", "appoint": "running"}


async def test_urgent_aid_goes_ahead_of_the_decision(bench: Bench) -> None:
    officer, lawyer = await bench.service.seat("李援助", "legal_aid"), await bench.service.seat("甲律师")
    conversation, number, one = await applied(bench)
    await decide(bench, one, officer, "advance", ground="near")
    assert "尽快补办手续" in await last_words(bench, conversation)
    await decide(bench, one, officer, "assign", lawyer=lawyer.id)
    assert await clocks(bench, number) == {"examine": "running"}, "the decision is owed all the same"
    await decide(bench, one, officer, "grant", ground="checked")
    assert await clocks(bench, number) == {"examine": "met", "appoint": "running"}


async def test_information_is_answered_from_the_supplemented_request(bench: Bench) -> None:
    officer = await bench.service.seat("李援助", "legal_aid")
    _, number, one = await applied(bench, "disclosure")
    assert await clocks(bench, number) == {"supplement": "running", "answer": "running"}
    await decide(bench, one, officer, "ask_supplement", what="要哪一年的", by=date(2026, 12, 1))
    assert await clocks(bench, number) == {"supplement": "met", "answer": "stopped"}
    bench.service.clock.advance(3 * DAY)
    await decide(bench, one, officer, "supplemented")
    live = await bench.rows(timers, timers.c.kind == "statutory:answer", timers.c.ended_at.is_(None))
    assert [row.due_at.date() for row in live] == [date(2026, 12, 24)]
    await decide(bench, one, officer, "extend", reason="要征求第三方意见")
    live = await bench.rows(timers, timers.c.kind == "statutory:answer", timers.c.ended_at.is_(None))
    assert [(row.length, row.certain) for row in live] == [(40, False)], "the holidays of 2027 are not published"
    with pytest.raises(MatterRefused):
        await decide(bench, one, officer, "extend", reason="再来一次")


async def test_days_that_somebody_entered_count(bench: Bench) -> None:
    await bench.add(days_off, day=date(2026, 11, 30), works=False, source="test")
    _, number, _ = await applied(bench)
    assert await due(bench, number) == date(2026, 12, 1)


async def test_permits_are_decided_within_twenty_days_of_acceptance(bench: Bench) -> None:
    officer = await bench.service.seat("李援助", "legal_aid")
    _, number, one = await applied(bench, "permit")
    assert await clocks(bench, number) == {"supplement": "running"}
    await decide(bench, one, officer, "take_in")
    assert await clocks(bench, number) == {"supplement": "met", "decide": "running"}
    await decide(bench, one, officer, "grant")
    assert await clocks(bench, number) == {"supplement": "met", "decide": "met", "deliver": "running"}


async def test_two_officers_do_not_decide_twice(bench: Bench) -> None:
    one, other = await bench.service.seat("李援助", "legal_aid"), await bench.service.seat("王援助", "legal_aid")
    conversation, _, application = await applied(bench)
    await bench.service.matters.decide(application, "take_in", Given(), 0, one)
    said = len(await bench.service.conversations.after(conversation, 0))
    with pytest.raises(MatterRefused, match="changed"):
        await bench.service.matters.decide(application, "refuse", Given(reason="不在范围"), 0, other)
    assert len(await bench.service.conversations.after(conversation, 0)) == said, "and the citizen hears nothing of it"


async def test_an_officer_with_a_conflict_does_not_decide(bench: Bench) -> None:
    officer = await bench.service.seat("李援助", "legal_aid")
    _, before = await bench.talk()
    await bench.act(before, officer, "take")
    await bench.service.matters.add_party(before, "client", "宏达公司", "", officer)
    _, number, one = await applied(bench)
    await bench.service.matters.add_party(number, "opposite", "宏达有限公司", "", officer)
    with pytest.raises(MatterRefused, match="conflict"):
        await decide(bench, one, officer, "take_in")
    assert await bench.value(schema.applications.c.state, schema.applications.c.id == one) == "submitted"


async def test_the_law_is_warned_of_before_it_is_broken(bench: Bench) -> None:
    officer, boss = await bench.service.seat("李援助", "legal_aid"), await bench.service.seat("郑主管", "supervisor")
    _, number, one = await applied(bench)
    await decide(bench, one, officer, "take_in")
    seen = []
    for moment in ("2026-11-27T09:00", "2026-11-30T17:00", "2026-12-01T17:00"):
        now = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        bench.service.clock.advance((now - bench.service.clock.now()) / timedelta(seconds=1))
        bench.service.events.clear()
        await bench.service.timekeeper.look()
        told = [
            event for event in bench.service.events if event.kind == "notice" and "第四十三条" in event.data["text"]
        ]
        seen.append((await bench.value(timers.c.stage, timers.c.application_id == one), {one.staff for one in told}))
    assert seen == [("warned", {officer.id}), ("yellow", {officer.id, boss.id}), ("red", {officer.id, boss.id})]
    assert await bench.value(schema.matters.c.card, schema.matters.c.number == number) == "red"
