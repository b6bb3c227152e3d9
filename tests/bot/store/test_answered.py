"""Letters that leave in the response to a message: told again to whoever asks again, and never lost over a crash."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.message import Inbound
from bot.store.answered import ASKS_AGAIN, KEPT, AnsweredStore
from bot.store.outbox import OutboxStore
from bot.store.schema import outbox
from tests.fakes.service import Service, running


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running(tmp_path) as started:
        yield started


async def _asked(service: Service) -> tuple[str, list[int]]:
    """A citizen of WeChat has written; their conversation, and the numbers of the replies."""
    conversation = await service.conversations.of("wechat", "oCitizen")
    outcome = await service.conversations.handle(Inbound("wechat", conversation.id, "m1", "你好", "oCitizen/m1"))
    return conversation.id, [reply.seq for reply in outcome.replies]


async def test_what_left_is_told_again_and_sent_by_nobody(service: Service) -> None:
    conversation, seqs = await _asked(service)
    answered, letters = AnsweredStore(service.database), OutboxStore(service.database)
    taken = await answered.take(conversation, service.clock.now())
    assert [letter.message.seq for letter in taken] == [1, *seqs], "the greeting goes with the answer"
    assert await answered.take(conversation, service.clock.now()) == []
    await answered.left([letter.row for letter in taken], service.clock.now())
    again = await answered.before(conversation, seqs)
    assert [letter.message for letter in again] == [letter.message for letter in taken]
    await answered.begin(service.clock.now())
    service.clock.advance(60)
    assert await letters.due(service.clock.now(), 10) == []
    service.clock.advance(KEPT.total_seconds())
    await answered.left([], service.clock.now())
    assert await answered.before(conversation, seqs) == []
    assert await service.count(outbox) == 0


async def test_what_could_not_be_written_is_sent_at_once(service: Service) -> None:
    conversation, seqs = await _asked(service)
    answered, letters = AnsweredStore(service.database), OutboxStore(service.database)
    taken = await answered.take(conversation, service.clock.now())
    await answered.back([letter.row for letter in taken], service.clock.now())
    assert await answered.before(conversation, seqs) == []
    assert [letter.row for letter in await letters.due(service.clock.now(), 10)] == [letter.row for letter in taken]


async def test_after_a_crash_the_provider_asks_again_unless_nobody_was_there(service: Service) -> None:
    conversation, seqs = await _asked(service)
    answered, letters = AnsweredStore(service.database), OutboxStore(service.database)
    taken = await answered.take(conversation, service.clock.now())
    await answered.begin(service.clock.now())  # the process died, and another has started at once
    assert await letters.due(service.clock.now(), 10) == []
    assert [letter.row for letter in await answered.before(conversation, seqs)] == [letter.row for letter in taken]
    service.clock.advance(ASKS_AGAIN.total_seconds() + 1)
    await answered.begin(service.clock.now())  # as if it had started only now
    assert [letter.row for letter in await letters.due(service.clock.now(), 10)] == [letter.row for letter in taken]


async def test_what_is_overdue_is_the_senders(service: Service) -> None:
    conversation, _ = await _asked(service)
    service.clock.advance(3)
    assert await AnsweredStore(service.database).take(conversation, service.clock.now()) == []
