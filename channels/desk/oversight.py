"""The desk's JSON: what supervisors do in somebody else's conversation."""

from __future__ import annotations

from aiohttp import web

from bot.desk.refused import Refused
from channels.body import json_answer, read_object, text_field
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.frames import message_json
from channels.services import services


async def watch(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/watch {on, begins}: the holder sees it"""
    session = signed(request)
    body = await read_object(request)
    on, begins = body.get("on") is not False, body.get("begins") is True
    try:
        await services(request).work.oversight.watch(request.match_info["id"], session.seat, on, begins)
    except Refused as error:
        raise refused(error) from None
    return json_answer({})


async def take_over(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/takeover {reason}"""
    session = signed(request)
    body = await read_object(request)
    try:
        message = await services(request).work.oversight.take_over(
            request.match_info["id"], session.seat, text_field(body, "reason")
        )
    except Refused as error:
        raise refused(error) from None
    return json_answer({"state": "human", "message": message_json(message)})
