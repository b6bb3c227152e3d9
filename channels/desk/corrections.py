"""A lawyer's correction of what the bot said in a conversation."""

from __future__ import annotations

from aiohttp import web

from bot.desk.afterwards.bot_errors import BotError
from bot.desk.refused import Refused
from channels.body import json_answer, read_object, text_field
from channels.desk.session import signed
from channels.errors import ApiError
from channels.services import services


async def correct(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/corrections: {"seq", "wrong", "right", "cites", "reason", "scenario", "keep"}

    Answers {"problems", "scenario", "patch", "number"}.
    """
    session, parts = signed(request), services(request)
    body = await read_object(request)
    seq = body.get("seq")
    if type(seq) is not int:
        raise ApiError(400, "bad_parameter", "seq 应为消息的序号。")
    wrong, right, cites, reason, scenario = (
        text_field(body, name) for name in ("wrong", "right", "cites", "reason", "scenario")
    )
    try:
        dossier = await parts.desk.open(request.match_info["id"], session.seat)
    except Refused:
        raise ApiError(404, "unknown_conversation", "没有这个会话。") from None
    made = await parts.bot_errors.correct(
        dossier.case.topic,
        dossier.messages,
        BotError(seq, wrong, right, cites, reason),
        session.seat,
        scenario,
        body.get("keep") is True,
    )
    told = {"problems": list(made.problems), "scenario": made.scenario, "patch": made.patch, "number": made.number}
    return json_answer(told, 201 if made.number is not None else 200)
