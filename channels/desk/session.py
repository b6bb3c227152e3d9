"""Who is at the desk: the session cookie, and the token that shows a request came from our own page."""

from __future__ import annotations

import hmac

from aiohttp import web

from bot.desk.accounts import Where
from bot.desk.seat import Session
from channels.limits import address_of
from channels.services import services

SESSION = web.RequestKey("session", Session)
COOKIE = "faxian_desk"
COOKIE_PATH = "/"
"""Not only the desk's pages: a seat may also look at a matter by the app API."""


async def current(request: web.Request, *, used: bool = True) -> Session | None:
    """The live session of this request. `used` False where nobody acts, but a page asks for what is new."""
    token = request.cookies.get(COOKIE, "")
    return await services(request).accounts.session(token, used=used) if token else None


def signed(request: web.Request) -> Session:
    """The session that `channels.desk.guard` has found for this request."""
    return request[SESSION]


def matches(given: str, expected: str) -> bool:
    """Whether two tokens are the same, compared in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def where(request: web.Request) -> Where:
    """Where the request came from, for the list of sessions and the trail."""
    address = address_of(request, services(request).settings.trusted_proxies)
    agent = "".join(letter for letter in request.headers.get("User-Agent", "")[:200] if letter.isprintable())
    return Where(address[:64], agent)


def set_cookie(
    request: web.Request, response: web.StreamResponse, name: str, value: str, path: str, same_site: str = "Strict"
) -> None:
    """A cookie that no script reads."""
    response.set_cookie(
        name,
        value,
        path=path,
        httponly=True,
        samesite=same_site,
        secure=services(request).settings.staff_cookie_secure,
    )
