"""A seat that vanishes gives its conversations back, in front, once; a seat never takes more than it can."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.desk.queues.presence import Presence
from bot.desk.refused import Refused
from bot.store.database import Database
from bot.store.desk import DeskStore
from bot.store.presence import PresenceStore
from bot.store.schema import claims, conversations
from bot.store.waiting import WaitingStore
from tests.bot.desk.queues.people import waiting
from tests.fakes.service import Service, inbound, running


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def said_by_the_service(service: Service, conversation: str) -> list[str]:
    return [m.text for m in await service.conversations.after(conversation, 0) if m.sender == "system"]


async def test_a_seat_unseen_for_ninety_seconds_gives_back_and_danger_only_comes_before(service: Service) -> None:
    seat, other = await service.seat("甲律师"), await service.seat("乙律师")
    plain = await waiting(service)
    service.clock.advance(1)
    lost = await waiting(service)
    service.clock.advance(1)
    urgent = await waiting(service, "有危险")
    await service.desk.claim(lost, seat)
    await service.presence.beat(seat, "online")
    service.clock.advance(89)
    assert await service.presence.sweep() == 0
    service.clock.advance(1)
    assert await service.presence.sweep() == 1
    cases = await service.desk.cases("waiting", other)
    assert [case.conversation for case in cases] == [urgent, lost, plain]
    assert [case.returned for case in cases] == [False, True, False]
    assert len([text for text in await said_by_the_service(service, lost) if "排在前面" in text]) == 1
    assert await service.count(claims, claims.c.outcome == "returned") == 1
    assert "returned" in await DeskStore(service.database).trail(lost)
    assert [(await service.desk.next(other)).conversation for _ in cases] == [urgent, lost, plain]
    with pytest.raises(Refused, match="claimed_by_other"):
        await service.desk.reply(lost, seat, "s1", "我回来了")


async def test_the_place_that_is_told_is_the_place_in_which_they_are_served(service: Service) -> None:
    seat, _ = await service.seat("甲律师"), await service.seat("乙律师")
    lost = await waiting(service)
    await service.desk.claim(lost, seat)
    await service.presence.leave(seat)
    records = WaitingStore(service.database)
    queue = (await service.desk.cases("waiting", seat))[0].queue
    assert await records.ahead(queue, 1, "consultation") == 1
    assert await records.ahead(queue, 0, "consultation") == 0
    assert await records.ahead(queue, 0, "crisis") == 0
    await waiting(service, "有危险")
    crisis = (await service.desk.cases("waiting", seat))[0].queue
    assert await records.ahead(crisis, 0, "crisis") == 1


async def test_of_two_in_danger_the_one_let_down_comes_first(service: Service) -> None:
    seat, other = await service.seat("甲律师"), await service.seat("乙律师")
    lost = await waiting(service, "有危险")
    await service.desk.claim(lost, seat)
    fresh = await waiting(service, "有危险")
    await service.presence.leave(seat)
    assert [case.conversation for case in await service.desk.cases("waiting", other)] == [lost, fresh]


async def test_signs_of_life_keep_what_a_seat_holds(service: Service) -> None:
    seat = await service.seat()
    conversation = await waiting(service)
    await service.desk.claim(conversation, seat)
    for _ in range(10):
        service.clock.advance(60)
        assert await service.presence.beat(seat) == ("online", 1)
        assert await service.presence.sweep() == 0


async def test_a_tab_without_a_choice_does_not_undo_anothers(service: Service) -> None:
    seat = await service.seat()
    assert await service.presence.beat(seat, "busy") == ("busy", 0)
    assert await service.presence.beat(seat) == ("busy", 0)


async def test_several_processes_return_each_conversation_once(service: Service, store_url: str) -> None:
    seats = [await service.seat(f"律师{n}") for n in range(3)]
    held = []
    for seat in seats:
        for _ in range(3):
            held.append(await waiting(service))
            await service.desk.claim(held[-1], seat)
    service.clock.advance(200)
    others = [Database(store_url) for _ in range(2)]
    for database in others:
        await database.open()
    try:
        sweeps = [
            Presence(PresenceStore(database), service.clock, service.events.append)
            for database in (service.database, *others)
        ]
        counts = await asyncio.gather(*(one.sweep() for one in sweeps for _ in range(2)))
    finally:
        for database in others:
            await database.close()
    assert sum(counts) == 9
    for conversation in held:
        found = await service.conversations.after(conversation, 0)
        assert [m.seq for m in found] == list(range(1, len(found) + 1))
        assert len([m for m in found if "排在前面" in m.text]) == 1


async def test_signing_out_gives_back_too(service: Service) -> None:
    seat = await service.seat()
    conversation = await waiting(service)
    await service.desk.claim(conversation, seat)
    assert await service.presence.leave(seat) == 1
    assert await service.presence.leave(seat) == 0
    assert await service.count(conversations, conversations.c.state == "waiting", conversations.c.returned) == 1


async def test_the_rounds_run_by_the_clock_and_give_pages_time_to_come_back(service: Service) -> None:
    seat = await service.seat()
    conversation = await waiting(service)
    await service.desk.claim(conversation, seat)
    service.clock.advance(300)  # the service was down
    task = asyncio.create_task(service.rounds.run())

    async def pass_time(seconds: int) -> None:
        for _ in range(seconds // 10):
            await asyncio.sleep(0)
            service.clock.advance(10)
            for _ in range(200):
                await asyncio.sleep(0.001)
                if service.clock.sleeping:
                    break

    try:
        await asyncio.sleep(0.01)
        await pass_time(80)
        assert await service.count(conversations, conversations.c.state == "human") == 1
        await pass_time(20)
        assert await service.count(conversations, conversations.c.state == "human") == 0
    finally:
        task.cancel()


async def test_no_seat_takes_more_than_it_can_however_many_tabs_race(service: Service) -> None:
    seat = await service.seat(capacity=2)
    people = [await waiting(service) for _ in range(8)]
    races = [service.desk.claim(conversation, seat) for conversation in people]
    races += [service.desk.next(seat) for _ in range(8)]
    results = await asyncio.gather(*races, return_exceptions=True)
    won = [one for one in results if not isinstance(one, BaseException)]
    assert len(won) == 2
    assert {one.code for one in results if isinstance(one, Refused)} <= {"full", "wrong_state"}
    assert await service.count(conversations, conversations.c.state == "human") == 2
    with pytest.raises(Refused, match="full"):
        await service.desk.next(seat)


async def test_next_gives_each_of_many_seats_another_conversation(service: Service) -> None:
    seats = [await service.seat(f"律师{n}") for n in range(4)]
    people = [await waiting(service) for _ in range(4)]
    got = await asyncio.gather(*(service.desk.next(seat) for seat in seats))
    assert sorted(message.conversation for message in got) == sorted(people)
    with pytest.raises(Refused, match="nobody_waits"):
        await service.desk.next(seats[0])


async def test_next_takes_the_most_urgent_that_the_seat_serves(service: Service) -> None:
    mediator = await service.seat("调解员", "mediator")
    lawyer = await service.seat("律师")
    plain, danger = await waiting(service), await waiting(service, "有危险")
    assert (await service.desk.next(mediator)).conversation == danger, "a crisis is everybody's"
    with pytest.raises(Refused, match="nobody_waits"):
        await service.desk.next(mediator)
    with pytest.raises(Refused, match="not_served"):
        await service.desk.claim(plain, mediator)
    assert (await service.desk.next(lawyer)).conversation == plain


async def test_a_foreign_region_is_not_offered(service: Service) -> None:
    zhejiang = await service.seat("浙江", regions=["33"])
    guangdong = await service.seat("广东", regions=["44"])
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", "我在广州，转人工"))
    assert await service.desk.cases("waiting", zhejiang) == []
    assert await service.desk.waiting(zhejiang) == 0
    assert not await service.desk.sees(conversation, zhejiang)
    with pytest.raises(Refused, match="nobody_waits"):
        await service.desk.next(zhejiang)
    with pytest.raises(Refused, match="unknown_conversation"):
        await service.desk.open(conversation, zhejiang)
    assert (await service.desk.next(guangdong)).conversation == conversation
