"""The desk's JSON of days off, for years whose holidays the library does not know yet."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from aiohttp import web

from bot.store.days_off import DaysOffStore
from channels.body import json_answer, read_object, text_field
from channels.desk.matter_json import plain
from channels.desk.session import signed
from channels.errors import ApiError
from channels.services import services

_MOST = 400


async def listed(request: web.Request) -> web.Response:
    """GET /desk/api/days-off"""
    days = await DaysOffStore(services(request).database).all()
    return json_answer({"days": [{name: plain(value) for name, value in asdict(one).items()} for one in days]})


async def enter(request: web.Request) -> web.Response:
    """POST /desk/api/days-off: {"source", "days": {"2027-02-06": false, "2027-02-20": true, "2027-02-21": null}}"""
    body = await read_object(request)
    source, given = text_field(body, "source").strip(), body.get("days")
    if not isinstance(given, dict) or not 0 < len(given) <= _MOST or not 0 < len(source) <= 120:
        raise ApiError(422, "demand", "请给出日期和依据（文件名，不超过 120 字）。")
    days: dict[date, bool | None] = {}
    for day, works in given.items():
        if works not in (True, False, None):
            raise ApiError(422, "demand", "每一天应为 true（上班）、false（放假）或 null（删除）。")
        try:
            days[date.fromisoformat(day)] = works
        except ValueError:
            raise ApiError(422, "demand", "日期的格式应为 2027-02-06。") from None
    parts = services(request)
    await DaysOffStore(parts.database).enter(days, source, signed(request).seat, parts.clock.now())
    return json_answer({})
