"""Passing a conversation on: to a colleague who is here and has room, or to a queue, with a note."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select

from bot.desk.queues.queue import Queue
from bot.desk.refused import Refused
from bot.desk.seat import Seat
from bot.store.desk import DeskStore
from bot.store.desk_schema import notes, notices
from bot.store.schema import claims, conversations, matters
from bot.store.waiting import WaitingStore
from tests.bot.desk.queues.people import waiting
from tests.fakes.service import Service, inbound, running


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def here(service: Service, name: str, *args: Any, **qualities: Any) -> Seat:
    seat = await service.seat(name, *args, **qualities)
    await service.presence.beat(seat, "online")
    return seat


async def rows(service: Service, statement: Any) -> list[Any]:
    return await service.database.read(lambda connection: connection.execute(statement).all())


async def test_a_colleague_gets_it_with_the_note_and_a_notice(service: Service) -> None:
    seat, other = await here(service, "甲律师"), await here(service, "乙律师")
    conversation = await waiting(service)
    await service.desk.claim(conversation, seat)
    found = await service.passing.receivers(conversation, seat)
    assert [one.seat.id for one in found.colleagues] == [other.id]
    message = await service.passing.pass_to(conversation, seat, other.id, "当事人听力不好，慢慢说")
    assert message.sender == "system"
    case = (await service.desk.cases("human", other))[0]
    assert (case.conversation, case.seat) == (conversation, other.id)
    assert await service.desk.reply(conversation, other, "s1", "您好，我来接着帮您。")
    with pytest.raises(Refused, match="claimed_by_other"):
        await service.desk.reply(conversation, seat, "s2", "我还在")
    note = (await rows(service, select(notes)))[0]
    assert (note.kind, note.to_staff, note.text) == ("transfer", other.id, "当事人听力不好，慢慢说")
    assert (await rows(service, select(notices.c.staff_id, notices.c.kind))) == [(other.id, "transfer")]
    assert [event.staff for event in service.events if event.kind == "notice"] == [other.id]
    assert (await rows(service, select(matters.c.owner_id)))[0].owner_id == other.id
    assert [row.outcome for row in await rows(service, select(claims).order_by(claims.c.id))] == ["transferred", None]
    assert "transferred" in await DeskStore(service.database).trail(conversation)


async def test_who_is_gone_full_elsewhere_or_no_colleague_gets_nothing(service: Service) -> None:
    seat = await here(service, "甲律师")
    gone, full = await service.seat("乙律师"), await here(service, "丙律师", capacity=0)
    auditor, far = await here(service, "审计", "auditor"), await here(service, "浙江", regions=["33"])
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", "我在广州，转人工"))
    with pytest.raises(Refused, match="wrong_state"):
        await service.passing.pass_to(conversation, seat, (await here(service, "丁律师")).id, "")
    await service.desk.claim(conversation, seat)
    for colleague, code in (
        (gone.id, "colleague_gone"),
        (full.id, "colleague_full"),
        (far.id, "colleague_elsewhere"),
        (auditor.id, "unknown_colleague"),
        (seat.id, "unknown_colleague"),
        (999, "unknown_colleague"),
    ):
        with pytest.raises(Refused, match=code):
            await service.passing.pass_to(conversation, seat, colleague, "")
    assert (await service.desk.cases("human", seat))[0].seat == seat.id
    assert await rows(service, select(notes)) == []


async def _of_canton(service: Service) -> str:
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", "我在广州，转人工"))
    return conversation


async def _queues(service: Service, supervisor: Seat) -> None:
    for key, region in (("canton", "4401"), ("hangzhou", "3301")):
        await service.queues.save(Queue(key, key, "consultation", region=region), supervisor)


async def test_who_can_receive_it_is_who_covers_its_region_and_is_here(service: Service) -> None:
    seat, supervisor = await here(service, "甲律师"), await here(service, "主管", "supervisor")
    near, busy = await here(service, "广州", regions=["4401"]), await here(service, "粤", regions=["44"], capacity=0)
    await here(service, "浙江", regions=["33"])
    await here(service, "审计", "auditor")
    await service.seat("不在", regions=["44"])
    await _queues(service, supervisor)
    conversation = await _of_canton(service)
    await service.desk.claim(conversation, seat)
    found = await service.passing.receivers(conversation, seat)
    assert {one.seat.id for one in found.colleagues} == {near.id, supervisor.id, busy.id}
    assert found.colleagues[-1].seat.id == busy.id, "those with most room first"
    keys = {one.key for one in found.queues}
    assert {"canton", "general"} <= keys
    assert "hangzhou" not in keys
    with pytest.raises(Refused, match="unknown_conversation"):
        await service.passing.receivers(conversation, await here(service, "浙二", regions=["33"]))


async def test_a_queue_elsewhere_gets_nothing(service: Service) -> None:
    seat, supervisor = await here(service, "甲律师"), await here(service, "主管", "supervisor")
    await _queues(service, supervisor)
    held, waits = await _of_canton(service), await _of_canton(service)
    await service.desk.claim(held, seat)
    for who, conversation in ((seat, held), (supervisor, waits)):
        with pytest.raises(Refused, match="queue_elsewhere"):
            await service.passing.pass_on(conversation, who, "hangzhou", "")
    assert await service.passing.pass_on(held, seat, "canton", "")
    assert await service.passing.pass_on(waits, supervisor, "canton", "") is None
    assert await service.count(conversations, conversations.c.queue == "canton") == 2


async def test_a_place_named_meanwhile_counts(service: Service) -> None:
    """The store looks itself: what the service has read may be old by then."""
    seat, supervisor = await here(service, "甲律师"), await here(service, "主管", "supervisor")
    far = await here(service, "浙江", regions=["33"])
    await _queues(service, supervisor)
    records, now = DeskStore(service.database), service.clock.now()
    held, waits = await _of_canton(service), await _of_canton(service)
    await service.desk.claim(held, seat)
    assert await records.to_colleague(held, seat, far, "", now) is None
    assert await records.to_queue(held, seat, "hangzhou", "", now) is None
    assert not await records.requeue(waits, supervisor, "hangzhou", "", now)
    assert await WaitingStore(service.database).pass_on("general", "hangzhou", now, now) == []
    unknown = await waiting(service)
    assert await WaitingStore(service.database).pass_on("general", "hangzhou", now, now) in ([], [unknown])
    assert await service.count(notes) == 0


async def test_where_the_region_is_unknown_everybody_can_receive_it(service: Service) -> None:
    seat, far = await here(service, "甲律师"), await here(service, "浙江", regions=["33"])
    conversation = await waiting(service)
    await service.desk.claim(conversation, seat)
    assert [one.seat.id for one in (await service.passing.receivers(conversation, seat)).colleagues] == [far.id]
    assert await service.passing.pass_to(conversation, seat, far.id, "")


async def test_a_queue_gets_it_in_the_place_of_since_when_it_first_waited(service: Service) -> None:
    seat, lawyer = await here(service, "甲律师"), await here(service, "乙律师", tier="professional")
    first = await waiting(service)
    await service.desk.claim(first, seat)
    later = await waiting(service)
    message = await service.passing.pass_on(first, seat, "legal_aid", "想申请法律援助")
    assert message is not None
    cases = await service.desk.cases("waiting", lawyer)
    assert [(case.conversation, case.queue) for case in cases] == [(first, "legal_aid"), (later, "general")]
    assert not cases[0].returned
    for queue in ("nowhere", ""):
        with pytest.raises(Refused, match="unknown_queue"):
            await service.passing.pass_on(first, seat, queue, "")
    with pytest.raises(Refused, match="wrong_state"):
        await service.passing.pass_on(later, seat, "legal_aid", "")
    assert (await rows(service, select(matters.c.queue).where(matters.c.queue == "legal_aid"))) != []


async def test_a_supervisor_moves_what_waits_and_the_citizen_need_not_hear_of_it(service: Service) -> None:
    supervisor, mediator = await here(service, "主管", "supervisor"), await here(service, "调解员", "mediator")
    conversation = await waiting(service)
    before = len(await service.conversations.after(conversation, 0))
    assert await service.passing.pass_on(conversation, supervisor, "mediation", "邻里纠纷") is None
    assert len(await service.conversations.after(conversation, 0)) == before
    assert (await service.desk.next(mediator)).conversation == conversation


async def test_two_who_pass_on_at_once_pass_on_once(service: Service) -> None:
    seat, one, two = [await here(service, name) for name in ("甲律师", "乙律师", "丙律师")]
    for _ in range(5):
        conversation = await waiting(service)
        await service.desk.claim(conversation, seat)
        results = await asyncio.gather(
            service.passing.pass_to(conversation, seat, one.id, ""),
            service.passing.pass_to(conversation, seat, two.id, ""),
            service.passing.pass_on(conversation, seat, "legal_aid", ""),
            service.desk.close(conversation, seat),
            return_exceptions=True,
        )
        assert sum(not isinstance(result, BaseException) for result in results) == 1
        assert all(isinstance(result, Refused) for result in results if isinstance(result, BaseException)), results
        assert await service.count(claims, claims.c.conversation_id == conversation, claims.c.ended_at.is_(None)) <= 1
    assert await service.count(conversations, conversations.c.claimed_by == seat.id) == 0
