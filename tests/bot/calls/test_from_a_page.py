"""A call from the web chat's page is the call of whoever chats there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.calls.call import Ringing
from bot.store.calls import CallStore
from bot.store.schema import conversations
from tests.fakes.service import Service, running


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running(tmp_path) as started:
        yield started


async def test_the_visitor_and_nobody_else(service: Service) -> None:
    chat = (await service.conversations.create("web")).conversation.id
    store, now = CallStore(service.database), service.clock.now()
    called = [
        (await store.begin(Ringing(name, transport, reference=reference), (), False, now)).conversation
        for name, transport, reference in (
            ("1", "browser", chat), ("2", "browser", chat), ("3", "browser", "gone"), ("4", "sip", chat)
        )
    ]  # fmt: skip
    rows = select(conversations.c.id, conversations.c.citizen_id)
    whose = dict(await service.database.read(lambda connection: [tuple(row) for row in connection.execute(rows)]))
    assert [whose[call] == whose[chat] for call in called] == [True, True, False, False]
    assert len(set(called)) == 4, "a conversation for each call"
