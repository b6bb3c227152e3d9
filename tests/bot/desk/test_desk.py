"""The desk's rules: order of the queue, one winner per claim, and a trail of what was done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.desk.refused import Refused
from bot.store.desk import DeskStore
from bot.store.schema import claims
from tests.fakes.service import Service, inbound, running


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def waiting(service: Service, text: str = "转人工") -> str:
    """A conversation that waits for a person."""
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", text))
    service.clock.advance(1)
    return conversation


async def test_the_queue_is_ordered_by_priority_then_time(service: Service) -> None:
    first, second, urgent = [await waiting(service, text) for text in ("转人工", "转人工", "危险")]
    seat = await service.seat()
    cases = await service.desk.cases("waiting", seat)
    assert [case.conversation for case in cases] == [urgent, first, second]
    assert await service.desk.waiting(seat) == 3


async def test_of_many_claims_at_once_exactly_one_wins(service: Service) -> None:
    seats = [await service.seat(f"坐席{n}") for n in range(4)]
    for _ in range(10):
        conversation = await waiting(service)
        races = [service.desk.claim(conversation, seat) for seat in seats for _ in range(5)]
        results = await asyncio.gather(*races, return_exceptions=True)
        assert sum(not isinstance(result, Refused) for result in results) == 1
        assert await service.count(claims, claims.c.conversation_id == conversation) == 1


async def test_handing_back_without_an_open_question_asks_what_else(service: Service) -> None:
    seat, conversation = await service.seat(), await waiting(service)
    await service.desk.claim(conversation, seat)
    message = await service.desk.hand_back(conversation, seat)
    assert message.sender == "bot"
    assert "请直接说" in message.text


async def test_who_did_what_is_on_the_trail(service: Service) -> None:
    seat, conversation = await service.seat(), await waiting(service)
    await service.desk.open(conversation, seat)
    await service.desk.claim(conversation, seat)
    await service.desk.reply(conversation, seat, "s1", "您好")
    await service.desk.close(conversation, seat)
    assert await DeskStore(service.database).trail(conversation) == ["viewed", "claimed", "replied", "closed"]


async def test_refusals_say_why(service: Service) -> None:
    seat, conversation = await service.seat(), await waiting(service)
    for action in (service.desk.hand_back, service.desk.close):
        with pytest.raises(Refused, match="wrong_state") as refused:
            await action(conversation, seat)
        assert "先接手" in refused.value.text
    with pytest.raises(Refused, match="unknown_conversation"):
        await service.desk.claim("0" * 32, seat)
    with pytest.raises(Refused, match="unknown_conversation"):
        await service.desk.open(await service.opened(), seat)


async def test_only_the_holder_is_shown_as_typing(service: Service) -> None:
    seat, stranger, conversation = await service.seat("甲律师"), await service.seat("乙律师"), await waiting(service)
    await service.desk.claim(conversation, seat)
    service.events.clear()
    await service.desk.typing(conversation, stranger)
    assert service.events == []
    await service.desk.typing(conversation, seat)
    assert service.events[0].who == "staff"
