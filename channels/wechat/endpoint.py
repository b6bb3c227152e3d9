"""The address that the provider calls for the official account."""

from __future__ import annotations

import logging
from typing import Protocol

from aiohttp import web

from bot.clock import Clock
from bot.safe_log import log_failure
from channels.providers.passive import Passive, Response
from channels.wechat.callback import Callbacks, Forged
from channels.wechat.front import Front
from channels.wechat.received import Received, read
from channels.wechat.xml import LARGEST, BadXml, write_xml

_LOG = logging.getLogger(__name__)
TAKEN = "success"
"""What the provider reads as: do not ask again."""


class Taking(Protocol):
    """Deals with one message, as `channels.wechat.front.Front` does."""

    async def take(self, received: Received, began: float) -> Response: ...


class Endpoint:
    """Verifies, has the message stored, and answers within the provider's time."""

    def __init__(self, callbacks: Callbacks, front: Front | Taking, passive: Passive, clock: Clock) -> None:
        self._callbacks = callbacks
        self._front = front
        self._passive = passive
        self._clock = clock

    async def check(self, request: web.Request) -> web.Response:
        """GET: the provider makes sure that the address is ours."""
        try:
            return plain(self._callbacks.echo(request.query))
        except Forged:
            return refused(403)

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """POST: one message or event. What is refused is refused without a word of why."""
        began = self._clock.monotonic()
        try:
            received = read(self._callbacks.read(request.query, await body_of(request)))
        except Forged:
            return refused(403)
        except BadXml:
            return refused(400)
        response = await self._front.take(received, began)
        return await self._written(request, received, response)

    async def _written(self, request: web.Request, received: Received, response: Response) -> web.StreamResponse:
        """The response on its way, and the outbox told of it."""
        if not response.text:
            return plain(TAKEN)
        fields: dict[str, str | int] = {
            "ToUserName": received.citizen,
            "FromUserName": received.account,
            "CreateTime": int(self._clock.now().timestamp()),
            "MsgType": "text",
            "Content": response.text,
        }
        answer = plain(self._callbacks.answer(write_xml(fields)), "application/xml")
        try:
            await answer.prepare(request)
            await answer.write_eof()
        except (ConnectionError, RuntimeError) as error:
            log_failure(_LOG, "an answer did not leave in its response", error)
            await self._passive.failed(response)
            return answer
        await self._passive.left(response)
        return answer


async def body_of(request: web.Request) -> bytes:
    """The body: no more of it than a message can have. Raises Forged for one that is longer."""
    if (request.content_length or 0) > LARGEST:
        raise Forged
    content = bytearray()
    async for chunk in request.content.iter_chunked(16384):
        content += chunk
        if len(content) > LARGEST:
            raise Forged
    return bytes(content)


def plain(text: str, kind: str = "text/plain") -> web.Response:
    """An answer as the provider reads it."""
    return web.Response(text=text, content_type=kind)


def refused(status: int) -> web.Response:
    """Nothing to learn from, and the connection closed: what was not read of the body is not."""
    response = web.Response(status=status)
    response.force_close()
    return response
