"""The desk's pages: sign in, the queue, one conversation."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.desk.accounts import LoginRefused
from bot.desk.seat import Session
from channels.desk.places import places
from channels.desk.session import COOKIE, COOKIE_PATH, current, matches, signed
from channels.errors import too_fast
from channels.limits import address_of
from channels.services import services

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_PAGES = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=select_autoescape(("html",)))
_LOGIN_COOKIE, _LOGIN_PATH = "faxian_login", "/desk"
"""Holds the token the login form must repeat, since there is no session yet."""


def page(
    name: str, status: int = 200, *, session: Session | None = None, here: str = "", **context: Any
) -> web.Response:
    """A template of the desk, filled for who is signed in; kept by no cache. `here` is the place it belongs to."""
    if session is not None:
        context |= {"csrf": session.csrf, "seat": session.seat.called, "places": places(session.seat, here)}
    return web.Response(
        text=_PAGES.get_template(name).render(**context),
        status=status,
        content_type="text/html",
        headers={"Cache-Control": "no-store", "Referrer-Policy": "same-origin"},
    )


async def login_page(request: web.Request) -> web.Response:
    """GET /desk/login"""
    if await current(request) is not None:
        raise web.HTTPSeeOther("/desk")
    return _login(request, "", "", 200)


def _login(request: web.Request, error: str, username: str, status: int) -> web.Response:
    csrf = secrets.token_urlsafe(32)
    response = page("login.html", status, csrf=csrf, seat="", error=error, username=username)
    _set_cookie(request, response, _LOGIN_COOKIE, csrf, _LOGIN_PATH)
    return response


def _set_cookie(request: web.Request, response: web.StreamResponse, name: str, value: str, path: str) -> None:
    response.set_cookie(
        name,
        value,
        path=path,
        httponly=True,
        samesite="Strict",
        secure=services(request).settings.staff_cookie_secure,
    )


async def login(request: web.Request) -> web.Response:
    """POST /desk/login"""
    parts = services(request)
    wait = parts.sign_ins.wait(address_of(request, parts.settings.trusted_proxies))
    if wait:
        raise too_fast(wait)
    form = await request.post()
    name, password, csrf = (_text(form.get(field)) for field in ("username", "password", "csrf"))
    expected = request.cookies.get(_LOGIN_COOKIE, "")
    if not expected or not matches(csrf, expected):
        return _login(request, "页面已过期，请再登录一次。", name, 403)
    try:
        token, _ = await parts.accounts.sign_in(name, password)
    except LoginRefused as refused:
        return _login(request, refused.text, name, 401)
    response = web.Response(status=303, headers={"Location": "/desk", "Cache-Control": "no-store"})
    _set_cookie(request, response, COOKIE, token, COOKIE_PATH)
    response.del_cookie(_LOGIN_COOKIE, path=_LOGIN_PATH)
    return response


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


async def logout(request: web.Request) -> web.Response:
    """POST /desk/logout"""
    session = await current(request)
    form = await request.post()
    if session is not None and matches(_text(form.get("csrf")), session.csrf):
        await services(request).presence.leave(session.seat)
        await services(request).accounts.sign_out(request.cookies[COOKIE], session.seat)
    response = web.Response(status=303, headers={"Location": "/desk/login", "Cache-Control": "no-store"})
    response.del_cookie(COOKIE, path=COOKIE_PATH)
    return response


async def queue(request: web.Request) -> web.Response:
    """GET /desk"""
    session = signed(request)
    return page("queue.html", session=session, here="/desk")


async def conversation(request: web.Request) -> web.Response:
    """GET /desk/c/{conversation}"""
    session = signed(request)
    return page("conversation.html", session=session, here="/desk", conversation=request.match_info["conversation"])
