"""/channels/voice/stream: the media WebSocket that FreeSWITCH and jambonz open for each call."""

from __future__ import annotations

import hmac

from aiohttp import encode_basic_auth, web

from channels.errors import ApiError, too_fast
from channels.limits import address_of
from channels.services import services
from channels.voice.connection import Connection
from voice.telephony.websocket.answering import SocketAnswering

_PROTOCOLS = ("audio.jambonz.org", "audio.drachtio.org", "audiostream.drachtio.org")
_USER = "faxian"
_MAX_MESSAGE = 1 << 16
"""Bytes: two seconds of the fastest sound; more in one message is no telephone."""


class Stream:
    """The route's handler; `password` is what the other side must send as user "faxian"."""

    def __init__(self, answering: SocketAnswering, password: str) -> None:
        self._answering = answering
        self._expected = encode_basic_auth(_USER, password).encode()

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One call."""
        parts = services(request)
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode("utf-8", "replace"), self._expected):
            if wait := parts.sign_ins.wait(address_of(request, parts.settings.trusted_proxies)):
                raise too_fast(wait)
            raise ApiError(401, "unauthorized", "需要用户名和密码。")
        connection = web.WebSocketResponse(
            heartbeat=30, max_msg_size=_MAX_MESSAGE, compress=False, protocols=_PROTOCOLS
        )
        await connection.prepare(request)
        await self._answering.answer(Connection(connection))
        return connection


def add_stream(app: web.Application, answering: SocketAnswering, password: str) -> None:
    """Put the route on the application, and end its calls when it stops."""

    async def leaving(_app: web.Application) -> None:
        await answering.stop()

    app.router.add_get("/channels/voice/stream", Stream(answering, password).handle, allow_head=False)
    app.on_shutdown.append(leaving)
