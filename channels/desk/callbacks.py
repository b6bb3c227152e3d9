"""The page of call-backs, and what a seat does with one."""

from __future__ import annotations

from aiohttp import web

from bot.desk.afterwards.callbacks import REASONS, CallbackState
from bot.desk.refused import Refused
from channels.body import json_answer, read_object, text_field
from channels.desk.pages import page
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.services import services

_STATES: dict[str, tuple[CallbackState, str]] = {
    "open": ("open", "待办"),
    "done": ("done", "已完成"),
    "failed": ("failed", "联系不上"),
}


async def listed(request: web.Request) -> web.Response:
    """GET /desk/callbacks?state=open|done|failed"""
    session, parts = signed(request), services(request)
    state, _ = _STATES.get(request.query.get("state", "open"), _STATES["open"])
    return page(
        "callbacks.html",
        session=session,
        here="/desk/callbacks",
        state=state,
        states=[(key, name) for key, (_, name) in _STATES.items()],
        callbacks=await parts.callbacks.listed(session.seat, state),
        reasons=REASONS,
        me=session.seat.id,
        now=parts.clock.now(),
    )


async def act(request: web.Request) -> web.Response:
    """POST /desk/api/callbacks/{id}/take|tried|done|failed with {"words"}"""
    seat, calls = signed(request).seat, services(request).callbacks
    number, action = int(request.match_info["id"]), request.match_info["action"]
    body = await read_object(request)
    try:
        match action:
            case "take":
                await calls.take(number, seat)
            case "tried":
                return json_answer({"attempts": await calls.attempted(number, seat, text_field(body, "words"))})
            case "done":
                await calls.done(number, seat, text_field(body, "words"))
            case _:
                await calls.failed(number, seat, text_field(body, "words"))
    except Refused as error:
        raise refused(error) from None
    return json_answer({})
