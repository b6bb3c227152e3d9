"""The address that Weibo calls."""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote

from aiohttp import web

from bot.clock import Clock
from bot.safe_log import log_failure
from channels.providers.passive import Passive, Response
from channels.weibo.received import LARGEST, BadCallback, Received, read
from channels.weibo.signature import Signatures

NONCES = 100_000
"""Signatures remembered; many more than come while one is good."""
_LOG = logging.getLogger(__name__)


class Taking(Protocol):
    """Deals with one message, as `channels.weibo.front.Front` does."""

    async def take(self, received: Received, began: float) -> Response: ...


class Endpoint:
    """Verifies, has the message stored, and answers within Weibo's time."""

    def __init__(self, signatures: Signatures, front: Taking, passive: Passive, clock: Clock) -> None:
        self._signatures = signatures
        self._front = front
        self._passive = passive
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str], str] = OrderedDict()
        """Key of the message that came under each time and nonce."""

    async def check(self, request: web.Request) -> web.Response:
        """GET: Weibo makes sure that the address is ours."""
        if not self._signatures.right(request.query):
            return refused(403)
        return web.Response(text=request.query.get("echostr", ""))

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """POST: one message or event. What is refused is refused without a word of why."""
        began = self._clock.monotonic()
        if not self._signatures.right(request.query):
            return refused(403)
        try:
            received = read(await _body(request))
        except BadCallback:
            return refused(400)
        if not self._once(request.query, received):
            return refused(403)
        response = await self._front.take(received, began)
        return await self._written(request, received, response)

    def _once(self, query: Mapping[str, str], received: Received) -> bool:
        """The signature does not cover the message: under one that was seen only the same may come."""
        which = (query.get("timestamp", ""), query.get("nonce", ""))
        same = self._seen.setdefault(which, received.key) == received.key
        if len(self._seen) > NONCES:
            self._seen.popitem(last=False)
        return same

    async def _written(self, request: web.Request, received: Received, response: Response) -> web.StreamResponse:
        """The response on its way, and the outbox told of it."""
        if not response.text:
            return web.Response()  # Weibo reads: taken, do not ask again
        data = quote(json.dumps({"text": response.text}, ensure_ascii=False), safe="", errors="replace")
        told = {
            "result": True,
            "receiver_id": int(received.citizen),
            "sender_id": int(received.account),
            "type": "text",
            "data": data,
        }
        answer = web.json_response(told)
        try:
            await answer.prepare(request)
            await answer.write_eof()
        except (ConnectionError, RuntimeError) as error:
            log_failure(_LOG, "an answer did not leave in its response", error)
            await self._passive.failed(response)
            return answer
        await self._passive.left(response)
        return answer


async def _body(request: web.Request) -> bytes:
    """The body: no more of it than a message can have."""
    content = bytearray()
    async for chunk in request.content.iter_chunked(16384):
        content += chunk
        if len(content) > LARGEST:
            raise BadCallback("too long")
    return bytes(content)


def refused(status: int) -> web.Response:
    """Nothing to learn from, and the connection closed: what was not read of the body is not."""
    response = web.Response(status=status)
    response.force_close()
    return response
