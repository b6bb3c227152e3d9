"""The page of accounts, for administrators."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.desk.accounts import GIVEN_FOR
from bot.desk.profile import AccountError, Profile, UnknownAccount
from bot.desk.queues.place import place_name
from bot.desk.seat import ROLES, TIERS
from bot.understanding.language import LANGUAGES
from channels.body import json_answer, read_object, text_field
from channels.desk.pages import page
from channels.desk.session import signed
from channels.desk.topic_view import AREAS
from channels.errors import ApiError
from channels.services import services


async def shown(request: web.Request) -> web.Response:
    """GET /desk/accounts"""
    session = signed(request)
    parts = services(request)
    members = await parts.staffing.members(session.seat)
    return page(
        "accounts.html",
        session=session,
        here="/desk/accounts",
        members=members,
        offices=sorted({one.office for one in members if one.office}),
        own=session.seat.id,
        roles=ROLES,
        tiers=TIERS,
        areas=AREAS,
        languages=LANGUAGES,
        place=_place,
        now=parts.clock.now(),
        given_days=GIVEN_FOR.days,
        oidc=parts.oidc is not None,
        must=parts.settings.totp_roles,
    )


async def add(request: web.Request) -> web.Response:
    """POST /desk/api/accounts: {"id", "password"}; the password is told this once."""
    session = signed(request)
    body = await read_object(request)
    try:
        seat, password = await services(request).staffing.add(
            text_field(body, "name"), _profile(body), session.seat, AREAS
        )
    except AccountError as error:
        raise _refusal(error) from None
    return json_answer({"id": seat.id, "password": password}, 201)


async def change(request: web.Request) -> web.Response:
    """POST /desk/api/accounts/{id}"""
    session = signed(request)
    body = await read_object(request)
    try:
        await services(request).staffing.change(
            int(request.match_info["id"]), _profile(body), text_field(body, "link"), session.seat, AREAS
        )
    except AccountError as error:
        raise _refusal(error) from None
    return json_answer({})


async def act(request: web.Request) -> web.Response:
    """POST /desk/api/accounts/{id}/disable|enable|password|factor|sessions"""
    seat, staffing = signed(request).seat, services(request).staffing
    number, told = int(request.match_info["id"]), {}
    try:
        match request.match_info["action"]:
            case "password":
                told = {"password": await staffing.reset_password(number, seat)}
            case "factor":
                await staffing.reset_factor(number, seat)
            case "sessions":
                await staffing.end_sessions(number, seat)
            case action:
                await staffing.switch(number, action == "disable", seat)
    except AccountError as error:
        raise _refusal(error) from None
    return json_answer(told)


def _profile(body: dict[str, Any]) -> Profile:
    """What the form says; whether it can be is checked by the domain. Raises ApiError 400."""
    capacity = body.get("capacity")
    if not isinstance(capacity, int) or isinstance(capacity, bool):
        raise ApiError(400, "bad_field", "同时接待数应当是一个整数。")
    role, tier = text_field(body, "role"), text_field(body, "tier")
    if role not in ROLES or tier not in TIERS:
        raise ApiError(400, "bad_field", "没有这个角色或席位等级。")
    return Profile(
        next(one for one in ROLES if one == role),
        text_field(body, "person"),
        next(one for one in TIERS if one == tier),
        _texts(body, "areas"),
        _texts(body, "regions"),
        _texts(body, "languages"),
        capacity,
        text_field(body, "office"),
        text_field(body, "extension") if "extension" in body else "",
    )


def _texts(body: dict[str, Any], name: str) -> tuple[str, ...]:
    found = body.get(name)
    if not isinstance(found, list) or len(found) > 100 or not all(isinstance(one, str) for one in found):
        raise ApiError(400, "bad_field", f"{name} 应当是一列文字。")
    return tuple(found)


def _place(prefix: str) -> str:
    """Of a prefix of division codes."""
    return place_name(prefix.ljust(6, "0")) or prefix if prefix else "全国"


def _refusal(error: AccountError) -> ApiError:
    if isinstance(error, UnknownAccount):
        return ApiError(404, "unknown_account", str(error))
    return ApiError(422, "unusable", str(error))
