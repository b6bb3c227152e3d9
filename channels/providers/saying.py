"""What a citizen of a provider says and is told: into the inbox, and out of it, once for each message."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.conversation import Conversations
from bot.dialogue.engine import Part
from bot.message import BadMessage, Message
from bot.records import Conversation, Outcome
from channels.inbox import Inbox, TooFast


@dataclass(frozen=True, slots=True)
class Said:
    """A message that was taken, and what will come of it."""

    message: Message
    outcome: asyncio.Future[Outcome]


class Saying:
    """One channel's way in."""

    def __init__(self, channel: str, inbox: Inbox, conversations: Conversations) -> None:
        self._channel = channel
        self._inbox = inbox
        self._conversations = conversations

    async def hear(self, citizen: str, key: str, text: str) -> Said | None:
        """What they said; None where it was not taken, of which they have been told."""
        try:
            return Said(*await self._inbox.hear(self._channel, citizen, key, text))
        except TooFast:
            return None
        except BadMessage as refused:
            await self.tell(citizen, key, refused.text)
            return None

    async def tell(self, citizen: str, key: str, text: str) -> None:
        """Say something to what came with this key, once however often it comes."""
        conversation = await self.conversation(citizen)
        await self._conversations.tell(conversation.id, (Part("text", text),), key)

    async def conversation(self, citizen: str) -> Conversation:
        """Theirs, begun and greeted if there is none."""
        return await self._conversations.of(self._channel, citizen)

    async def greeted(self, conversation: Conversation) -> Message | None:
        """The greeting, where nothing has followed it; None where they have talked."""
        said = await self._conversations.after(conversation.id, 0)
        return said[0] if len(said) == 1 else None
