"""The desk's JSON of applications: each step of deciding one."""

from __future__ import annotations

from datetime import date

from aiohttp import web

from bot.desk.matters.applications import Given
from bot.desk.matters.refused import MatterRefused
from channels.body import read_object, text_field
from channels.desk.matters import done, refused, version, whole
from channels.desk.session import signed
from channels.errors import ApiError
from channels.services import services


async def decide(request: web.Request) -> web.Response:
    """POST /desk/api/applications/{id}/{action}"""
    seat = signed(request).seat
    body = await read_object(request)
    texts = {name: text_field(body, name) for name in ("reason", "what", "ground") if name in body}
    given = Given(**texts, by=_day(text_field(body, "by")) if body.get("by") else None, lawyer=whole(body, "lawyer"))
    number, action = int(request.match_info["id"]), request.match_info["action"]
    try:
        return done(await services(request).matters.decide(number, action, given, version(body), seat))
    except MatterRefused as error:
        return refused(error)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ApiError(400, "bad_parameter", "日期的格式应为 2026-11-30。") from None
