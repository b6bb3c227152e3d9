"""Who is at the desk: the session cookie, and the token that shows a request came from our own page."""

from __future__ import annotations

import hmac

from aiohttp import web

from bot.desk.seat import Session
from channels.services import services

COOKIE = "faxian_desk"
COOKIE_PATH = "/"
"""Not only the desk's pages: a seat may also look at a matter by the app API."""


async def current(request: web.Request) -> Session | None:
    """The live session of this request."""
    token = request.cookies.get(COOKIE, "")
    return await services(request).accounts.session(token) if token else None


def signed(request: web.Request) -> Session:
    """The session that `channels.desk.guard` has found for this request."""
    session: Session = request["session"]
    return session


def matches(given: str, expected: str) -> bool:
    """Whether two tokens are the same, compared in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
