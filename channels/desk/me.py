"""One's own account: password, second factor, where one is signed in."""

from __future__ import annotations

import segno
from aiohttp import web

from bot.desk.accounts import LoginRefused
from bot.desk.profile import AccountError
from bot.desk.seat import ROLES, TIERS
from channels.body import json_answer, read_object, text_field
from channels.desk.pages import page
from channels.desk.session import signed, where
from channels.errors import ApiError
from channels.services import services

_BROWSERS = (
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("MicroMessenger", "微信"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "安卓"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """What people call the browser and system of a User-Agent header, or its beginning."""
    names = [next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _SYSTEMS)]
    return "，".join(name for name in names if name) or agent[:60] or "未知设备"


async def shown(request: web.Request) -> web.Response:
    """GET /desk/me"""
    session = signed(request)
    parts = services(request)
    account = await parts.own.account(session)
    return page(
        "me.html",
        session=session,
        here="/desk/me",
        account=account,
        role=ROLES[session.seat.role],
        tier=TIERS[session.seat.tier],
        session_key=session.key,
        owes=session.owes,
        by_provider=session.how == "oidc",
        must_have_factor=parts.accounts.must_have_factor(session.seat),
        recovery_left=await parts.own.recovery_left(session),
        sessions=await parts.own.sessions(session),
        device=device,
    )


async def change_password(request: web.Request) -> web.Response:
    """POST /desk/api/me/password with {"old", "new"}"""
    session = signed(request)
    body = await read_object(request)
    try:
        await services(request).own.change_password(
            session, text_field(body, "old"), text_field(body, "new"), where(request)
        )
    except (AccountError, LoginRefused) as error:
        raise refusal(error) from None
    return json_answer({})


async def change_extension(request: web.Request) -> web.Response:
    """POST /desk/api/me/extension with {"extension"}: where calls are put through; "" for nowhere."""
    session = signed(request)
    body = await read_object(request)
    try:
        kept = await services(request).own.change_extension(session, text_field(body, "extension"))
    except AccountError as error:
        raise refusal(error) from None
    return json_answer({"extension": kept})


async def begin_factor(request: web.Request) -> web.Response:
    """POST /desk/api/me/factor with {"password"}: a new secret and its QR code, until the first code is shown."""
    session = signed(request)
    body = await read_object(request)
    try:
        secret, address = await services(request).own.begin_factor(
            session, text_field(body, "password"), where(request)
        )
    except (AccountError, LoginRefused) as error:
        raise refusal(error) from None
    picture = segno.make_qr(address, error="m").svg_data_uri(scale=4, border=3, dark="#000", light="#fff")
    return json_answer({"secret": secret, "address": address, "qr": picture})


async def confirm_factor(request: web.Request) -> web.Response:
    """POST /desk/api/me/factor/confirm with {"code"}: recovery codes, told this once."""
    session = signed(request)
    body = await read_object(request)
    try:
        codes = await services(request).own.confirm_factor(session, text_field(body, "code"))
    except (AccountError, LoginRefused) as error:
        raise refusal(error) from None
    return json_answer({"recovery": codes})


async def drop_factor(request: web.Request) -> web.Response:
    """POST /desk/api/me/factor/drop with {"password", "code"}"""
    session = signed(request)
    body = await read_object(request)
    try:
        await services(request).own.drop_factor(
            session, text_field(body, "password"), text_field(body, "code")[:64], where(request)
        )
    except (AccountError, LoginRefused) as error:
        raise refusal(error) from None
    return json_answer({})


async def end_session(request: web.Request) -> web.Response:
    """POST /desk/api/me/sessions/{key}/end"""
    if not await services(request).own.end(signed(request), request.match_info["key"]):
        raise ApiError(404, "unknown_session", "这个登录状态已经不在了。")
    return json_answer({})


def refusal(error: AccountError | LoginRefused) -> ApiError:
    """As the API answers it."""
    if isinstance(error, LoginRefused):
        return ApiError(422, "not_proved", error.text)
    return ApiError(422, "unusable", str(error))
