"""The page of the roster: the week, who is on duty, swaps, import, and where cover is missing."""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime, timedelta
from typing import Any, get_args

from aiohttp import web

from bot.clock import SHANGHAI
from bot.desk.refused import Refused
from bot.desk.rights import may
from bot.desk.roster.cover import Cover
from bot.desk.roster.files import RosterFileError
from bot.desk.roster.swap import STATES, SwapAction
from bot.desk.seat import TIERS
from channels.body import json_answer, read_object, text_field
from channels.desk.pages import page
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.desk.topic_view import AREAS
from channels.errors import ApiError
from channels.services import services

_ACTIONS: dict[str, SwapAction] = {one: one for one in get_args(SwapAction)}
WEEKDAYS = "一二三四五六日"


async def week(request: web.Request) -> web.Response:
    """GET /desk/roster?from=2026-11-23"""
    session, parts = signed(request), services(request)
    today = parts.clock.now().astimezone(SHANGHAI).date()
    try:
        first = date.fromisoformat(request.query.get("from", ""))
    except ValueError:
        first = today
    first -= timedelta(days=first.weekday())
    people = await parts.roster.people(session.seat)
    known = {one.id for one in people.values()} | {session.seat.id}
    shifts = [one for one in await parts.roster.days(first, 7) if one.staff in known]
    days = [first + timedelta(days=ahead) for ahead in range(7)]
    return page(
        "roster.html",
        session=session,
        here="/desk/roster",
        today=today,
        before=first - timedelta(days=7),
        after=first + timedelta(days=7),
        days=[(day, WEEKDAYS[day.weekday()], [one for one in shifts if one.starts.date() == day]) for day in days],
        now_there=[one for one in await parts.roster.on_duty() if one.staff in known],
        swaps=[one for one in await parts.roster.swaps(session.seat) if one.giver in known],
        states=STATES,
        gaps=(await parts.roster.gaps())[:50],
        rules=await parts.roster.rules(),
        people=people,
        tiers=TIERS,
        areas=AREAS,
        me=session.seat.id,
        edits=may(session.seat, "roster_edit"),
        supervises=may(session.seat, "supervise"),
        keeps_days=may(session.seat, "settings"),
        weekdays=WEEKDAYS,
        current=parts.clock.now(),
    )


async def add(request: web.Request) -> web.Response:
    """POST /desk/api/roster/shifts with {"account", "starts", "ends", "area", "tier"}"""
    body = await read_object(request)
    starts, ends = (_moment(text_field(body, name)) for name in ("starts", "ends"))
    try:
        shift = await services(request).roster.add(
            text_field(body, "account"), starts, ends, text_field(body, "area"), text_field(body, "tier"),
            signed(request).seat,
        )  # fmt: skip
    except Refused as error:
        raise refused(error) from None
    return json_answer({"id": shift.id}, 201)


async def remove(request: web.Request) -> web.Response:
    """POST /desk/api/roster/shifts/{id}/remove"""
    try:
        await services(request).roster.remove(int(request.match_info["id"]), signed(request).seat)
    except Refused as error:
        raise refused(error) from None
    return json_answer({})


async def take_file(request: web.Request) -> web.Response:
    """POST /desk/api/roster/import with {"name", "text", "apply", "whole"}; `text` is the file in base64."""
    body = await read_object(request)
    name = text_field(body, "name").lower()
    try:
        done = await services(request).roster.take_file(
            "ics" if name.endswith(".ics") else "csv",
            _decoded(text_field(body, "text")),
            signed(request).seat,
            apply=body.get("apply") is True,
            whole=body.get("whole") is True,
        )
    except RosterFileError as error:
        raise ApiError(422, "bad_file", str(error)) from None
    refused = [{"line": one.line, "why": one.why} for one in done.refused]
    return json_answer(
        {"new": done.new, "changed": done.changed, "same": done.same, "refused": refused, "applied": done.applied}
    )


async def ask(request: web.Request) -> web.Response:
    """POST /desk/api/roster/shifts/{id}/swap with {"account", "reason"}"""
    body = await read_object(request)
    try:
        await services(request).roster.ask(
            int(request.match_info["id"]), signed(request).seat, text_field(body, "account"), text_field(body, "reason")
        )
    except Refused as error:
        raise refused(error) from None
    return json_answer({}, 201)


async def step(request: web.Request) -> web.Response:
    """POST /desk/api/roster/swaps/{id}/agree|decline|withdraw|confirm|refuse"""
    try:
        await services(request).roster.step(
            int(request.match_info["id"]), _ACTIONS[request.match_info["action"]], signed(request).seat
        )
    except Refused as error:
        raise refused(error) from None
    return json_answer({})


async def set_rules(request: web.Request) -> web.Response:
    """POST /desk/api/roster/cover with {"rules": [{"area", "tier", "weekdays", "from", "to", "least"}]}"""
    body = await read_object(request)
    rules = body.get("rules")
    if not isinstance(rules, list) or len(rules) > 100:
        raise ApiError(400, "bad_rules", "rules 应为规则的列表。")
    try:
        await services(request).roster.set_rules([_rule(rule) for rule in rules], signed(request).seat)
    except Refused as error:
        raise refused(error) from None
    return json_answer({})


async def calendar(request: web.Request) -> web.Response:
    """GET /desk/api/roster/mine.ics"""
    content = await services(request).roster.calendar(signed(request).seat)
    name = {"Content-Disposition": 'attachment; filename="roster.ics"', "Cache-Control": "no-store"}
    return web.Response(body=content, content_type="text/calendar", charset="utf-8", headers=name)


def _rule(told: Any) -> Cover:
    try:
        minutes = [int(hour) * 60 + int(minute) for hour, minute in (told[key].split(":") for key in ("from", "to"))]
        weekdays = tuple(map(int, told["weekdays"]))
        return Cover(0, str(told["area"]), str(told["tier"]), weekdays, minutes[0], minutes[1], int(told["least"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ApiError(400, "bad_rules", "规则应有 area、tier、weekdays、from、to、least。") from None


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise ApiError(422, "bad_time", "请填写开始和结束的日期、时间。") from None


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ApiError(400, "bad_file", "文件没有传完整，请再选一次。") from None
