"""Those who wait: their queue, their place, help from another queue, and a call instead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.desk.queues import words
from bot.desk.queues.book import BadQueue
from bot.desk.queues.queue import Queue
from bot.message import Message
from bot.store import desk_schema, schema
from bot.store.desk_schema import callbacks
from bot.store.schema import claims, conversations
from tests.bot.desk.queues.people import waiting
from tests.fakes.service import Service, inbound, running


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def says(service: Service, conversation: str, text: str) -> list[Message]:
    """What the service answers to one who waits."""
    before = await service.conversations.after(conversation, 0)
    message_id = f"w{len(before)}"
    await service.conversations.handle(inbound(conversation, message_id, text))
    after = await service.conversations.after(conversation, before[-1].seq)
    return [message for message in after if message.sender != "citizen"]


async def column(service: Service, conversation: str, name: str) -> Any:
    statement = select(conversations.c[name]).where(conversations.c.id == conversation)
    return await service.database.read(lambda connection: connection.execute(statement).scalar_one())


async def calls(service: Service) -> list[Any]:
    return await service.database.read(lambda connection: connection.execute(select(callbacks)).all())


async def test_the_queue_and_what_was_read_go_with_the_case(service: Service) -> None:
    seat = await service.seat(languages=["zh", "yue"])
    conversation = await waiting(service, "我在深圳返工，老細唔出糧，我哋三十几个工人都冇工资，转人工")
    case = (await service.desk.cases("waiting", seat))[0]
    assert case.conversation == conversation
    assert (case.queue, case.queue_name, case.help) == ("cantonese", "粤语", "consultation")
    assert (case.language, case.region, case.priority) == ("yue", "440300", 1)
    assert "多人讨要工资" in case.reasons
    assert case.takes
    matter = select(schema.matters.c.queue, schema.matters.c.region)
    found = await service.database.read(lambda connection: connection.execute(matter).one())
    assert tuple(found) == ("cantonese", "440300")


async def test_danger_comes_to_the_crisis_queue_before_all_others(service: Service) -> None:
    seat = await service.seat()
    plain, danger = await waiting(service), await waiting(service, "有危险")
    cases = await service.desk.cases("waiting", seat)
    assert [case.conversation for case in cases] == [danger, plain]
    assert [case.queue for case in cases] == ["crisis", "general"]


async def test_grave_words_bring_a_person_though_the_engine_did_not_ask(service: Service) -> None:
    seat = await service.seat()
    await waiting(service, "我弟弟被人打死了")
    case = (await service.desk.cases("waiting", seat))[0]
    assert (case.kind, case.priority) == ("stakes", 1)
    await waiting(service, "老板不给钱气死我了", "气死我了什么玩意")
    assert [one.kind for one in await service.desk.cases("waiting", seat)] == ["stakes", "anger"]


async def test_places_are_told_when_they_change_and_not_more_often(service: Service) -> None:
    seat = await service.seat()
    await service.presence.beat(seat, "online")
    people = [await waiting(service) for _ in range(4)]

    async def heard(conversation: str) -> list[str]:
        return [m.text for m in await service.conversations.after(conversation, 0) if m.sender == "system"]

    await service.desk.next(seat)
    await service.rounds.round()
    assert await heard(people[1]) == [], "two minutes have not passed"
    service.clock.advance(80)
    await service.presence.beat(seat)
    service.clock.advance(60)
    await service.presence.beat(seat)
    await service.rounds.round()
    assert [len(await heard(one)) for one in people[1:]] == [1, 0, 0], "only who is first now hears of one step"
    assert "第一位" in (await heard(people[1]))[0]
    await service.rounds.round()
    assert len(await heard(people[1])) == 1
    await service.desk.next(seat)
    service.clock.advance(60)
    await service.presence.beat(seat)
    service.clock.advance(61)
    await service.presence.beat(seat)
    await service.rounds.round()
    assert "第一位" in (await heard(people[2]))[0]
    assert await heard(people[3]) != []


async def test_two_processes_tell_a_place_once(service: Service) -> None:
    seat = await service.seat()
    await waiting(service)
    conversation = await waiting(service)
    await service.presence.beat(seat, "online")
    service.clock.advance(60)
    await service.presence.beat(seat)
    service.clock.advance(61)
    await service.presence.beat(seat)
    await asyncio.gather(*(service.rounds.round() for _ in range(4)))
    said = [m for m in await service.conversations.after(conversation, 0) if m.sender == "system"]
    assert len(said) == 1
    assert said[0].text.startswith("值班人员已经上班。")
    assert [m.seq for m in await service.conversations.after(conversation, 0)] == [1, 2, 3, 4]


async def test_the_estimate_comes_from_what_was_measured(service: Service) -> None:
    seat = await service.seat(capacity=1)
    await service.presence.beat(seat, "online")
    for _ in range(6):
        conversation = await waiting(service)
        await service.desk.claim(conversation, seat)
        for _ in range(10):
            service.clock.advance(60)
            await service.presence.beat(seat)
        await service.desk.close(conversation, seat)
    held = await waiting(service)
    await service.desk.claim(held, seat)
    last = await waiting(service)
    said = (await service.conversations.after(last, 0))[-1].text
    assert "大约要等 10 分钟" in said


async def test_who_waited_too_long_is_helped_out(service: Service) -> None:
    expert = await service.seat("专家", tier="professional", areas=["labour"])
    general = await service.seat("综合")
    await service.presence.beat(expert, "online")
    conversation = await waiting(service, "拖欠工资", "转人工")
    assert await column(service, conversation, "queue") == "labour"
    assert not (await service.desk.cases("waiting", general))[0].takes
    for _ in range(3):
        service.clock.advance(60)
        await service.presence.beat(expert)
    await service.presence.beat(general, "away")
    await service.presence.leave(expert)
    await service.rounds.round()
    assert await column(service, conversation, "queue") == "labour", "nobody is there to help out"
    await service.presence.beat(general, "online")
    await service.rounds.round()
    assert await column(service, conversation, "queue") == "general"
    assert await service.count(claims, claims.c.queue == "general") == 1
    assert await service.desk.claim(conversation, general)


async def test_a_queue_that_is_closed_is_emptied_and_the_general_one_stays_open(service: Service) -> None:
    admin = await service.seat("管理员", "administrator")
    await service.seat("专家", tier="professional")
    conversation = await waiting(service, "拖欠工资", "转人工")
    queues = {queue.key: queue for queue in await service.queues.queues()}
    await service.queues.save(replace(queues["labour"], closed=True), admin)
    assert await column(service, conversation, "queue") == "general"
    assert await column(service, await waiting(service, "拖欠工资", "转人工"), "queue") == "general"
    for wrong in (
        replace(queues["general"], closed=True),
        replace(queues["general"], areas=("labour",)),
        replace(queues["general"], overflow="labour"),
        replace(queues["labour"], overflow="nowhere"),
        replace(queues["labour"], region="4"),
        replace(queues["labour"], name=""),
        Queue("Bad Key", "坏", "consultation"),
    ):
        with pytest.raises(BadQueue):
            await service.queues.save(wrong, admin)
    await service.queues.save(Queue("gd", "广东", "consultation", region="44"), admin)
    assert await column(service, await waiting(service, "我在广州，转人工"), "queue") == "gd"
    assert await service.count(desk_schema.queues, desk_schema.queues.c.key == "gd") == 1


async def test_a_number_left_while_nobody_is_there_becomes_a_call(service: Service) -> None:
    service.clock.advance(10 * 3600)
    conversation = await waiting(service)
    others = await says(service, conversation, "老板电话13800000000，他不给钱")
    assert not await calls(service), "not the sender's number"
    assert not any("****" in message.text for message in others), "the bot goes on with what is told"
    assert "电话号码" in (await says(service, conversation, "留电话"))[0].text
    [told] = await says(service, conversation, "我的手机 138 1234 5678")
    assert "138****5678" in told.text
    assert "11月24日（周二）9:00" in told.text
    call = (await calls(service))[0]
    assert (call.contact, call.reason, call.state) == ("13812345678", "nobody", "open")
    assert call.due_at.isoformat() == "2026-11-24T10:00:00+08:00"
    await says(service, conversation, "13912345678")
    assert [one.contact for one in await calls(service)] == ["13912345678"], "corrected, not doubled"


async def test_a_time_can_be_booked_and_lies_within_working_hours(service: Service) -> None:
    conversation = await waiting(service)
    assert "什么时候" in (await says(service, conversation, "约个时间"))[0].text
    asked = (await says(service, conversation, "周六上午十点"))[0].text
    assert "没有人值班" in asked
    assert "11月30日（周一）9:00" in asked
    assert "号码" in asked
    told = (await says(service, conversation, "13812345678"))[0].text
    assert "11月30日（周一）9:00" in told
    call = (await calls(service))[0]
    assert (call.reason, call.contact) == ("booked", "13812345678")
    both = (await says(service, conversation, "13812345678 明天下午三点"))[0].text
    assert "11月24日（周二）15:00" in both
    assert len(await calls(service)) == 1


async def test_nothing_is_read_where_somebody_is_there_or_has_taken_over(service: Service) -> None:
    seat = await service.seat()
    empty = await waiting(service)
    await service.presence.beat(seat, "online")
    conversation = await waiting(service)
    [noted] = await says(service, conversation, "13812345678")
    assert "不用重发" in noted.text
    assert "****" not in noted.text
    await service.desk.claim(empty, seat)
    assert await says(service, empty, "13812345678") == []
    assert await calls(service) == []


async def test_when_the_last_one_leaves_those_who_wait_hear_it_once(service: Service) -> None:
    seat = await service.seat()
    await service.presence.beat(seat, "online")
    conversation = await waiting(service)
    service.clock.advance(130)
    for _ in range(3):
        await service.rounds.round()
        service.clock.advance(130)
    said = [m.text for m in await service.conversations.after(conversation, 0) if m.sender == "system"]
    assert len(said) == 1
    assert "没有值班人员在线" in said[0]
    assert (await says(service, conversation, "13812345678")) != []


async def test_the_answer_to_a_number_is_said_once_though_the_turn_is_done_again(service: Service) -> None:
    """As after a crash between the answer and the end of the turn."""
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", "转人工"))
    await service.conversations.handle(inbound(conversation, "b", "13800138000"))
    before = await service.conversations.after(conversation, 0)
    heard = next(one for one in before if one.text == "13800138000")
    assert await service.reception.heard(heard)
    assert await service.conversations.after(conversation, 0) == before


@pytest.mark.parametrize(("language", "english"), [("en", True), ("zh", False)])
def test_what_is_added_while_waiting_is_noted_in_the_citizens_tongue_too(language: str, english: bool) -> None:
    told = words.noted(2, None, language)
    assert "前面还有 2 位" in told.text
    assert ("call 110" in told.text) is english
    assert told.data["waiting"], "the telephone says it in its own words"
