"""Signing in and out: by password, by a second factor after it, or by the OIDC provider."""

from __future__ import annotations

import secrets
from typing import Any

from aiohttp import web

from bot.desk.accounts import LoginRefused
from bot.desk.seat import Session
from channels.desk.pages import page
from channels.desk.places import home
from channels.desk.session import COOKIE, COOKIE_PATH, current, matches, set_cookie, where
from channels.errors import ApiError, too_fast
from channels.limits import address_of
from channels.services import services

_FORM, _FORM_PATH = "faxian_login", "/desk"
"""The cookie with the token that the forms must repeat, since there is no session yet."""
_FLOW, _FLOW_PATH = "faxian_oidc", "/desk/login"
"""The cookie with the state that must come back from the provider."""
_CODE = "/desk/login/code"
_OLD = "页面已过期，请再登录一次。"


async def shown(request: web.Request) -> web.Response:
    """GET /desk/login"""
    session = await current(request)
    if session is not None:
        raise web.HTTPSeeOther(home(session))
    return _form(request, "login.html")


async def sign_in(request: web.Request) -> web.Response:
    """POST /desk/login"""
    _counted(request)
    form = await request.post()
    name, password = _text(form.get("username")), _text(form.get("password"))
    if not _repeated(request, form):
        return _form(request, "login.html", _OLD, 403, username=name)
    parts = services(request)
    try:
        token, session = await parts.accounts.sign_in(name, password, where(request))
    except LoginRefused as refused:
        return _form(request, "login.html", refused.text, 401, username=name)
    await _leave_old(request)
    return _entered(request, token, session)


async def code_shown(request: web.Request) -> web.Response:
    """GET /desk/login/code"""
    if not request.cookies.get(COOKIE):
        raise web.HTTPSeeOther("/desk/login")
    return _form(request, "code.html")


async def code(request: web.Request) -> web.Response:
    """POST /desk/login/code"""
    _counted(request)
    form = await request.post()
    if not _repeated(request, form):
        return _form(request, "code.html", _OLD, 403)
    try:
        token, session = await services(request).accounts.prove(
            request.cookies.get(COOKIE, ""), _text(form.get("code"))[:64], where(request)
        )
    except LoginRefused as refused:
        return _form(request, "code.html", refused.text, 401)
    return _entered(request, token, session)


async def to_provider(request: web.Request) -> web.Response:
    """GET /desk/login/oidc"""
    _counted(request)
    oidc = services(request).oidc
    if oidc is None:
        raise ApiError(404, "not_found", "没有找到。")
    try:
        address, state = await oidc.begin()
    except LoginRefused as refused:
        return _form(request, "login.html", refused.text, 503)
    response = _moved(address)
    # Lax: the provider sends the browser back from another site, and a strict cookie would stay behind.
    set_cookie(request, response, _FLOW, state, _FLOW_PATH, "Lax")
    return response


async def from_provider(request: web.Request) -> web.Response:
    """GET /desk/login/oidc/return?state=&code="""
    _counted(request)
    oidc = services(request).oidc
    if oidc is None:
        raise ApiError(404, "not_found", "没有找到。")
    state, given = request.query.get("state", ""), request.query.get("code", "")
    try:
        token, session = await oidc.finish(state, request.cookies.get(_FLOW, ""), given, where(request))
    except LoginRefused as refused:
        response = _form(request, "login.html", refused.text, 401)
        response.del_cookie(_FLOW, path=_FLOW_PATH)
        return response
    await _leave_old(request)
    # A page of ours, not a redirect: the browser keeps strict cookies back from a walk that began on another site.
    response = page("entered.html", csrf="", seat="", to=_next(session))
    set_cookie(request, response, COOKIE, token, COOKIE_PATH)
    response.del_cookie(_FLOW, path=_FLOW_PATH)
    return response


async def logout(request: web.Request) -> web.Response:
    """POST /desk/logout"""
    session = await current(request)
    form = await request.post()
    if session is not None and matches(_text(form.get("csrf")), session.csrf):
        await services(request).presence.leave(session.seat)
        await services(request).accounts.sign_out(request.cookies[COOKIE], session.seat)
    response = _moved("/desk/login")
    response.del_cookie(COOKIE, path=COOKIE_PATH)
    return response


def _form(request: web.Request, name: str, error: str = "", status: int = 200, *, username: str = "") -> web.Response:
    csrf = secrets.token_urlsafe(32)
    oidc = services(request).oidc is not None
    response = page(name, status, csrf=csrf, seat="", error=error, username=username, oidc=oidc)
    set_cookie(request, response, _FORM, csrf, _FORM_PATH)
    return response


def _repeated(request: web.Request, form: Any) -> bool:
    """Whether the form is one of ours: another site can send a form, but not read the cookie it must repeat."""
    expected = request.cookies.get(_FORM, "")
    return bool(expected) and matches(_text(form.get("csrf")), expected)


async def _leave_old(request: web.Request) -> None:
    """A browser that was signed in already leaves that session: nobody keeps what they no longer see."""
    session = await current(request, used=False)
    if session is not None:
        await services(request).accounts.sign_out(request.cookies[COOKIE], session.seat)


def _entered(request: web.Request, token: str, session: Session) -> web.Response:
    response = _moved(_next(session))
    set_cookie(request, response, COOKIE, token, COOKIE_PATH)
    if session.proved:
        response.del_cookie(_FORM, path=_FORM_PATH)
    return response


def _next(session: Session) -> str:
    return home(session) if session.proved else _CODE


def _moved(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def _counted(request: web.Request) -> None:
    """Counts the address. Raises ApiError 429."""
    parts = services(request)
    wait = parts.sign_ins.wait(address_of(request, parts.settings.trusted_proxies))
    if wait:
        raise too_fast(wait)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
