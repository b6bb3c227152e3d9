"""The web chat's socket: says hello, catches up by sequence number, then carries messages both ways."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from bot.conversation import UnknownConversation
from bot.events import Event
from bot.message import BadMessage, Inbound, Message
from bot.records import Conversation, Outcome
from bot.safe_log import log_failure
from channels.frames import frame, message_json
from channels.hub import Watch
from channels.inbox import TooFast
from channels.limits import address_of
from channels.services import Services, services

_LOG = logging.getLogger(__name__)
HELLO_WITHIN = 15.0
"""Seconds a fresh connection may stay silent."""
MAX_ERRORS = 20
"""Bad frames after which the connection is closed."""
TYPING_EVERY = 1.0


async def socket(request: web.Request) -> web.WebSocketResponse:
    """One connection of one page."""
    parts = services(request)
    connection = web.WebSocketResponse(heartbeat=30, max_msg_size=parts.settings.max_body, compress=False)
    await connection.prepare(request)
    page = _Page(connection, parts, address_of(request, parts.settings.trusted_proxies))
    try:
        await page.run()
    except* ConnectionResetError:
        _LOG.debug("page went away while we were sending; it catches up when it is back")
    except* Exception as error:  # noqa: BLE001 - the page must not wait on a connection that shows nothing any more
        log_failure(_LOG, "socket failed", error)
        await connection.close(code=WSCloseCode.INTERNAL_ERROR)
    return connection


class _Page:
    """The talk with one open page."""

    def __init__(self, connection: web.WebSocketResponse, parts: Services, address: str) -> None:
        self._connection = connection
        self._parts = parts
        self._address = address
        self._sent = 0
        self._seen = 0
        self._errors = 0
        self._typed = float("-inf")

    async def run(self) -> None:
        """Until the page leaves or the service stops."""
        try:
            async with asyncio.timeout(HELLO_WITHIN):
                hello = await self._receive()
        except TimeoutError:
            await self._connection.close(code=WSCloseCode.POLICY_VIOLATION)
            return
        if hello is None:
            return
        conversation = await self._identify(hello)
        if conversation is None:
            return
        last = hello.get("last_seq")
        self._sent = max(0, last) if isinstance(last, int) and not isinstance(last, bool) else 0
        with self._parts.hub.watch(conversation.id) as watch:
            await self._catch_up(conversation.id)
            if conversation.state != "bot" and (read := (await self._parts.work.reading.marks(conversation.id)).staff):
                await self._send(frame("read", seq=read))
            async with asyncio.TaskGroup() as both:
                showing = both.create_task(self._show(conversation.id, watch))
                await self._listen(conversation)
                showing.cancel()

    async def _identify(self, hello: dict[str, Any]) -> Conversation | None:
        """The conversation of the token, or a new one; the welcome is sent. None: the page must come back later."""
        token = hello.get("token")
        if hello.get("type") != "hello" or not (token is None or isinstance(token, str)):
            await self._error("hello_expected", "连接应当以 hello 开始。")
            await self._connection.close(code=WSCloseCode.POLICY_VIOLATION)
            return None
        if token is not None:
            found = await self._parts.conversations.by_token(token)
            if found is not None and found.channel == "web":
                await self._send(_welcome(found, token))
                return found
            await self._error("bad_token", "没有找到您之前的会话，已为您开始新的会话。")
            hello["last_seq"] = 0
        wait = self._parts.by_address.wait(self._address)
        if wait:
            slow = TooFast(wait)
            await self._error("too_many_requests", "现在访问太频繁了，请稍后再试。", retry_after=slow.retry_after)
            await self._connection.close(code=WSCloseCode.TRY_AGAIN_LATER)
            return None
        if token is None:
            hello["last_seq"] = 0
        opened = await self._parts.conversations.create("web")
        await self._send(_welcome(opened.conversation, opened.token))
        return opened.conversation

    async def _listen(self, conversation: Conversation) -> None:
        while (received := await self._receive()) is not None:
            match received.get("type"):
                case "message":
                    await self._take(conversation, received)
                case "ping":
                    await self._send(frame("pong"))
                case "typing":
                    self._typing(conversation)
                case "read":
                    await self._read(conversation, received.get("seq"))
                case _:
                    await self._error("unknown_type", "不认识这种消息。")

    async def _take(self, conversation: Conversation, received: dict[str, Any]) -> None:
        """Store one message and acknowledge it; the answer comes by the outbox."""
        message_id, text = received.get("message_id"), received.get("text")
        if not isinstance(message_id, str) or not isinstance(text, str):
            await self._error("bad_message", "消息缺少 message_id 或 text。", _short(message_id))
            return
        try:
            stored, answered = await self._parts.inbox.accept(
                Inbound("web", conversation.id, message_id, text), self._address
            )
        except BadMessage as error:
            await self._error(error.code, error.text, _short(message_id))
        except TooFast as error:
            await self._error("too_many_messages", error.text, message_id, retry_after=error.retry_after)
        except UnknownConversation:
            await self._error("unknown_conversation", "没有这个会话。", message_id)
        else:
            answered.add_done_callback(lambda done: self._if_lost(done, stored))
            await self._send(frame("ack", message_id=stored.message_id, seq=stored.seq))

    def _if_lost(self, answered: asyncio.Future[Outcome], message: Message) -> None:
        """Tell the page when the answer could not be stored; the message itself is safe."""
        if answered.cancelled() or answered.exception() is None or self._connection.closed:
            return
        self._telling = asyncio.ensure_future(self._tell_lost(message))

    async def _tell_lost(self, message: Message) -> None:
        with contextlib.suppress(ConnectionResetError):  # the page has gone meanwhile
            await self._error("not_answered", "消息已经收下，但现在没能回答，稍后会再处理。", message.message_id)

    def _typing(self, conversation: Conversation) -> None:
        now = self._parts.clock.monotonic()
        if now - self._typed >= TYPING_EVERY:
            self._typed = now
            self._parts.hub.tell("", Event("typing", conversation.id, who="citizen"))

    async def _read(self, conversation: Conversation, seq: Any) -> None:
        """The page has shown everything up to `seq`; one that says so of what it was never sent is not believed."""
        if isinstance(seq, int) and not isinstance(seq, bool) and self._seen < seq <= self._sent:
            self._seen = seq
            await self._parts.work.reading.by_citizen(conversation.id, seq)

    async def _show(self, conversation: str, watch: Watch) -> None:
        """Send what happens, every message once and in order."""
        while (event := await watch.next()) is not None:
            if event.kind == "message" and event.message is not None:
                if event.message.seq == self._sent + 1:
                    await self._message(event.message)
                elif event.message.seq > self._sent:
                    await self._catch_up(conversation)
            elif event.kind == "state":
                known = {"matter": event.matter} if event.matter else {}
                await self._send(frame("state", state=event.state, **known))
            elif event.kind == "typing" and event.who != "citizen":
                await self._send(frame("typing", who=event.who))
            elif event.kind == "read" and event.who == "staff":
                await self._send(frame("read", seq=event.data["seq"]))
        await self._connection.close(code=WSCloseCode.GOING_AWAY)

    async def _catch_up(self, conversation: str) -> None:
        while missed := await self._parts.conversations.after(conversation, self._sent):
            for message in missed:
                await self._message(message)

    async def _message(self, message: Message) -> None:
        await self._send(frame("message", **message_json(message)))
        self._sent = message.seq

    async def _receive(self) -> dict[str, Any] | None:
        """The next frame that is a JSON object; None when the page has gone or sent too much nonsense."""
        while self._errors < MAX_ERRORS:
            received = await self._connection.receive()
            if received.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
                return None
            if received.type is WSMsgType.TEXT:
                try:
                    value = json.loads(received.data)
                except (ValueError, RecursionError):
                    value = None
                if isinstance(value, dict):
                    return value
            await self._error("broken_frame", "收到的内容不是正确的 JSON 对象。")
        await self._connection.close(code=WSCloseCode.POLICY_VIOLATION)
        return None

    async def _error(self, code: str, text: str, message_id: str | None = None, **more: Any) -> None:
        self._errors += 1
        await self._send(frame("error", code=code, text=text, message_id=message_id, **more))

    async def _send(self, text: str) -> None:
        if not self._connection.closed:
            await self._connection.send_str(text)


def _welcome(conversation: Conversation, token: str) -> str:
    return frame(
        "welcome", token=token, conversation=conversation.id, state=conversation.state, matter=conversation.matter
    )


def _short(message_id: Any) -> str | None:
    """The id to name in an error, unless it is itself the nonsense."""
    return message_id if isinstance(message_id, str) and len(message_id) <= 64 else None
