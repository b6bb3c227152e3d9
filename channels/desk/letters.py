"""The page of messages that did not arrive, and what a supervisor does with one."""

from __future__ import annotations

from aiohttp import web

from bot.desk.letters import CHANNELS, LetterState
from bot.desk.refused import Refused
from bot.desk.rights import may
from channels.body import json_answer, read_object, text_field
from channels.desk.pages import page
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.services import services

PLACE = "/desk/dead-letters"
_STATES: dict[str, tuple[LetterState, str]] = {"dead": ("dead", "没送到"), "held": ("held", "等来访人下次来")}


async def listed(request: web.Request) -> web.Response:
    """GET /desk/dead-letters?state=dead|held"""
    session, parts = signed(request), services(request)
    state, _ = _STATES.get(request.query.get("state", "dead"), _STATES["dead"])
    return page(
        "letters.html",
        session=session,
        here=PLACE,
        state=state,
        states=[(key, name) for key, (_, name) in _STATES.items()],
        letters=await parts.letters.listed(session.seat, state),
        channels=CHANNELS,
        reads=may(session.seat, "read"),
    )


async def act(request: web.Request) -> web.Response:
    """POST /desk/api/dead-letters/{id}/again|sms|void with {"reason"}"""
    seat, letters = signed(request).seat, services(request).letters
    number = int(request.match_info["id"])
    body = await read_object(request)
    try:
        match request.match_info["action"]:
            case "again":
                await letters.again(number, seat)
            case "sms":
                await letters.by_sms(number, seat)
            case _:
                await letters.void(number, seat, text_field(body, "reason"))
    except Refused as error:
        raise refused(error) from None
    return json_answer({})
