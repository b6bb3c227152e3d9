"""The web chat's socket: a hello, then frames both ways until the page leaves."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from aiohttp import WSMsgType, web

from bot.safe_log import log_failure
from channels.limits import address_of
from channels.services import Services, services
from channels.web.page import Page
from channels.web.wire import Why

_LOG = logging.getLogger(__name__)
HELLO_WITHIN = 15.0
"""Seconds a fresh connection may stay silent."""
MAX_ERRORS = 20
"""Bad frames after which the connection is closed."""
_GONE = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR)


async def socket(request: web.Request) -> web.WebSocketResponse:
    """One connection of one page."""
    parts = services(request)
    connection = web.WebSocketResponse(heartbeat=30, max_msg_size=parts.settings.max_body, compress=False)
    await connection.prepare(request)
    try:
        await _run(connection, parts, address_of(request, parts.settings.trusted_proxies))
    except* ConnectionResetError:
        _LOG.debug("page went away while we were sending; it catches up when it is back")
    except* Exception as error:  # noqa: BLE001 - the page must not wait on a connection that shows nothing any more
        log_failure(_LOG, "socket failed", error)
        await connection.close(code=Why.INTERNAL)
    return connection


class _Socket:
    """A WebSocket as a wire."""

    def __init__(self, connection: web.WebSocketResponse) -> None:
        self._connection = connection

    @property
    def closed(self) -> bool:
        return self._connection.closed

    async def send(self, text: str) -> None:
        if not self._connection.closed:
            await self._connection.send_str(text)

    async def close(self, why: Why) -> None:
        await self._connection.close(code=why)


async def _run(connection: web.WebSocketResponse, parts: Services, address: str) -> None:
    """Until the page leaves or the service stops."""
    page = Page(_Socket(connection), parts, address)
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            hello = await _receive(connection, page)
    except TimeoutError:
        await connection.close(code=Why.POLICY)
        return
    conversation = None if hello is None else await page.identify(hello)
    if conversation is None:
        return
    with parts.hub.watch(conversation.id) as watch:
        await page.catch_up(conversation)
        async with asyncio.TaskGroup() as both:
            showing = both.create_task(page.follow(conversation, watch))
            while (received := await _receive(connection, page)) is not None:
                await page.take(conversation, received)
            showing.cancel()


async def _receive(connection: web.WebSocketResponse, page: Page) -> dict[str, Any] | None:
    """The next frame that is a JSON object; None when the page has gone or sent too much nonsense."""
    while page.errors < MAX_ERRORS:
        received = await connection.receive()
        if received.type in _GONE:
            return None
        if received.type is WSMsgType.TEXT and (value := parsed(received.data)) is not None:
            return value
        await page.error("broken_frame", "收到的内容不是正确的 JSON 对象。")
    await connection.close(code=Why.POLICY)
    return None


def parsed(text: str | bytes) -> dict[str, Any] | None:
    """The JSON object in `text`; None for anything else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
