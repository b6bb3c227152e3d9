"""/channels/voice/browser: calls by the microphone of the web chat's page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from bot.settings import Settings
from channels.api.auth import bearer
from channels.body import json_answer
from channels.errors import ApiError, too_fast
from channels.limits import address_of
from channels.services import Services, services
from channels.tickets import LIFE
from channels.voice.connection import Connection
from voice.telephony.browser.answering import BrowserAnswering

HELLO_WITHIN = 10.0
"""Seconds a fresh connection may stay silent."""
_HEARTBEAT = 10.0
"""Seconds between pings: a page that lost its network is gone when one of them is not answered."""
_GOODBYE = 2.0
"""Seconds in which a page answers that the connection is over; its line is taken until then."""
_MAX_MESSAGE = 1 << 14
"""Bytes: half a second of sound, where a page sends 20 ms."""
TAKES_CALLS = web.AppKey("takes_calls", bool)
"""Set where the page may offer calls."""


class BrowserCalls:
    """The handlers; at most `per_address` calls at a time from one network address."""

    def __init__(self, answering: BrowserAnswering, per_address: int) -> None:
        self._answering = answering
        self._per_address = per_address
        self._here: Counter[str] = Counter()

    async def ticket(self, request: web.Request) -> web.Response:
        """POST /channels/voice/browser/ticket with the conversation's token: what to call with"""
        parts = services(request)
        if wait := parts.by_address.wait(address_of(request, parts.settings.trusted_proxies)):
            raise too_fast(wait)
        conversation = await parts.conversations.by_token(bearer(request))
        if conversation is None or conversation.channel != "web":
            raise ApiError(401, "unauthorized", "会话令牌不对。")
        ticket = parts.tickets.issue(_place(conversation.id))
        return json_answer({"ticket": f"{conversation.id}.{ticket}", "expires_in": LIFE})

    async def call(self, request: web.Request) -> web.WebSocketResponse:
        """GET /channels/voice/browser: one call. The first message is {"type": "call", "ticket": …}"""
        parts = services(request)
        if not _ours(request.headers.get("Origin", ""), request.host, parts.settings):
            raise ApiError(403, "foreign_origin", "只能从本站的网页打语音电话。")
        connection = web.WebSocketResponse(
            timeout=_GOODBYE, heartbeat=_HEARTBEAT, max_msg_size=_MAX_MESSAGE, compress=False
        )
        await connection.prepare(request)
        with self._counted(address_of(request, parts.settings.trusted_proxies)) as fits:
            if not fits:
                await connection.send_str('{"type": "busy", "why": "address"}')
            elif (conversation := await _caller(connection, parts)) is None:
                await connection.send_str('{"type": "refused"}')
            else:
                await self._answering.answer(Connection(connection), conversation)
        await connection.close()
        return connection

    @contextmanager
    def _counted(self, address: str) -> Iterator[bool]:
        """Whether one more fits for this address."""
        fits = self._here[address] < self._per_address
        self._here[address] += 1
        try:
            yield fits
        finally:
            self._here[address] -= 1
            if not self._here[address]:
                del self._here[address]


async def _caller(connection: web.WebSocketResponse, parts: Services) -> str | None:
    """The conversation whose ticket comes first; None for anything else."""
    try:
        first = await connection.receive(HELLO_WITHIN)
    except TimeoutError:
        return None
    try:
        told = json.loads(first.data) if first.type is WSMsgType.TEXT else None
    except (ValueError, RecursionError):
        return None
    match told:
        case {"type": "call", "ticket": str(shown)}:
            conversation, _, ticket = shown.partition(".")
            return conversation if parts.tickets.opens(ticket, _place(conversation)) else None
    return None


def _place(conversation: str) -> str:
    """What the ticket is for: one that opens a file or an opinion opens no call."""
    return f"call/{conversation}"


def _ours(origin: str, host: str, settings: Settings) -> bool:
    """Whether a page of ours asks, or of a site that may show the chat. A proxy may have changed the host, hence also
    PUBLIC_URL; the scheme is the proxy's affair."""
    public = urlsplit(settings.public_url)
    known = {host.lower(), public.netloc.lower()} - {""}
    return urlsplit(origin).netloc.lower() in known or origin in settings.embedders


def add_browser(app: web.Application, answering: BrowserAnswering, per_address: int) -> None:
    """Put the routes on the application, let the chat page offer calls, and end them when it stops."""
    calls = BrowserCalls(answering, per_address)

    async def leaving(_app: web.Application) -> None:
        await answering.stop()

    app[TAKES_CALLS] = True
    app.router.add_post("/channels/voice/browser/ticket", calls.ticket)
    app.router.add_get("/channels/voice/browser", calls.call, allow_head=False)
    app.on_shutdown.append(leaving)
