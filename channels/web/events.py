"""The way round a proxy that cuts sockets: what happens as server-sent events, what the page says by POST."""

from __future__ import annotations

import asyncio
import json
import logging

from aiohttp import web

from bot.safe_log import log_failure
from channels.api.auth import bearer
from channels.body import json_answer, read_object
from channels.errors import ApiError
from channels.limits import address_of
from channels.services import services
from channels.web.page import Page
from channels.web.wire import Collected, Why

_LOG = logging.getLogger(__name__)
BEAT = 10.0
"""Seconds between signs of life: by them page and proxies know that the stream still runs."""
_PADDING = b":" + b" " * 2048 + b"\n\n"
"""Some proxies hold back the first two kilobytes."""


async def events(request: web.Request) -> web.StreamResponse:
    """POST /channels/web/events with a hello: the frames that the socket would carry, each as one event.

    POST, because a hello may open a conversation, and its token has no place in an address.
    """
    parts = services(request)
    hello = await read_object(request)
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-store, no-transform",
            "X-Accel-Buffering": "no",
        }
    )
    await response.prepare(request)
    stream = _Stream(response)
    page = Page(stream, parts, address_of(request, parts.settings.trusted_proxies))
    try:
        await response.write(_PADDING)
        conversation = await page.identify(hello)
        if conversation is not None:
            with parts.hub.watch(conversation.id) as watch:
                async with asyncio.TaskGroup() as both:
                    beating = both.create_task(stream.beat())
                    await page.catch_up(conversation)
                    await page.follow(conversation, watch)
                    beating.cancel()
    except* ConnectionResetError:
        _LOG.debug("page went away while we were sending; it catches up when it is back")
    except* Exception as error:  # noqa: BLE001 - an answer has begun: all that is left is to end it
        log_failure(_LOG, "event stream failed", error)
    return response


async def frames(request: web.Request) -> web.Response:
    """POST /channels/web/frames with one frame and the conversation's token: {"frames": [what we say to it]}"""
    parts = services(request)
    conversation = await parts.conversations.by_token(bearer(request))
    if conversation is None or conversation.channel != "web":
        raise ApiError(401, "unauthorized", "会话令牌不对。")
    told = Collected()
    page = Page(told, parts, address_of(request, parts.settings.trusted_proxies))
    await page.take(conversation, await read_object(request))
    told.closed = True  # what comes of it later is not for this answer
    return json_answer({"frames": [json.loads(one) for one in told.frames]})


class _Stream:
    """A response that goes on, as a wire."""

    def __init__(self, response: web.StreamResponse) -> None:
        self._response = response
        self._sending = asyncio.Lock()
        self.closed = False

    async def send(self, text: str) -> None:
        if not self.closed:
            await self._write(f"data: {text}\n\n".encode())

    async def close(self, why: Why) -> None:
        self.closed = True

    async def beat(self) -> None:
        """A sign of life now and then; raises ConnectionResetError once nobody listens."""
        while True:
            await asyncio.sleep(BEAT)
            await self._write(b": alive\n\n")

    async def _write(self, data: bytes) -> None:
        async with self._sending:
            await self._response.write(data)
