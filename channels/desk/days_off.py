"""Days off, for years whose holidays the library does not know yet: their page and JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from aiohttp import web

from bot.desk.clocks.business import HOLIDAYS
from bot.desk.clocks.plan import MOST_DAYS, read_plan
from bot.store.days_off import DaysOffStore, EnteredDay
from channels.body import json_answer, read_object, text_field
from channels.desk.matter_json import plain
from channels.desk.pages import page
from channels.desk.session import signed
from channels.errors import ApiError
from channels.services import services

_LONGEST_SOURCE = 120
_LONGEST_TEXT = 20_000
WEEKDAYS = "一二三四五六日"


async def shown(request: web.Request) -> web.Response:
    """GET /desk/days-off"""
    years: dict[int, list[EnteredDay]] = {}
    for one in await DaysOffStore(services(request).database).all():
        years.setdefault(one.day.year, []).append(one)
    return page(
        "days_off.html",
        session=signed(request),
        here="/desk/roster",
        years=years,
        weekdays=WEEKDAYS,
        least=HOLIDAYS,
        longest=_LONGEST_SOURCE,
    )


async def listed(request: web.Request) -> web.Response:
    """GET /desk/api/days-off"""
    days = await DaysOffStore(services(request).database).all()
    return json_answer({"days": [{name: plain(value) for name, value in asdict(one).items()} for one in days]})


async def enter(request: web.Request) -> web.Response:
    """POST /desk/api/days-off: {"source", "days": {"2027-02-06": false, "2027-02-20": true, "2027-02-21": null}}"""
    body = await read_object(request)
    source, given = _source(body), body.get("days")
    if not isinstance(given, dict) or not 0 < len(given) <= MOST_DAYS:
        raise ApiError(422, "demand", f"请给出日期，一次最多 {MOST_DAYS} 天。")
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


async def paste(request: web.Request) -> web.Response:
    """POST /desk/api/days-off/paste: {"source", "text", "apply"}: what was read, and whether it was entered.

    A plan with a hole in it would count days wrongly, so that one bad line keeps out the rest.
    """
    body = await read_object(request)
    source, text, apply = _source(body), text_field(body, "text"), body.get("apply") is True
    if len(text) > _LONGEST_TEXT:
        raise ApiError(422, "demand", f"粘贴的内容太长，最多 {_LONGEST_TEXT} 字。")
    plan, parts = read_plan(text), services(request)
    applied = apply and bool(plan.days) and not plan.refused
    if applied:
        await DaysOffStore(parts.database).enter(plan.days, source, signed(request).seat, parts.clock.now())
    days = [{"day": day.isoformat(), "works": works} for day, works in sorted(plan.days.items())]
    return json_answer({"days": days, "refused": [asdict(one) for one in plan.refused], "applied": applied})


def _source(body: dict[str, Any]) -> str:
    """Where the days come from. Raises ApiError."""
    source = text_field(body, "source").strip()
    if not 0 < len(source) <= _LONGEST_SOURCE:
        raise ApiError(422, "demand", f"请写明依据（文件名，不超过 {_LONGEST_SOURCE} 字）。")
    return source
