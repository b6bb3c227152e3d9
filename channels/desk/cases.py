"""The desk's JSON: the queue, one case, and what a seat does with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiohttp import web

from bot.desk.queues.place import place_name
from bot.desk.records import Case, DeskState
from bot.desk.refused import Refused
from bot.desk.seat import Seat
from channels.body import json_answer, read_object, text_field
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.errors import ApiError
from channels.frames import message_json
from channels.services import services

_STATES: dict[str, DeskState] = {"waiting": "waiting", "human": "human"}
_PRIORITIES = ("urgent", "high", "normal")


def case_json(case: Case, seat: Seat, now: datetime) -> dict[str, Any]:
    """A case as a seat sees it in a list."""
    return {
        "id": case.conversation,
        "channel": case.channel,
        "state": case.state,
        "matter": case.matter,
        "topic": case.summary.get("topic") or case.topic,
        "title": case.title,
        "area": case.area,
        "priority": _PRIORITIES[case.priority],
        "kind": case.kind,
        "reason": case.reason,
        "waiting_since": case.asked.isoformat(timespec="seconds"),
        "claimed_by": case.seat_name,
        "mine": case.seat == seat.id,
        "queue": case.queue,
        "queue_name": case.queue_name,
        "tier": case.tier,
        "help": case.help,
        "region": case.region,
        "place": place_name(case.region),
        "language": case.language,
        "mood": case.mood,
        "reasons": list(case.reasons),
        "returned": case.returned,
        "promised": case.promised.isoformat(timespec="seconds") if case.promised is not None else None,
        "takes": case.takes,
        "waiting_seconds": max(0, int((now - case.asked).total_seconds())),
    }


async def listed(request: web.Request) -> web.Response:
    """GET /desk/api/conversations?state=waiting|human"""
    session = signed(request)
    state = _STATES.get(request.query.get("state", "waiting"))
    if state is None:
        raise ApiError(400, "bad_parameter", "参数 state 应为 waiting 或 human。")
    parts = services(request)
    cases = await parts.desk.cases(state, session.seat)
    now = parts.clock.now()
    return json_answer({"conversations": [case_json(case, session.seat, now) for case in cases]})


async def one(request: web.Request) -> web.Response:
    """GET /desk/api/conversations/{id}"""
    session = signed(request)
    try:
        dossier = await services(request).desk.open(request.match_info["id"], session.seat)
    except Refused as error:
        raise refused(error) from None
    marks = await services(request).work.reading.marks(dossier.case.conversation)
    return json_answer(
        {
            "conversation": case_json(dossier.case, session.seat, services(request).clock.now()),
            "summary": dossier.case.summary,
            "messages": [message_json(message) for message in dossier.messages],
            "more": bool(dossier.messages) and dossier.messages[0].seq > 1,
            "read": {"citizen": marks.citizen, "staff": marks.staff},
        }
    )


async def claim(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/claim"""
    session = signed(request)
    try:
        message = await services(request).desk.claim(request.match_info["id"], session.seat)
    except Refused as error:
        raise refused(error) from None
    return json_answer({"state": "human", "message": message_json(message)})


async def next_one(request: web.Request) -> web.Response:
    """POST /desk/api/next"""
    session = signed(request)
    try:
        message = await services(request).desk.next(session.seat)
    except Refused as error:
        raise refused(error) from None
    return json_answer({"conversation": message.conversation, "state": "human", "message": message_json(message)})


async def hand_back(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/handback"""
    session = signed(request)
    try:
        message = await services(request).desk.hand_back(request.match_info["id"], session.seat)
    except Refused as error:
        raise refused(error) from None
    return json_answer({"state": "bot", "message": message_json(message)})


async def close(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/close, with {"result", "summary"} where the matter ends too"""
    session = signed(request)
    body = await read_object(request) if request.can_read_body else {}
    given = {name: text_field(body, name) for name in ("result", "summary") if name in body}
    try:
        message = await services(request).desk.close(request.match_info["id"], session.seat, **given)
    except Refused as error:
        raise refused(error) from None
    return json_answer({"state": "closed", "message": message_json(message)})


async def typing(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/typing"""
    session = signed(request)
    await services(request).desk.typing(request.match_info["id"], session.seat)
    return json_answer({})
