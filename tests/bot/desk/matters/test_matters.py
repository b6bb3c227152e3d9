"""What becomes of matters: taken, passed on, merged, linked, closed, come back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.desk.matters.orders import Order
from bot.desk.matters.records import Wanted
from bot.desk.matters.refused import MatterRefused
from bot.desk.refused import Refused
from bot.store import schema
from bot.store.conversations import ConversationStore
from bot.store.desk_schema import matter_links, notices, timers
from bot.store.filters import FilterStore
from tests.bot.desk.matters.conftest import Bench

DAY = 86400


async def test_the_talk_moves_the_matter(bench: Bench) -> None:
    seat = await bench.service.seat()
    conversation, number = await bench.talk("你好")
    assert await bench.status(number) == "new"
    await bench.say(conversation, "转人工")
    assert await bench.status(number) == "open"
    await bench.service.desk.claim(conversation, seat)
    file = await bench.file(number, seat)
    assert (file.standing.status, file.standing.owner, file.standing.queue) == ("working", seat.id, "")
    assert file.line.title == "拖欠工资"
    await bench.act(number, seat, "ask", reason="请补工资条")
    await bench.say(conversation, "补好了")
    assert await bench.status(number) == "working"
    await bench.service.desk.hand_back(conversation, seat)
    file = await bench.file(number, seat)
    assert (file.standing.status, file.standing.owner, file.standing.queue) == ("new", None, "bot")
    assert [step["action"] for step in file.steps] == ["hand_off", "take", "ask", "heard", "to_bot"]


async def test_closing_asks_for_a_result_and_a_summary(bench: Bench) -> None:
    seat = await bench.service.seat()
    conversation, number = await bench.talk()
    await bench.service.desk.claim(conversation, seat)
    for given in ({}, {"result": "answered"}, {"result": "no_such", "summary": "好"}, {"summary": "好"}):
        with pytest.raises(MatterRefused, match="demand"):
            await bench.act(number, seat, "close", **given)
    with pytest.raises(Refused, match="demand"):
        await bench.service.desk.close(conversation, seat, "no_such", "好")
    await bench.service.desk.close(conversation, seat, "answered", "解答了拖欠工资怎么要")
    file = await bench.file(number, seat)
    assert (file.standing.status, file.result, file.closing) == ("closed", "answered", "解答了拖欠工资怎么要")
    assert file.closed is not None


async def test_a_talk_that_ends_leaves_the_matter_to_be_closed(bench: Bench) -> None:
    seat = await bench.service.seat()
    conversation, number = await bench.talk()
    await bench.service.desk.claim(conversation, seat)
    await bench.service.desk.close(conversation, seat)
    assert await bench.status(number) == "resolved"
    await bench.act(number, seat, "close", result="answered", summary="好")
    with pytest.raises(MatterRefused, match="demand"):
        await bench.act(number, seat, "reopen")
    await bench.act(number, seat, "reopen", reason="来访人补充了新情况")
    file = await bench.file(number, seat)
    assert (file.standing.status, file.standing.owner, file.result) == ("working", seat.id, "")


async def test_who_acts_on_an_old_version_is_told_who_changed_what(bench: Bench) -> None:
    one, other = await bench.service.seat("甲律师"), await bench.service.seat("乙律师")
    _, number = await bench.talk()
    version = (await bench.file(number, one)).standing.version
    takes = [bench.service.matters.act(number, Order("take"), version, seat) for seat in (one, other)]
    results = await asyncio.gather(*takes, return_exceptions=True)
    lost = [result for result in results if isinstance(result, MatterRefused)]
    assert len(lost) == 1
    assert lost[0].code == "changed"
    assert lost[0].found["changes"][0]["what"] == "受理"
    assert lost[0].found["changes"][0]["who"] in ("甲律师", "乙律师")


async def test_only_the_owner_and_supervisors_work_on_a_matter(bench: Bench) -> None:
    one, other = await bench.service.seat("甲律师"), await bench.service.seat("乙律师")
    boss = await bench.service.seat("郑主管", "supervisor")
    _, number = await bench.talk()
    await bench.act(number, one, "take")
    with pytest.raises(MatterRefused, match="demand"):
        await bench.act(number, other, "resolve", summary="好")
    await bench.act(number, boss, "assign", owner=other.id)
    assert (await bench.file(number, other)).standing.owner == other.id
    told = await bench.rows(notices, notices.c.staff_id == other.id)
    assert [notice.kind for notice in told] == ["assigned"]
    assert any(event.kind == "notice" and event.staff == other.id for event in bench.service.events)
    await bench.act(number, other, "release", queue="general", reason="不是我的领域")
    file = await bench.file(number, other)
    assert (file.standing.status, file.standing.owner, file.standing.queue) == ("open", None, "general")
    assert all(one["ended_at"] is not None for one in file.assignments)


async def test_matters_of_other_regions_are_not_there(bench: Bench) -> None:
    seat = await bench.service.seat()
    _, number = await bench.talk()
    await bench.set(schema.staff, schema.staff.c.id == seat.id, regions=["44"])
    seat = replace(seat, regions=("44",))
    assert (await bench.file(number, seat)).line.region == ""
    await bench.set(schema.matters, schema.matters.c.number == number, region="440106")
    assert (await bench.file(number, seat)).line.region == "440106"
    await bench.set(schema.matters, schema.matters.c.number == number, region="310101")
    for doing in (bench.file(number, seat), bench.service.matters.act(number, Order("take"), 1, seat)):
        with pytest.raises(MatterRefused, match="unknown_matter"):
            await doing
    assert (await bench.service.matters.lines(Wanted(), seat)).lines == ()
    assert not await bench.service.matters.sees(number, seat)


async def test_merging_keeps_everything_readable_and_the_old_number_open(bench: Bench) -> None:
    seat = await bench.service.seat()
    first, survivor = await bench.talk()
    second, old = await bench.talk()
    await bench.service.desk.claim(first, seat)
    await bench.service.desk.claim(second, seat)
    await bench.service.matters.add_party(old, "opposite", "宏达公司", "", seat)
    done = await bench.act(old, seat, "merge", target=survivor)
    assert done.number == survivor
    file = await bench.file(old, seat)
    assert (file.line.number, file.merged) == (survivor, (old,))
    assert {talk["id"] for talk in file.talks} == {first, second}
    assert [party["name"] for party in file.parties] == ["宏达公司"]
    # The citizen's old number and code open the one that survives.
    code = await bench.value(schema.matters.c.code, schema.matters.c.number == old)
    fresh = await bench.service.opened()
    await bench.say(fresh, "你好")
    found = await ConversationStore(bench.service.database).recall(fresh, old, code, bench.service.clock.now())
    assert found is not None
    assert found.number == survivor
    view = await bench.service.conversations.matter(old)
    assert view is not None
    assert view.number == survivor
    with pytest.raises(MatterRefused):
        await bench.act(survivor, seat, "merge", target=old)


async def test_merged_twice_still_points_at_the_last(bench: Bench) -> None:
    seat = await bench.service.seat()
    numbers = [(await bench.talk())[1] for _ in range(3)]
    for old, into in ((0, 1), (1, 2)):
        await bench.act(numbers[old], seat, "merge", target=numbers[into])
    file = await bench.file(numbers[0], seat)
    assert file.line.number == numbers[2]
    assert set(file.merged) == {numbers[0], numbers[1]}


async def test_workers_of_one_employer_are_a_group(bench: Bench) -> None:
    seat = await bench.service.seat()
    numbers = [(await bench.talk())[1] for _ in range(4)]
    for other in (1, 2):
        await bench.service.matters.link(numbers[0], numbers[other], "group", seat)
    await bench.service.matters.link(numbers[3], numbers[0], "follows", seat)
    with pytest.raises(MatterRefused, match="linked"):
        await bench.service.matters.link(numbers[1], numbers[0], "group", seat)
    seen = {(link["number"], link["kind"]) for link in (await bench.file(numbers[2], seat)).links}
    assert seen == {(numbers[0], "group"), (numbers[1], "group")}
    assert (numbers[3], "followed") in {
        (link["number"], link["kind"]) for link in (await bench.file(numbers[0], seat)).links
    }


async def recalled(bench: Bench, number: str) -> str:
    """A new conversation that comes back with number and code; its matter."""
    code = await bench.value(schema.matters.c.code, schema.matters.c.number == number)
    fresh = await bench.service.opened()
    await bench.say(fresh, "你好")
    found = await ConversationStore(bench.service.database).recall(fresh, number, code, bench.service.clock.now())
    assert found is not None
    assert found.number == await bench.value(schema.conversations.c.matter, schema.conversations.c.id == fresh)
    return found.number


async def closed(bench: Bench) -> str:
    seat = await bench.service.seat(f"律师{bench.said}")
    conversation, number = await bench.talk()
    await bench.service.desk.claim(conversation, seat)
    await bench.service.desk.close(conversation, seat, "answered", "好")
    return number


async def test_coming_back_soon_takes_up_the_matter_itself(bench: Bench) -> None:
    number = await closed(bench)
    bench.service.clock.advance(29 * DAY)
    assert await recalled(bench, number) == number
    assert await bench.status(number) == "new"


async def test_coming_back_late_opens_one_that_follows(bench: Bench) -> None:
    number = await closed(bench)
    bench.service.clock.advance(31 * DAY)
    fresh = await recalled(bench, number)
    assert fresh != number
    assert await bench.status(number) == "closed"
    links = await bench.rows(matter_links)
    assert [(link.matter, link.other, link.kind) for link in links] == [(fresh, number, "follows")]


async def test_a_number_named_again_links_no_second_time(bench: Bench) -> None:
    number = await closed(bench)
    code = await bench.value(schema.matters.c.code, schema.matters.c.number == number)
    bench.service.clock.advance(31 * DAY)
    fresh = await bench.service.opened()
    await bench.say(fresh, "你好")
    store = ConversationStore(bench.service.database)
    told = [await store.recall(fresh, number, code, bench.service.clock.now()) for _ in range(2)]
    assert told[0] == told[1]
    assert len(await bench.rows(matter_links)) == 1


async def test_referrals_wait_for_their_answer(bench: Bench) -> None:
    seat = await bench.service.seat()
    conversation, number = await bench.talk()
    await bench.service.desk.claim(conversation, seat)
    with pytest.raises(MatterRefused):
        await bench.act(number, seat, "refer", receiver="某公证处", reason="办继承公证", referral="nobody")
    for receiver in ("某公证处", "某鉴定所"):
        await bench.act(number, seat, "refer", receiver=receiver, reason="办继承公证", referral="notary")
    assert await bench.status(number) == "outside"
    with pytest.raises(MatterRefused):
        await bench.act(number, seat, "close", result="answered", summary="好")
    first, second = (one["id"] for one in (await bench.file(number, seat)).referrals)
    await bench.service.matters.answer_referral(first, "declined", "不归这里管", seat)
    assert await bench.status(number) == "outside"
    await bench.service.matters.answer_referral(second, "accepted", "", seat)
    await bench.service.matters.answer_referral(second, "done", "公证书已出", seat)
    assert await bench.status(number) == "working"
    with pytest.raises(MatterRefused):
        await bench.service.matters.answer_referral(second, "done", "再来一次", seat)


async def test_a_hit_stops_the_claim_until_a_supervisor_has_decided(bench: Bench) -> None:
    seat, colleague = await bench.service.seat("甲律师"), await bench.service.seat("乙律师")
    boss, chief = await bench.service.seat("郑主管", "supervisor"), await bench.service.seat("王主管", "supervisor")
    await bench.set(schema.staff, schema.staff.c.id.in_((seat.id, colleague.id)), office="某某律师事务所")
    _, before = await bench.talk()
    await bench.act(before, colleague, "take")
    await bench.service.matters.add_party(before, "client", "宏达电子有限公司", "91350100M000100Y43", colleague)
    await bench.act(before, colleague, "close", result="answered", summary="好")
    conversation, number = await bench.talk()
    await bench.service.matters.add_party(number, "opposite", "宏達電子公司", "", boss)
    for doing in (bench.service.desk.claim(conversation, seat), bench.act(number, seat, "take")):
        with pytest.raises(Refused, match="conflict") as refused:
            await doing
        assert before in refused.value.text
        assert "乙律师" in refused.value.text
    assert await bench.status(number) == "open"
    state = await bench.value(schema.conversations.c.state, schema.conversations.c.id == conversation)
    assert state == "waiting", "a claim that was stopped has done nothing"
    with pytest.raises(MatterRefused, match="demand"):
        await bench.service.matters.override(number, seat.id, " ", boss)
    await bench.service.matters.override(number, seat.id, "同名公司，已核对信用代码不是同一家", boss)
    await bench.service.desk.claim(conversation, seat)
    assert (await bench.file(number, seat)).standing.owner == seat.id
    # What was decided covers what was found then; what comes to light later is told, and stops the next one.
    assert not (await bench.service.matters.add_party(number, "opposite", "李四", "", seat)).found
    _, third = await bench.talk()
    await bench.act(third, colleague, "take")
    await bench.service.matters.add_party(third, "client", "李四", "", colleague)
    await bench.act(number, chief, "release", queue="general", reason="换人")
    with pytest.raises(MatterRefused, match="conflict"):
        await bench.act(number, seat, "take")


async def test_a_party_entered_later_is_checked_against_who_acts(bench: Bench) -> None:
    seat, boss = await bench.service.seat("甲律师"), await bench.service.seat("郑主管", "supervisor")
    _, before = await bench.talk()
    await bench.act(before, seat, "take")
    await bench.service.matters.add_party(before, "client", "张三", "", seat)
    _, number = await bench.talk()
    await bench.act(number, seat, "take")
    done = await bench.service.matters.add_party(number, "opposite", "張三", "", seat)
    assert [one["matter"] for one in done.found] == [before]
    kinds = {notice.staff_id: notice.kind for notice in await bench.rows(notices)}
    assert kinds == {seat.id: "conflict", boss.id: "conflict"}


async def test_lists_page_through_everything_once(bench: Bench) -> None:
    seat = await bench.service.seat()
    numbers = []
    for n in range(7):
        numbers.append((await bench.talk())[1])
        bench.service.clock.advance(n % 2)
    for order in ("updated", "due"):
        seen, place = [], ""
        while True:
            page = await bench.service.matters._records.lines(Wanted(order=order), seat, place, 3)
            assert page.total == (7 if not place else None)
            seen += [line.number for line in page.lines]
            place = page.more
            if not place:
                break
        assert sorted(seen) == sorted(numbers)
        assert len(seen) == len(set(seen))
    with pytest.raises(MatterRefused, match="bad_parameter"):
        await bench.service.matters.lines(Wanted(), seat, "[1]")


async def test_a_matter_without_a_title_is_called_by_the_name_of_its_topic(bench: Bench) -> None:
    seat = await bench.service.seat()
    _, number = await bench.talk()
    values = {"title": "", "topic": "divorce", "summary": {"topic": "离婚"}}
    await bench.service.database.write(
        lambda connection: connection.execute(
            update(schema.matters).where(schema.matters.c.number == number).values(values)
        )
    )
    [line] = (await bench.service.matters.lines(Wanted(), seat)).lines
    assert line.title == "离婚"


async def test_lists_are_filtered(bench: Bench) -> None:
    seat = await bench.service.seat()
    _, one = await bench.talk()
    _, other = await bench.talk("危险")
    await bench.act(one, seat, "take")
    await bench.service.matters.edit(one, {"title": "100%工资_案", "region": "4401"}, 2, seat)

    async def found(**wanted: object) -> list[str]:
        return [line.number for line in (await bench.service.matters.lines(Wanted(**wanted), seat)).lines]  # type: ignore[arg-type]

    assert await found(owner="me") == [one]
    assert await found(owner="none") == [other]
    assert await found(owner=str(seat.id)) == [one]
    assert await found(owner="x'; --") == []
    assert await found(text="100%") == [one]
    assert await found(text="_") == [one]
    assert await found(text=other) == [other]
    assert await found(region="44") == [one]
    assert await found(statuses=("open",)) == [other]
    assert set(await found(statuses=())) == {one, other}
    assert await found(card="late") == []
    bench.service.clock.advance(3600)
    await bench.service.timekeeper.look()
    assert set(await found(card="red")) == {one, other}


async def test_filters_are_ones_own(bench: Bench) -> None:
    one, other = await bench.service.seat("甲律师"), await bench.service.seat("乙律师")
    store = FilterStore(bench.service.database)
    assert await store.save(one, "matters", "我的", "owner=me")
    assert await store.save(one, "matters", "我的", "owner=me&card=late")
    saved = await store.of(one, "matters")
    assert [each.query for each in saved] == ["owner=me&card=late"]
    await store.forget(other, saved[0].id)
    assert await store.of(other, "matters") == []
    assert len(await store.of(one, "matters")) == 1


async def test_what_is_closed_has_no_clock_running(bench: Bench) -> None:
    await closed(bench)
    assert all(row.ended_at is not None for row in await bench.rows(timers))
