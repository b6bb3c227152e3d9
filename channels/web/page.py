"""The talk with one open page: who it is, what it missed, and messages both ways, the same over every connection."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from bot.conversation import UnknownConversation
from bot.events import Event
from bot.message import BadMessage, Inbound, Message, State
from bot.records import Conversation, Outcome
from channels.frames import frame, message_json
from channels.hub import Watch
from channels.inbox import TooFast
from channels.services import Services
from channels.web.wire import Why, Wire

TYPING_EVERY = 1.0
LARGEST = 2**31 - 1
"""Of all sequence numbers: what the store can compare."""


class Page:
    """One page. `errors` counts what it was told was wrong."""

    def __init__(self, wire: Wire, parts: Services, address: str) -> None:
        self._wire = wire
        self._parts = parts
        self._address = address
        self._sent = 0
        self._seen = 0
        self._typed = float("-inf")
        self.errors = 0

    async def identify(self, hello: dict[str, Any]) -> Conversation | None:
        """The conversation of the token, or a new one; the welcome is sent. None: the page must come back later."""
        token, last = hello.get("token"), hello.get("last_seq")
        if hello.get("type") != "hello" or not (token is None or isinstance(token, str)):
            await self.error("hello_expected", "连接应当以 hello 开始。")
            await self._wire.close(Why.POLICY)
            return None
        if token is not None:
            found = await self._parts.conversations.by_token(token)
            if found is not None and found.channel == "web":
                self._sent = number(last)
                await self._wire.send(_welcome(found, token))
                return found
            await self.error("bad_token", "没有找到您之前的会话，已为您开始新的会话。")
        wait = self._parts.by_address.wait(self._address)
        if wait:
            slow = TooFast(wait)
            await self.error("too_many_requests", "现在访问太频繁了，请稍后再试。", retry_after=slow.retry_after)
            await self._wire.close(Why.LATER)
            return None
        opened = await self._parts.conversations.create("web")
        await self._wire.send(_welcome(opened.conversation, opened.token))
        return opened.conversation

    async def catch_up(self, conversation: Conversation) -> None:
        """Send what was missed, before anything the page says is taken."""
        await self._catch_up(conversation.id)
        now = await self._parts.conversations.get(conversation.id)
        if now is not None and (now.state, now.matter) != (conversation.state, conversation.matter):
            await self._state(now.state, now.matter)  # changed between the welcome and the watch
        if conversation.state != "bot" and (read := (await self._parts.work.reading.marks(conversation.id)).staff):
            await self._wire.send(frame("read", seq=read))

    async def follow(self, conversation: Conversation, watch: Watch) -> None:
        """Send what happens, every message once and in order, until the service stops."""
        while (event := await watch.next()) is not None:
            await self._tell(conversation.id, event)
        await self._wire.close(Why.GOING_AWAY)

    async def take(self, conversation: Conversation, received: dict[str, Any]) -> None:
        """One frame of the page."""
        match received.get("type"):
            case "message":
                await self._message(conversation, received)
            case "ping":
                await self._wire.send(frame("pong"))
            case "typing":
                self._typing(conversation)
            case "read":
                await self._read(conversation, received.get("seq"))
            case _:
                await self.error("unknown_type", "不认识这种消息。")

    async def error(self, code: str, text: str, message_id: str | None = None, **more: Any) -> None:
        """Tell the page what was wrong."""
        self.errors += 1
        await self._wire.send(frame("error", code=code, text=text, message_id=message_id, **more))

    async def _message(self, conversation: Conversation, received: dict[str, Any]) -> None:
        """Store one message and acknowledge it; the answer comes by the outbox."""
        message_id, text = received.get("message_id"), received.get("text")
        if not isinstance(message_id, str) or not isinstance(text, str):
            await self.error("bad_message", "消息缺少 message_id 或 text。", _short(message_id))
            return
        try:
            stored, answered = await self._parts.inbox.accept(
                Inbound("web", conversation.id, message_id, text), self._address
            )
        except BadMessage as error:
            await self.error(error.code, error.text, _short(message_id))
        except TooFast as error:
            await self.error("too_many_messages", error.text, _short(message_id), retry_after=error.retry_after)
        except UnknownConversation:
            await self.error("unknown_conversation", "没有这个会话。", message_id)
        else:
            answered.add_done_callback(lambda done: self._if_lost(done, stored))
            await self._wire.send(frame("ack", message_id=stored.message_id, seq=stored.seq))

    def _if_lost(self, answered: asyncio.Future[Outcome], message: Message) -> None:
        """Tell the page when the answer could not be stored; the message itself is safe."""
        if answered.cancelled() or answered.exception() is None or self._wire.closed:
            return
        self._telling = asyncio.ensure_future(self._tell_lost(message))

    async def _tell_lost(self, message: Message) -> None:
        with contextlib.suppress(ConnectionResetError):  # the page has gone meanwhile
            await self.error("not_answered", "消息已经收下，但现在没能回答，稍后会再处理。", message.message_id)

    def _typing(self, conversation: Conversation) -> None:
        now = self._parts.clock.monotonic()
        if now - self._typed >= TYPING_EVERY:
            self._typed = now
            self._parts.hub.tell("", Event("typing", conversation.id, who="citizen"))

    async def _read(self, conversation: Conversation, seq: Any) -> None:
        """The page has shown everything up to `seq`; it is not believed of what it was never sent."""
        if self._seen < (told := number(seq)) <= self._sent:
            self._seen = told
            await self._parts.work.reading.by_citizen(conversation.id, told)

    async def _tell(self, conversation: str, event: Event) -> None:
        if event.kind == "message" and event.message is not None:
            if event.message.seq == self._sent + 1:
                await self._show(event.message)
            elif event.message.seq > self._sent:
                await self._catch_up(conversation)
        elif event.kind == "state":
            await self._state(event.state, event.matter)
        elif event.kind == "typing" and event.who != "citizen":
            await self._wire.send(frame("typing", who=event.who))
        elif event.kind == "read" and event.who == "staff":
            await self._wire.send(frame("read", seq=event.data["seq"]))

    async def _state(self, state: State | None, matter: str) -> None:
        known = {"matter": matter} if matter else {}
        await self._wire.send(frame("state", state=state, **known))

    async def _catch_up(self, conversation: str) -> None:
        while missed := await self._parts.conversations.after(conversation, self._sent):
            for message in missed:
                await self._show(message)

    async def _show(self, message: Message) -> None:
        await self._wire.send(frame("message", **message_json(message)))
        self._sent = message.seq


def _welcome(conversation: Conversation, token: str) -> str:
    return frame(
        "welcome", token=token, conversation=conversation.id, state=conversation.state, matter=conversation.matter
    )


def number(value: Any) -> int:
    """A sequence number as a page may say it; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST else 0


def _short(message_id: Any) -> str | None:
    """The id to name in an error, unless it is itself the nonsense."""
    return message_id if isinstance(message_id, str) and len(message_id) <= 64 else None
