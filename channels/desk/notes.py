"""The desk's JSON: notes, whispers, questions and answers."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.desk.refused import Refused
from bot.desk.seat import Seat
from bot.desk.work.note import Note
from channels.body import json_answer, read_object, text_field
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.errors import ApiError
from channels.services import services


def note_json(note: Note, seat: Seat) -> dict[str, Any]:
    """One note."""
    return {
        "id": note.id,
        "kind": note.kind,
        "text": note.text,
        "at": note.at.isoformat(timespec="seconds"),
        "author": note.author,
        "mine": note.seat == seat.id,
        "to": note.to_name,
        "for_me": note.to == seat.id,
        "reply_to": note.reply_to,
    }


async def listed(request: web.Request) -> web.Response:
    """GET /desk/api/conversations/{id}/notes"""
    session = signed(request)
    try:
        found = await services(request).work.notes.of(request.match_info["id"], session.seat)
    except Refused as error:
        raise refused(error) from None
    return json_answer({"notes": [note_json(one, session.seat) for one in found]})


async def add(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/{kind}: notes, consult, whisper, answer"""
    session = signed(request)
    body = await read_object(request)
    notes = services(request).work.notes
    given = (request.match_info["id"], session.seat, text_field(body, "key"), text_field(body, "text"))
    try:
        match request.path.rpartition("/")[2]:
            case "consult":
                kept = await notes.consult(*given)
            case "whisper":
                kept = await notes.whisper(*given)
            case "answer":
                kept = await notes.answer(*given, _question(body))
            case _:
                kept = await notes.note(*given)
    except Refused as error:
        raise refused(error) from None
    return json_answer({"note": note_json(kept, session.seat)}, 201)


def _question(body: dict[str, Any]) -> int:
    question = body.get("question")
    if not isinstance(question, int) or isinstance(question, bool) or not 0 < question < 2**31:
        raise ApiError(400, "bad_parameter", "字段 question 应为请教的编号。")
    return question
