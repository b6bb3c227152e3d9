"""Passing a conversation on: to a colleague or a queue, with a note."""

from __future__ import annotations

from aiohttp import web

from bot.desk.refused import Refused
from bot.desk.seat import ROLES, TIERS
from bot.message import clean_text
from channels.body import json_answer, read_object
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.errors import ApiError
from channels.frames import message_json
from channels.services import services

LONGEST_NOTE = 1000


async def transfer(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/transfer with {"to_staff": id} or {"queue": key}, and {"note"}."""
    session, passing = signed(request), services(request).passing
    body = await read_object(request)
    note = body.get("note", "")
    if not isinstance(note, str) or len(note) > LONGEST_NOTE:
        raise ApiError(400, "bad_field", f"note 应为文字，最多 {LONGEST_NOTE} 字。")
    note = clean_text(note, LONGEST_NOTE) if note.strip() else ""
    colleague, queue = body.get("to_staff"), body.get("queue")
    conversation = request.match_info["id"]
    try:
        if isinstance(colleague, int) and not isinstance(colleague, bool) and queue is None:
            message = await passing.pass_to(conversation, session.seat, colleague, note)
            return json_answer({"state": "human", "message": message_json(message)})
        if isinstance(queue, str) and colleague is None:
            told = await passing.pass_on(conversation, session.seat, queue, note)
            return json_answer({"state": "waiting", "message": None if told is None else message_json(told)})
    except Refused as error:
        raise refused(error) from None
    raise ApiError(400, "bad_field", "请写明转给哪位同事（to_staff）或哪个队列（queue），只写一个。")


async def receivers(request: web.Request) -> web.Response:
    """GET /desk/api/conversations/{id}/receivers: colleagues who are here, and queues, that it can be passed to."""
    session, parts = signed(request), services(request)
    try:
        found = await parts.passing.receivers(request.match_info["id"], session.seat)
    except Refused as error:
        raise refused(error) from None
    now = parts.clock.now()
    return json_answer(
        {
            "colleagues": [
                {
                    "id": one.seat.id,
                    "name": one.seat.called,
                    "role": ROLES[one.seat.role],
                    "tier": TIERS[one.seat.tier],
                    "areas": list(one.seat.areas),
                    "status": one.status,
                    "held": one.held,
                    "free": one.free(now),
                }
                for one in found.colleagues
            ],
            "queues": [{"key": one.key, "name": one.name} for one in found.queues],
        }
    )
