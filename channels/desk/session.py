"""Who is at the desk: the session cookie, and the token that shows a request came from our own page."""

from __future__ import annotations

import hmac

from aiohttp import web

from bot.desk.seat import Session
from channels.errors import ApiError
from channels.services import services

COOKIE = "faxian_desk"
COOKIE_PATH = "/"
"""Not only the desk's pages: a seat may also look at a matter by the app API."""


async def current(request: web.Request) -> Session | None:
    """The live session of this request."""
    token = request.cookies.get(COOKIE, "")
    return await services(request).accounts.session(token) if token else None


async def required(request: web.Request) -> Session:
    """The live session; for a request that changes something its X-CSRF header is checked. Raises ApiError 401, 403."""
    session = await current(request)
    if session is None:
        raise ApiError(401, "signed_out", "请先登录。")
    if request.method not in ("GET", "HEAD") and not matches(request.headers.get("X-CSRF", ""), session.csrf):
        raise ApiError(403, "bad_csrf", "页面已过期，请刷新后再试。")
    return session


def matches(given: str, expected: str) -> bool:
    """Whether two tokens are the same, compared in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
