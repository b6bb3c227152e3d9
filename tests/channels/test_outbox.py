"""The sender: at least once, in order per conversation, patient with a provider that fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.message import Message
from bot.store.outbox import OutboxStore
from bot.store.schema import outbox
from channels.capabilities import Capabilities
from channels.outbox import GIVE_UP, DeliveryFailed, Sender
from tests.fakes.service import Service, inbound, running


class Provider:
    """Takes messages, or refuses the next few."""

    capabilities = Capabilities()

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        self.refuse: set[str] = set()

    async def send(self, message: Message, _address: str) -> None:
        if message.conversation in self.refuse:
            raise DeliveryFailed("refused")
        self.taken.append((message.conversation, message.seq))


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running(tmp_path) as started:
        yield started


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def sender(service: Service, provider: Provider) -> Sender:
    return Sender(OutboxStore(service.database), {"web": provider}, service.clock)


async def test_letters_are_delivered_once_and_forgotten(service: Service, provider: Provider, sender: Sender) -> None:
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", "你好"))
    await sender.deliver_due()
    await sender.deliver_due()
    assert provider.taken == [(conversation, 1), (conversation, 3)]
    assert await service.count(outbox) == 0


async def test_a_failed_letter_is_tried_again_and_nothing_overtakes_it(
    service: Service, provider: Provider, sender: Sender
) -> None:
    stuck, free = await service.opened(), await service.opened()
    provider.refuse.add(stuck)
    await sender.deliver_due()
    provider.refuse.clear()
    await service.conversations.handle(inbound(stuck, "a", "你好"))
    await sender.deliver_due()
    assert provider.taken == [(free, 1)], "the later message waits behind the earlier one"
    service.clock.advance(2)
    await sender.deliver_due()
    assert provider.taken == [(free, 1), (stuck, 1), (stuck, 3)]


async def test_a_letter_that_never_arrives_is_set_aside_and_kept(
    service: Service, provider: Provider, sender: Sender
) -> None:
    conversation = await service.opened()
    provider.refuse.add(conversation)
    for _ in range(GIVE_UP + 3):
        await sender.deliver_due()
        service.clock.advance(400)
    assert await service.count(outbox, outbox.c.state == "dead") == 1
    provider.refuse.clear()
    await sender.deliver_due()
    assert provider.taken == []


async def test_a_letter_written_before_a_crash_is_delivered_after_it(tmp_path: Path, provider: Provider) -> None:
    async with running(tmp_path) as crashing:
        conversation = await crashing.opened()
    async with running(tmp_path) as restarted:
        await Sender(OutboxStore(restarted.database), {"web": provider}, restarted.clock).deliver_due()
    assert provider.taken == [(conversation, 1)]


async def test_conversations_that_fetch_get_no_letters(service: Service) -> None:
    await service.opened("api")
    assert await service.count(outbox) == 0


async def test_the_running_sender_wakes_and_outlives_a_failing_store(
    service: Service, provider: Provider, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = sender._store
    due, failures = store.due, [OSError("disk"), OSError("disk")]

    async def failing(*arguments: object) -> object:
        if failures:
            raise failures.pop()
        return await due(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "due", failing)
    running_sender = asyncio.create_task(sender.run())
    conversation = await service.opened()
    async with asyncio.timeout(10):
        while not provider.taken:
            sender.wake()
            await asyncio.sleep(0)
    assert provider.taken == [(conversation, 1)]
    assert not running_sender.done()
    running_sender.cancel()
    await asyncio.gather(running_sender, return_exceptions=True)
