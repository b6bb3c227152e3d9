"""The one way in: limits first, then the conversation service, which stores before it acts."""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.conversation import Conversations
from bot.dialogue.engine import Part
from bot.message import BadMessage, Inbound, Message
from bot.records import Outcome
from channels.capabilities import Capabilities
from channels.limits import RateLimit, Standing
from channels.numbered import chosen, may_choose

_Taken = tuple[Message, asyncio.Future[Outcome]]
LONGEST_KEY = 160
LONGEST_ID = 64


class TooFast(Exception):
    """More messages than are allowed; `retry_after` whole seconds until the next one is."""

    def __init__(self, wait: float) -> None:
        super().__init__("too many messages")
        self.retry_after = max(1, math.ceil(wait))
        self.text = f"您发得太快了，请过 {self.retry_after} 秒再发。刚才这条还没有收下，请稍后重发。"


class Inbox:
    """Takes messages of every channel."""

    def __init__(
        self,
        conversations: Conversations,
        by_address: RateLimit,
        by_conversation: RateLimit,
        by_channel: RateLimit,
        clock: Clock,
        capabilities: Mapping[str, Capabilities],
    ) -> None:
        self._conversations = conversations
        self._by_address = by_address
        self._by_conversation = by_conversation
        self._by_channel = by_channel
        self._capabilities = capabilities
        self._clock = clock
        self._telling = RateLimit(clock, 1)
        self._hearing: dict[tuple[str, str], asyncio.Future[_Taken]] = {}
        """By channel and key: what a provider has brought and is not answered yet."""

    def standing(self, conversation: str) -> Standing | None:
        """How many messages this conversation may still send; None where there is no limit."""
        return self._by_conversation.standing(conversation)

    async def accept(self, inbound: Inbound, address: str | None) -> _Taken:
        """The message as stored and its outcome to come; an `address` of None has been counted.

        Raises TooFast, and BadMessage and UnknownConversation as `Conversations.submit` does.
        """
        wait = (
            (0.0 if address is None else self._by_address.wait(address))
            or self._by_conversation.wait(inbound.conversation)
            or self._by_channel.wait(inbound.channel)
        )
        if wait:
            raise TooFast(wait)
        return await self._conversations.submit(inbound)

    async def foresee(self, conversation: str, message_id: str, text: str) -> Sequence[Part]:
        """See `Conversations.foresee`."""
        return await self._conversations.foresee(conversation, message_id, text)

    async def hear(self, channel: str, external_id: str, message_id: str, text: str) -> _Taken:
        """A message of a person whom the provider calls `external_id`; `message_id` is the provider's, or what its
        rule makes of an event without one. The same id again is the same message, whatever limits there are.

        Raises TooFast, after the citizen was told that the message was not taken: acknowledge it all the same. Raises
        BadMessage for one that is refused; its text is for the citizen.
        """
        key = f"{external_id}/{message_id}"
        if len(key) > LONGEST_KEY:
            key = hashlib.sha256(key.encode()).hexdigest()
        place = (channel, key)
        if (first := self._hearing.get(place)) is not None:
            # The provider asks again before we are done: only to be looked up, or who is slow would be made slower.
            message, outcome = await asyncio.shield(first)
            return message, asyncio.ensure_future(_repeated(outcome))
        hearing = asyncio.ensure_future(self._heard(channel, external_id, message_id, text, key))
        self._hearing[place] = hearing
        hearing.add_done_callback(lambda done: self._stored(place, done))
        return await asyncio.shield(hearing)

    def _stored(self, place: tuple[str, str], hearing: asyncio.Future[_Taken]) -> None:
        """Remembered until it is answered, where it was taken."""
        if hearing.cancelled() or hearing.exception() is not None:
            self._hearing.pop(place, None)
        else:
            hearing.result()[1].add_done_callback(lambda _done: self._hearing.pop(place, None))

    async def _heard(self, channel: str, external_id: str, message_id: str, text: str, key: str) -> _Taken:
        wait = self._by_conversation.wait(f"{channel}/{external_id}") or self._by_channel.wait(channel)
        if wait and not await self._conversations.has(channel, key):
            await self._tell_too_fast(channel, external_id, TooFast(wait))
            raise TooFast(wait)
        conversation = await self._conversations.of(channel, external_id)
        try:
            return await self._submit(channel, conversation.id, message_id, text, key)
        except BadMessage as error:
            if error.code != "conversation_closed":
                raise
        conversation = await self._conversations.of(channel, external_id, anew=True)
        return await self._submit(channel, conversation.id, message_id, text, key)

    async def _submit(self, channel: str, conversation: str, message_id: str, text: str, key: str) -> _Taken:
        if len(message_id) > LONGEST_ID:
            message_id = hashlib.sha256(message_id.encode()).hexdigest()
        choice = await self._choice(channel, conversation, text)
        said = text.strip() if choice else ""
        return await self._conversations.submit(Inbound(channel, conversation, message_id, choice or text, key, said))

    async def _choice(self, channel: str, conversation: str, text: str) -> str:
        """The choice last offered that the text names by number, where the channel showed numbers; "" for none."""
        capabilities = self._capabilities.get(channel)
        if capabilities is None or not may_choose(text):
            return ""
        last = await self._conversations.last_said(conversation)
        if last is None or last.sender == "staff":
            return ""
        offered = next((part.choices for part in reversed(last.parts) if part.choices), ())
        return "" if capabilities.shows(offered) else chosen(text, last.parts)

    async def _tell_too_fast(self, channel: str, external_id: str, slow: TooFast) -> None:
        """Once a minute to each person: whoever sends a hundred messages does not want a hundred answers."""
        if self._telling.wait(f"{channel}/{external_id}"):
            return
        conversation = await self._conversations.of(channel, external_id)
        said = f"您发得太快了，从现在起 {slow.retry_after} 秒内发来的还没有收下，请过一会儿再发一遍。"
        minute = int(self._clock.now().timestamp()) // 60
        await self._conversations.tell(conversation.id, (Part("text", said),), f"slow/{minute}")


async def _repeated(outcome: asyncio.Future[Outcome]) -> Outcome:
    return replace(await asyncio.shield(outcome), repeated=True)
