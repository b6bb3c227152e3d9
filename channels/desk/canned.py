"""Canned replies: the page where they are looked after, and the JSON that puts them into an answer."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.desk.refused import Refused
from bot.desk.rights import may
from bot.desk.seat import Seat
from bot.desk.work.canned import VARIABLES, Canned, NewCanned, filled, values_of
from channels.body import json_answer, read_object, text_field
from channels.desk.pages import page
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.services import services


def _json(one: Canned, seat: Seat) -> dict[str, Any]:
    return {
        "id": one.id,
        "shortcut": one.shortcut,
        "title": one.title,
        "text": one.text,
        "area": one.area,
        "everybody": one.owner is None,
        "changeable": one.owner == seat.id or may(seat, "settings"),
        "uses": one.uses,
    }


async def looked_after(request: web.Request) -> web.Response:
    """GET /desk/canned"""
    session = signed(request)
    return page(
        "canned.html",
        session=session,
        here="/desk/canned",
        variables=VARIABLES,
        for_everybody=may(session.seat, "settings"),
    )


async def listed(request: web.Request) -> web.Response:
    """GET /desk/api/canned"""
    session = signed(request)
    found = await services(request).work.canned.all(session.seat)
    return json_answer({"canned": [_json(one, session.seat) for one in found]})


async def for_case(request: web.Request) -> web.Response:
    """GET /desk/api/conversations/{id}/canned: filled from the case"""
    session = signed(request)
    parts = services(request)
    try:
        gist = await parts.work.reading.gist(request.match_info["id"], session.seat)
    except Refused as error:
        raise refused(error) from None
    values = values_of(session.seat, gist.matter, gist.topic, gist.summary, parts.clock.now())
    found = await parts.work.canned.of(session.seat)
    fitting = [one for one in found if one.area in ("", gist.area)]
    return json_answer({"canned": [{**_json(one, session.seat), "text": filled(one.text, values)} for one in fitting]})


async def put(request: web.Request) -> web.Response:
    """POST /desk/api/canned, PUT /desk/api/canned/{number}"""
    session = signed(request)
    body = await read_object(request)
    new = NewCanned(
        text_field(body, "shortcut"),
        text_field(body, "title"),
        text_field(body, "text"),
        text_field(body, "area") if "area" in body else "",
        body.get("everybody") is True,
    )
    number = request.match_info.get("number")
    try:
        kept = await services(request).work.canned.put(session.seat, int(number) if number else None, new)
    except Refused as error:
        raise refused(error) from None
    return json_answer({"canned": _json(kept, session.seat)}, 200 if number else 201)


async def remove(request: web.Request) -> web.Response:
    """DELETE /desk/api/canned/{number}"""
    session = signed(request)
    try:
        await services(request).work.canned.remove(session.seat, int(request.match_info["number"]))
    except Refused as error:
        raise refused(error) from None
    return json_answer({})


async def used(request: web.Request) -> web.Response:
    """POST /desk/api/canned/{number}/used"""
    session = signed(request)
    await services(request).work.canned.used(session.seat, int(request.match_info["number"]))
    return json_answer({})
