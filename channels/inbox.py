"""The one way in: limits first, then the conversation service, which stores before it acts."""

from __future__ import annotations

import asyncio
import math

from bot.conversation import Conversations
from bot.message import Inbound, Message
from bot.records import Outcome
from channels.limits import RateLimit


class TooFast(Exception):
    """More messages than are allowed; `retry_after` whole seconds until the next one is."""

    def __init__(self, wait: float) -> None:
        super().__init__("too many messages")
        self.retry_after = max(1, math.ceil(wait))
        self.text = f"您发得太快了，请过 {self.retry_after} 秒再发。刚才这条还没有收下，请稍后重发。"


class Inbox:
    """Takes messages of every channel."""

    def __init__(self, conversations: Conversations, by_address: RateLimit, by_conversation: RateLimit) -> None:
        self._conversations = conversations
        self._by_address = by_address
        self._by_conversation = by_conversation

    async def accept(self, inbound: Inbound, address: str) -> tuple[Message, asyncio.Future[Outcome]]:
        """The message as stored and its outcome to come.

        Raises TooFast, and BadMessage and UnknownConversation as `Conversations.submit` does.
        """
        wait = self._by_address.wait(address) or self._by_conversation.wait(inbound.conversation)
        if wait:
            raise TooFast(wait)
        return await self._conversations.submit(inbound)
