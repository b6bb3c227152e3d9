"""The desk's matters in JSON: the list, one matter, and what a seat does with it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from aiohttp import web

from bot.desk.matters.orders import Order
from bot.desk.matters.records import Done, Wanted
from bot.desk.matters.refused import MatterRefused
from bot.desk.matters.states import LIVE, STATUSES
from channels.body import json_answer, read_object, text_field
from channels.desk.matter_json import file_json, line_json
from channels.desk.session import signed
from channels.errors import PROBLEM, ApiError, error_body
from channels.services import services

_STATUS = {"unknown_matter": 404, "no_right": 403, "demand": 422, "bad_identifier": 422, "bad_parameter": 400}
"""Of refusals; of all others 409: the matter is not as it was thought to be, or something stands against it."""
_FIELDS = ("queue", "reason", "result", "summary", "receiver", "referral", "target")


def refused(error: MatterRefused) -> web.Response:
    """What a refusal is answered with: besides code and words, what it rests on."""
    status = _STATUS.get(error.code, 409)
    return json_answer({**error_body(status, error.code, error.text), "found": error.found}, status, PROBLEM)


def done(found: Done) -> web.Response:
    """What a change is answered with."""
    return json_answer({"number": found.number, "found": [dict(one) for one in found.found]})


def wanted(query: Any) -> Wanted:
    """What the address of a list asks for. Raises ApiError."""
    statuses = tuple(one for one in query.get("status", "").split(",") if one)
    if any(one not in STATUSES for one in statuses if one != "all"):
        raise ApiError(400, "bad_parameter", "参数 status 不对。")
    try:
        due = date.fromisoformat(query["due"]) if query.get("due") else None
    except ValueError:
        raise ApiError(400, "bad_parameter", "参数 due 应为日期，例如 2026-11-30。") from None
    order = query.get("order", "updated")
    card = query.get("card", "")
    if order not in ("updated", "due") or card not in ("", "yellow", "red", "late"):
        raise ApiError(400, "bad_parameter", "参数 order 或 card 不对。")
    plain = {name: query.get(name, "").strip()[:64] for name in ("kind", "area", "region", "owner", "queue", "text")}
    return Wanted(
        () if "all" in statuses else statuses or LIVE,
        **plain,
        card=card,
        due_before=due,
        order="due" if order == "due" else "updated",
    )


async def listed(request: web.Request) -> web.Response:
    """GET /desk/api/matters"""
    seat = signed(request).seat
    try:
        found = await services(request).matters.lines(wanted(request.query), seat, request.query.get("after", ""))
    except MatterRefused as error:
        return refused(error)
    return json_answer({"matters": [line_json(one) for one in found.lines], "more": found.more, "total": found.total})


async def one(request: web.Request) -> web.Response:
    """GET /desk/api/matters/{number}"""
    seat = signed(request).seat
    try:
        found = await services(request).matters.file(request.match_info["number"], seat)
    except MatterRefused as error:
        return refused(error)
    return json_answer(file_json(found, seat, services(request).clock.now()))


async def act(request: web.Request) -> web.Response:
    """POST /desk/api/matters/{number}/actions/{action}"""
    seat = signed(request).seat
    body = await read_object(request)
    given = {name: text_field(body, name) for name in _FIELDS if name in body}
    order = Order(request.match_info["action"], owner=whole(body, "owner"), **given)
    try:
        return done(await services(request).matters.act(request.match_info["number"], order, version(body), seat))
    except MatterRefused as error:
        return refused(error)


async def edit(request: web.Request) -> web.Response:
    """POST /desk/api/matters/{number}/edit"""
    seat = signed(request).seat
    body = await read_object(request)
    values: dict[str, str] = {
        name: text_field(body, name) for name in ("title", "kind", "area", "region") if name in body
    }
    try:
        return done(await services(request).matters.edit(request.match_info["number"], values, version(body), seat))
    except MatterRefused as error:
        return refused(error)


async def link(request: web.Request) -> web.Response:
    """POST /desk/api/matters/{number}/links"""
    seat = signed(request).seat
    body = await read_object(request)
    other, kind = text_field(body, "other").strip(), text_field(body, "kind")
    try:
        return done(await services(request).matters.link(request.match_info["number"], other, kind, seat))
    except MatterRefused as error:
        return refused(error)


async def party(request: web.Request) -> web.Response:
    """POST /desk/api/matters/{number}/parties"""
    seat = signed(request).seat
    body = await read_object(request)
    side, name = text_field(body, "side"), text_field(body, "name")
    identifier = text_field(body, "identifier") if "identifier" in body else ""
    try:
        return done(
            await services(request).matters.add_party(request.match_info["number"], side, name, identifier, seat)
        )
    except MatterRefused as error:
        return refused(error)


async def override(request: web.Request) -> web.Response:
    """POST /desk/api/matters/{number}/override"""
    seat = signed(request).seat
    body = await read_object(request)
    who = whole(body, "staff")
    try:
        if who is None:
            raise MatterRefused("demand", "请选择同事。")
        reason = text_field(body, "reason")
        return done(await services(request).matters.override(request.match_info["number"], who, reason, seat))
    except MatterRefused as error:
        return refused(error)


async def referral(request: web.Request) -> web.Response:
    """POST /desk/api/referrals/{id}/{state}"""
    seat = signed(request).seat
    body = await read_object(request)
    number, state = int(request.match_info["id"]), request.match_info["state"]
    try:
        return done(await services(request).matters.answer_referral(number, state, text_field(body, "answer"), seat))
    except MatterRefused as error:
        return refused(error)


def version(body: dict[str, Any]) -> int:
    """The version that the seat has seen. Raises ApiError."""
    found = whole(body, "version")
    if found is None:
        raise ApiError(400, "missing_field", "缺少字段 version，或它不是整数。")
    return found


def whole(body: dict[str, Any], name: str) -> int | None:
    """The integer under `name`, or written out in a text; None when there is none."""
    found = body.get(name)
    if isinstance(found, str) and re.fullmatch(r"\d{1,9}", found):
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 2**31 else None
