"""The pages of matters, saved filters, and a seat's notices."""

from __future__ import annotations

from dataclasses import asdict

from aiohttp import web

from bot.desk.matters.conflicts import SIDES
from bot.desk.matters.records import LINKS
from bot.desk.matters.referrals import COMPLAINTS, REFERRALS
from bot.desk.matters.states import KINDS, LIVE, STATUSES
from bot.store.colleagues import colleagues
from channels.body import json_answer, read_object, text_field
from channels.desk.matter_json import plain
from channels.desk.matters import wanted, whole
from channels.desk.pages import page
from channels.desk.session import signed
from channels.desk.topic_view import AREAS
from channels.errors import ApiError
from channels.services import services

_PAGES = ("matters",)


async def matters(request: web.Request) -> web.Response:
    """GET /desk/matters"""
    session = signed(request)
    parts = services(request)
    return page(
        "matters.html",
        session=session,
        here="/desk/matters",
        wanted=wanted(request.query),
        live=LIVE,
        statuses=STATUSES,
        kinds=KINDS,
        areas=AREAS,
        people=await colleagues(parts.database, session.seat),
    )


async def matter(request: web.Request) -> web.Response:
    """GET /desk/matters/{number}"""
    session = signed(request)
    if not await services(request).matters.sees(request.match_info["number"], session.seat):
        raise ApiError(404, "unknown_matter", "没有这个事项。")
    people = await colleagues(services(request).database, session.seat)
    return page(
        "matter.html",
        session=session,
        here="/desk/matters",
        number=request.match_info["number"],
        kinds=KINDS,
        areas=AREAS,
        sides=SIDES,
        links=LINKS,
        referrals=REFERRALS,
        complaints=COMPLAINTS,
        people=people,
    )


async def filters(request: web.Request) -> web.Response:
    """GET /desk/api/filters?page="""
    found = await services(request).filters.of(signed(request).seat, _page(request.query.get("page", "")))
    return json_answer({"filters": [asdict(one) for one in found]})


async def save_filter(request: web.Request) -> web.Response:
    """POST /desk/api/filters"""
    body = await read_object(request)
    name, query = text_field(body, "name").strip(), text_field(body, "query")
    if not 0 < len(name) <= 40 or len(query) > 1000:
        raise ApiError(422, "demand", "请给筛选起个名字（不超过 40 字）。")
    if not await services(request).filters.save(signed(request).seat, _page(text_field(body, "page")), name, query):
        raise ApiError(409, "too_many", "保存的筛选太多了，请先删掉一些。")
    return json_answer({}, 201)


async def forget_filter(request: web.Request) -> web.Response:
    """DELETE /desk/api/filters/{id}"""
    await services(request).filters.forget(signed(request).seat, int(request.match_info["id"]))
    return json_answer({})


async def notices(request: web.Request) -> web.Response:
    """GET /desk/api/notices"""
    seat, store = signed(request).seat, services(request).notices
    shown = [{name: plain(value) for name, value in asdict(one).items()} for one in await store.of(seat)]
    return json_answer({"notices": shown, "unread": await store.unread(seat)})


async def read_notices(request: web.Request) -> web.Response:
    """POST /desk/api/notices/read: all up to `last`"""
    last = whole(await read_object(request), "last")
    if last is None:
        raise ApiError(400, "missing_field", "缺少字段 last，或它不是整数。")
    parts = services(request)
    await parts.notices.read_up_to(signed(request).seat, last, parts.clock.now())
    return json_answer({"unread": await parts.notices.unread(signed(request).seat)})


def _page(name: str) -> str:
    if name not in _PAGES:
        raise ApiError(400, "bad_parameter", "没有这个页面的筛选。")
    return name
