"""Citizens for the tests of the queues."""

from __future__ import annotations

from tests.fakes.service import Service, inbound


async def waiting(service: Service, *texts: str) -> str:
    """A conversation that waits after these messages."""
    conversation = await service.opened()
    for count, text in enumerate(texts or ("转人工",)):
        await service.conversations.handle(inbound(conversation, f"m{count}", text))
    service.clock.advance(1)
    return conversation
