"""Calls in the store, on both databases: one matter each, whatever is told twice or comes late."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest_asyncio
from sqlalchemy import select, update

from bot.calls.call import VOICE, Ringing
from bot.calls.calls import Calls
from bot.calls.keeper import CallKeeper
from bot.calls.queueing import CallQueue
from bot.desk.queues.duty import BusinessHours
from bot.dialogue.engine import Part
from bot.message import Inbound
from bot.store.call_schema import calls as table
from bot.store.calls import CallStore
from bot.store.channel_schema import phones
from bot.store.desk_schema import callbacks
from bot.store.schema import citizens, conversations, matters, messages
from bot.store.waiting import WaitingStore
from tests.fakes.service import Service, running

RINGING = Ringing("call-1", "sip", "+8613800138000", "12348", "a@exchange")
HELLO = (Part("text", "您好"),)


class Telephone:
    """What a call needs of the service."""

    def __init__(self, service: Service) -> None:
        self.service, store = service, CallStore(service.database)
        self.calls = Calls(store, service.clock, service.events.append, texts=True)
        waiting = WaitingStore(service.database)
        self.queue = CallQueue(store, waiting, service.clock, service.events.append, BusinessHours())

    async def all(self, what: Any) -> list[Any]:
        return list(await self.service.database.read(lambda connection: connection.execute(select(what)).all()))


@pytest_asyncio.fixture
async def line(store_url: str) -> AsyncIterator[Telephone]:
    async with running(store_url) as service:
        yield Telephone(service)


async def test_one_matter_however_often_it_is_told(line: Telephone) -> None:
    begun = await line.calls.begin(RINGING, HELLO)
    assert await line.calls.begin(RINGING, HELLO) == begun
    for _ in range(2):
        await line.calls.heard(begun.conversation, "heard-1", "老板不发工资", {"spoken": True})
        await line.calls.end("call-1", "hung_up", ())
    await line.calls.end("call-1", "advised", ())
    (kept,), (matter,) = await line.all(table), await line.all(matters)
    assert (kept.outcome, kept.caller) == ("hung_up", "+8613800138000")
    assert (matter.number, matter.status, matter.result) == (begun.matter, "closed", "hung_up")
    assert [row.sender for row in await line.all(messages)] == ["bot", "citizen", "system"]


async def test_a_mobile_is_one_citizen_any_other_number_is_not(line: Telephone) -> None:
    for at, caller in enumerate(("13800138000", "+8613800138000", "057112345678", "057112345678", "", "")):
        await line.calls.begin(replace(RINGING, id=f"call-{at}", caller=caller), HELLO)
    assert len(await line.all(conversations)) == 6
    assert len(await line.all(citizens)) == 5


async def test_texts_go_to_their_own_mobile_unless_refused_or_dangerous(line: Telephone) -> None:
    begun = await line.calls.begin(RINGING, HELLO)
    assert await line.calls.reach(begun.conversation) == "sms"
    await line.calls.no_texts(begun.conversation)
    assert await line.calls.reach(begun.conversation) == ""
    refused = update(phones).values(sms="no")
    await line.service.database.write(lambda connection: connection.execute(refused) and None)
    again = await line.calls.begin(replace(RINGING, id="call-2"), HELLO)
    assert await line.calls.reach(again.conversation) == ""


async def test_what_there_is_to_read_goes_to_a_linked_account(line: Telephone) -> None:
    begun = await line.calls.begin(RINGING, HELLO)
    wechat = await line.service.conversations.of("wechat", "openid")
    link = update(citizens).values(person="p" * 32)
    await line.service.database.write(lambda connection: connection.execute(link) and None)
    assert await line.calls.reach(begun.conversation) == "wechat"
    for _ in range(2):
        await line.calls.share(begun.conversation, (Part("text", "意见书"),), "call-1/3")
    said = [row for row in await line.all(messages) if row.conversation_id == wechat.id and row.sender == "system"]
    assert len(said) == 1


async def test_a_caller_waits_is_raised_and_leaves(line: Telephone) -> None:
    begun = await line.calls.begin(RINGING, HELLO)
    await line.queue.join(begun.conversation, urgent=False)
    place = await line.queue.place(begun.conversation)
    assert place is not None
    assert (place.ahead, place.here) == (0, False)
    seat = await line.service.seat(extension="8001")
    await line.service.on_duty(seat)
    place = await line.queue.place(begun.conversation)
    assert place is not None
    assert place.here
    await line.queue.join(begun.conversation, urgent=True)
    assert (await line.calls.standing(begun.conversation)).urgent
    await line.calls.leave(begun.conversation)
    standing = await line.calls.standing(begun.conversation)
    assert (standing.state, standing.kind) == ("bot", "")
    (matter,) = await line.all(matters)
    assert (matter.status, matter.state) == ("new", "bot")


async def test_who_hangs_up_before_the_seat_rings_leaves_the_matter_to_the_seat(line: Telephone) -> None:
    begun = await line.calls.begin(RINGING, HELLO)
    seat = await line.service.seat(extension="8001")
    await line.service.on_duty(seat)
    await line.queue.join(begun.conversation, urgent=False)
    await line.service.desk.claim(begun.conversation, seat)
    await line.calls.end("call-1", "hung_up", ())
    (matter,), (talk,) = await line.all(matters), await line.all(conversations)
    assert (talk.state, matter.state, matter.status, matter.owner_id) == ("closed", "closed", "resolved", seat.id)


async def test_one_call_back_for_each_call_and_a_matter_that_waits_for_it(line: Telephone) -> None:
    begun = await line.calls.begin(RINGING, HELLO)
    await line.calls.keep_message(begun.conversation, "call-1.0.message", "房子漏水", "13800138000", None)
    await line.calls.call_back(begun.conversation, "057112345678", None, angry=False)
    await line.calls.end("call-1", "message", ("call-1.0.message",))
    (owed,), (matter,) = await line.all(callbacks), await line.all(matters)
    assert (owed.reason, owed.contact, owed.message) == ("message", "057112345678", "房子漏水")
    assert (matter.status, matter.state) == ("open", "closed")
    seat = await line.service.seat()
    assert (await line.service.desk.open(begun.conversation, seat)).case.matter == begun.matter


async def test_a_verdict_is_kept_once_and_a_bad_one_is_followed(line: Telephone) -> None:
    begun = await line.calls.begin(RINGING, HELLO)
    assert not await line.calls.rate(begun.conversation, 4)
    assert await line.calls.rate(begun.conversation, 2)
    await line.calls.call_back(begun.conversation, "13800138000", None, angry=True)
    (owed,) = await line.all(callbacks)
    assert owed.reason == "dissatisfied"


async def test_the_calls_of_a_dead_process_are_ended_those_that_go_on_are_not(line: Telephone) -> None:
    async def nothing() -> int:
        return 0

    for name in ("call-1", "call-2"):
        await line.calls.begin(replace(RINGING, id=name), HELLO)
    keeper = CallKeeper(line.calls, line.service.clock, nothing)
    keeper.going_on.add("call-2")
    for _ in range(5):
        line.service.clock.advance(timedelta(seconds=30).total_seconds())
        await keeper.round()
    assert {row.id: row.outcome for row in await line.all(table)} == {"call-1": "lost", "call-2": ""}


async def test_what_is_said_after_the_end_is_not_taken(line: Telephone) -> None:
    begun = await line.calls.begin(RINGING, HELLO)
    _, answered = await line.service.conversations.submit(Inbound(VOICE, begun.conversation, "turn-1", "老板不发工资"))
    await line.calls.end("call-1", "hung_up", ())
    outcome = await answered
    assert outcome.state in ("bot", "closed")
    (matter,) = await line.all(matters)
    assert matter.status == "closed"
