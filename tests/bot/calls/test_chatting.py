"""A call that goes on in the page's chat, on both databases: once, whatever is told twice or at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.calls.call import Ringing
from bot.calls.calls import Calls
from bot.calls.chatting import CallChat
from bot.dialogue.engine import Part
from bot.store.calls import CallStore
from bot.store.schema import claims, conversations, matters, messages
from tests.fakes.service import Service, inbound, running


class FromPage:
    """A page, its call, and what they need of the service."""

    def __init__(self, service: Service, chat: str) -> None:
        self.service, self.chat, self.call = service, chat, ""
        store = CallStore(service.database)
        self.calls = Calls(store, service.clock, service.events.append, texts=False)
        self.to_chat = CallChat(self.calls, store, service.reception, service.clock, service.events.append)

    async def rings(self) -> None:
        """It is answered, and something is said."""
        ringing = Ringing("call-1", "browser", reference=self.chat)
        self.call = (await self.calls.begin(ringing, (Part("text", "您好"),))).conversation
        await self.calls.heard(self.call, "1", "老板不发工资", {"spoken": True})

    async def all(self, what: Any, *which: Any) -> list[Any]:
        """Rows."""
        statement = select(what).where(*which)
        return list(await self.service.database.read(lambda connection: connection.execute(statement).all()))


@pytest_asyncio.fixture
async def page(store_url: str) -> AsyncIterator[FromPage]:
    async with running(store_url) as service:
        made = FromPage(service, await service.opened())
        await made.rings()
        yield made


async def test_told_again_it_is_only_more_urgent(page: FromPage) -> None:
    seat = await page.service.seat()
    await page.service.on_duty(seat)
    assert await page.to_chat.move(page.call, page.chat, urgent=False)
    before = len(await page.all(messages, messages.c.conversation_id == page.chat))
    assert await page.to_chat.move(page.call, page.chat, urgent=True)
    assert len(await page.all(messages, messages.c.conversation_id == page.chat)) == before
    (claim,) = await page.all(claims, claims.c.ended_at.is_(None))
    assert (claim.conversation_id, claim.kind, claim.priority) == (page.chat, "danger", 0)
    (talk,) = await page.all(conversations, conversations.c.id == page.chat)
    assert (talk.state, talk.priority) == ("waiting", 0)
    await page.calls.end("call-1", "transferred", ())
    (matter,) = await page.all(matters)
    assert (matter.status, matter.state) == ("open", "waiting"), "the end of the call is not its end"


async def test_told_at_once_it_happens_once(page: FromPage) -> None:
    moves = (page.to_chat.move(page.call, page.chat, urgent=urgent) for urgent in (False, True, False))
    writes = (page.service.conversations.handle(inbound(page.chat, name, "你好")) for name in ("a", "b"))
    await asyncio.gather(*moves, *writes)
    told = [row.parts[0]["text"] for row in await page.all(messages, messages.c.conversation_id == page.chat)]
    assert sum("刚才语音通话里说过的" in one for one in told) == 1
    assert len(await page.all(claims, claims.c.ended_at.is_(None))) == 1
    talks = await page.all(conversations)
    live = [row.number for row in await page.all(matters, matters.c.status != "merged")]
    assert {row.matter for row in talks} == set(live)
    assert len(live) == 1


@pytest.mark.parametrize("which", ["gone", "voice"])
async def test_what_is_no_chat_is_refused_and_changes_nothing(page: FromPage, which: str) -> None:
    with pytest.raises(LookupError):
        await page.to_chat.move(page.call, page.call if which == "voice" else "gone", urgent=False)
    (talk,) = await page.all(conversations, conversations.c.id == page.call)
    assert talk.state == "bot"
