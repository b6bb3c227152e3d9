"""The desk's JSON: earlier pages of a transcript, read marks, a seat's own conversations."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.desk.refused import Refused
from bot.desk.work.reading import Held
from channels.api.query import whole_number
from channels.body import json_answer, read_object
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.errors import ApiError
from channels.frames import message_json
from channels.services import services

_PRIORITIES = ("urgent", "high", "normal")
_SHOWN = 60
"""Characters of the last message in a list."""


def _held_json(one: Held) -> dict[str, Any]:
    return {
        "id": one.conversation,
        "matter": one.matter,
        "topic": one.topic,
        "priority": _PRIORITIES[one.priority],
        "from": one.last.sender,
        "last": one.last.text[:_SHOWN],
        "at": one.last.at.isoformat(timespec="seconds"),
        "unread": one.unread,
    }


async def mine(request: web.Request) -> web.Response:
    """GET /desk/api/mine"""
    session = signed(request)
    held = await services(request).work.reading.held(session.seat)
    return json_answer({"conversations": [_held_json(one) for one in held]})


async def earlier(request: web.Request) -> web.Response:
    """GET /desk/api/conversations/{id}/messages?before="""
    session = signed(request)
    before = whole_number(request, "before", default=2**31 - 1, low=1, high=2**31 - 1)
    try:
        found = await services(request).work.reading.before(request.match_info["id"], session.seat, before)
    except Refused as error:
        raise refused(error) from None
    more = bool(found) and found[0].seq > 1
    return json_answer({"messages": [message_json(message) for message in found], "more": more})


async def read(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/read {seq}"""
    session = signed(request)
    seq = (await read_object(request)).get("seq")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 < seq < 2**31:
        raise ApiError(400, "bad_parameter", "字段 seq 应为消息的序号。")
    await services(request).work.reading.by_seat(request.match_info["id"], session.seat, seq)
    return json_answer({})
