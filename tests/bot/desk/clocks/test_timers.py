"""Timers as talks start and meet them, and the chain of whom they are told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from bot.desk.clocks.stages import told
from bot.desk.clocks.timekeeper import LOOK, Timekeeper
from bot.desk.seat import Seat
from bot.store import schema
from bot.store.database import Database
from bot.store.desk_schema import notices, timers
from bot.store.escalations import TimerStore
from bot.store.notices import NoticeStore
from tests.fakes.service import Service, inbound, running


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def stages(service: Service) -> dict[str, str]:
    rows = await service.database.read(
        lambda connection: connection.execute(select(timers).order_by(timers.c.id)).all()
    )
    return {row.kind: row.stage for row in rows}


async def handed_off(service: Service, text: str = "转人工") -> str:
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", text))
    return conversation


async def test_a_talk_starts_and_meets_its_timers(service: Service) -> None:
    seat = await service.seat()
    conversation = await handed_off(service)
    assert await stages(service) == {"first_answer": "running", "resolution": "running"}
    await service.desk.claim(conversation, seat)
    await service.conversations.handle(inbound(conversation, "b", "在吗"))
    assert await stages(service) == {"first_answer": "running", "resolution": "running"}, "one answer is owed, not two"
    await service.desk.reply(conversation, seat, "s1", "您好")
    assert await stages(service) == {"first_answer": "met", "resolution": "running"}
    await service.conversations.handle(inbound(conversation, "c", "工资怎么要"))
    await service.conversations.handle(inbound(conversation, "d", "急"))
    assert await service.count(timers, timers.c.kind == "next_answer") == 1
    await service.desk.reply(conversation, seat, "s2", "这样要")
    await service.desk.reply(conversation, seat, "s2", "这样要")
    assert (await stages(service))["next_answer"] == "met"
    await service.desk.close(conversation, seat, "answered", "好")
    assert await stages(service) == {"first_answer": "met", "resolution": "met", "next_answer": "met"}


async def test_danger_is_told_of_after_its_minute_at_any_hour(service: Service) -> None:
    boss = await service.accounts.add_staff("郑主管", "correct horse battery", "supervisor")
    service.clock.advance(14 * 3600)  # midnight
    await handed_off(service, "危险")
    service.clock.advance(39)
    assert not await service.timekeeper.look()
    service.clock.advance(1)
    assert await service.timekeeper.look()
    service.clock.advance(20)
    await service.timekeeper.look()
    assert (await stages(service))["first_answer"] == "yellow"
    service.clock.advance(60)
    await service.timekeeper.look()
    assert (await stages(service))["first_answer"] == "red"
    found = await NoticeStore(service.database).of(boss)
    assert [one.kind for one in found] == ["timer_red", "timer_yellow", "timer_warned"]
    assert await NoticeStore(service.database).unread(boss) == 3
    await NoticeStore(service.database).read_up_to(boss, found[1].id, service.clock.now())
    assert await NoticeStore(service.database).unread(boss) == 1


async def test_who_looks_late_tells_only_the_last_stage(service: Service) -> None:
    await service.accounts.add_staff("郑主管", "correct horse battery", "supervisor")
    await handed_off(service)
    service.clock.advance(86400)
    await service.timekeeper.look()
    assert await service.count(notices, notices.c.kind == "timer_red") == 1
    assert await service.count(notices, notices.c.text.contains("首次答复")) == 1


async def test_each_stage_is_told_once_however_many_look(service: Service, store_url: str) -> None:
    await service.accounts.add_staff("郑主管", "correct horse battery", "supervisor")
    for _ in range(5):
        await handed_off(service)
    other = Database(store_url)
    await other.open()
    second = Timekeeper(TimerStore(other), service.clock, service.events.append)
    for wait in (121, 60, 180):
        service.clock.advance(wait)
        await asyncio.gather(*(keeper.look() for keeper in (service.timekeeper, second) for _ in range(4)))
    await other.close()
    for kind in ("timer_warned", "timer_yellow", "timer_red"):
        assert await service.count(notices, notices.c.kind == kind) == 5
    assert sum(event.kind == "notice" for event in service.events) == 15


async def test_a_timer_that_is_met_is_not_told_of(service: Service) -> None:
    seat = await service.seat()
    await service.accounts.add_staff("郑主管", "correct horse battery", "supervisor")
    conversation = await handed_off(service)
    await service.desk.claim(conversation, seat)
    await service.desk.reply(conversation, seat, "s1", "您好")
    service.clock.advance(3600)
    await service.timekeeper.look()
    assert await service.count(notices) == 0


async def test_cards_are_on_the_matter_while_they_last(service: Service) -> None:
    seat = await service.seat()
    conversation = await handed_off(service)
    card = select(schema.matters.c.card)

    async def shown() -> str:
        return str(await service.database.read(lambda connection: connection.execute(card).scalar_one()))

    service.clock.advance(200)
    await service.timekeeper.look()
    assert await shown() == "yellow"
    service.clock.advance(200)
    await service.timekeeper.look()
    assert await shown() == "red"
    await service.desk.claim(conversation, seat)
    await service.desk.reply(conversation, seat, "s1", "对不起，久等了")
    assert await shown() == ""
    late = await service.database.read(
        lambda connection: connection.execute(select(timers.c.late).where(timers.c.kind == "first_answer")).scalar_one()
    )
    assert late


async def test_the_runner_looks_by_itself(service: Service) -> None:
    await service.accounts.add_staff("郑主管", "correct horse battery", "supervisor")
    await handed_off(service, "危险")
    heard = asyncio.Event()
    keeper = Timekeeper(TimerStore(service.database), service.clock, lambda _event: heard.set())
    task = asyncio.create_task(keeper.run())
    while not heard.is_set():
        service.clock.advance(LOOK)
        await asyncio.sleep(0)
        # The look itself runs in threads of the store: a read waits behind it.
        await service.count(timers)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_runner_outlives_a_store_that_fails(service: Service) -> None:
    calls: list[int] = []

    class Failing:
        async def run_out(self, now: object, limit: int) -> list[object]:
            calls.append(limit)
            raise OSError("busy")

    task = asyncio.create_task(Timekeeper(Failing(), service.clock, service.events.append).run())  # type: ignore[arg-type]
    while len(calls) < 3:
        service.clock.advance(LOOK)
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_the_chain_ends_at_somebody() -> None:
    near = Seat(1, "near", "supervisor", regions=("44",))
    far = Seat(2, "far", "supervisor", regions=("31",))
    assert told("warned", 7, "4401", (near, far)) == (7,)
    assert told("warned", None, "4401", (near, far)) == (1,)
    assert told("yellow", 7, "4401", (near, far)) == (7, 1)
    assert told("yellow", None, "11", (near, far)) == (1, 2), "where nobody is near, all are"
    assert told("red", 7, "4401", (near, far)) == (7, 1, 2)
    assert told("red", near.id, "4401", (near, replace(far, regions=("",)))) == (1, 2)
    assert told("red", None, "4401", ()) == ()


async def test_paused_timers_are_left_alone(service: Service) -> None:
    await service.accounts.add_staff("郑主管", "correct horse battery", "supervisor")
    await handed_off(service)
    await service.database.write(
        lambda connection: connection.execute(update(timers).values(stage="paused", next_at=None))
    )
    service.clock.advance(86400)
    assert not await service.timekeeper.look()
