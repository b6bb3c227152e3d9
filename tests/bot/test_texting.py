"""Texts go to a number that its owner gave, after they agreed, once each, and stop when they say so."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.conversation import Conversations
from bot.store.channel_schema import sms
from bot.store.conversations import ConversationStore
from bot.store.phones import PhoneStore
from bot.texting import AGREE, DECLINE, Texting, mobile
from tests.fakes.service import Service, inbound, running


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running(tmp_path) as started:
        yield started


async def say(service: Service, conversation: str, number: int, text: str) -> None:
    await service.conversations.handle(inbound(conversation, f"m{number}", text))


async def texts(service: Service) -> list[tuple[str, str, str]]:
    statement = select(sms.c.kind, sms.c.number, sms.c.text).order_by(sms.c.id)
    return [tuple(row) for row in await service.database.read(lambda connection: connection.execute(statement).all())]


async def last(service: Service, conversation: str) -> str:
    return (await service.conversations.after(conversation, 0))[-1].text


async def asked(service: Service) -> str:
    """A conversation whose citizen has left a number while nobody was there."""
    conversation = await service.opened()
    for number, text in enumerate(("转人工", "约个时间", "明天上午十点，13800138000")):
        await say(service, conversation, number, text)
    assert "短信" in await last(service, conversation)
    return conversation


async def test_nothing_is_sent_before_they_agree(service: Service) -> None:
    conversation = await asked(service)
    assert await texts(service) == []
    await say(service, conversation, 9, DECLINE)
    assert "不给您发短信" in await last(service, conversation)
    assert await texts(service) == []


async def test_matter_and_appointment_once_and_no_code(service: Service) -> None:
    conversation = await asked(service)
    await say(service, conversation, 9, AGREE)
    assert "138****8000" in await last(service, conversation)
    matter, call = await texts(service)
    assert matter[:2] == ("matter", "13800138000")
    assert re.search(r"事项编号是 \d{8}-\d{4}", matter[2])
    assert not re.search(r"(?<!\d)\d{6}(?!\d)", matter[2]), "the code that opens the matter stays out of it"
    assert call[0] == "appointment"
    assert "11月24日（周二）10:00" in call[2]
    await say(service, conversation, 10, AGREE)
    await say(service, conversation, 11, "13800138000")
    assert len(await texts(service)) == 2, "nothing is said twice"
    await say(service, conversation, 12, "改到后天下午三点，13800138000")
    assert [kind for kind, _, _ in await texts(service)] == ["matter", "appointment", "appointment"]
    await say(service, conversation, 13, "换成13900139000")
    assert "短信" in await last(service, conversation), "another number may be another's: asked anew"
    assert len(await texts(service)) == 3


async def test_the_opinion_too_with_its_link_until_they_stop_it(service: Service) -> None:
    store = ConversationStore(service.database, lambda matter: f"https://example.org/{matter}")
    asides = (Texting(PhoneStore(service.database), service.clock),)
    talks = Conversations(store, service.engine, service.clock, service.events.append, service.reception, asides=asides)
    conversation = await asked(service)
    for number, text in enumerate((AGREE, "给我意见", "不要短信了", "再给我意见"), 9):
        await talks.handle(inbound(conversation, f"m{number}", text))
    opinions = [text for kind, _, text in await texts(service) if kind == "opinion"]
    assert len(opinions) == 1
    assert "https://example.org/2026" in opinions[0]
    await talks.stop()


async def test_consent_that_nobody_asked_for_is_the_engines(service: Service) -> None:
    conversation = await service.opened()
    await say(service, conversation, 1, AGREE)
    assert "您说" in await last(service, conversation)


def test_only_mobile_telephones_get_texts() -> None:
    assert mobile("13800138000")
    assert not mobile("01012345678")
    assert not mobile("4001234567")
