"""The desk's JSON: what a seat says, its warnings, and what may be said."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.desk.refused import Refused
from bot.desk.work.replies import Cautioned, Draft
from bot.desk.work.warnings import Caution
from channels.api.query import words
from channels.body import json_answer, read_object, text_field
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.errors import PROBLEM, ApiError, error_body
from channels.frames import message_json
from channels.services import services

MOST_FOUND = 12
LONGEST_QUERY = 200


def _caution_json(one: Caution) -> dict[str, Any]:
    return {"key": one.key, "kind": one.kind, "level": one.level, "excerpt": one.excerpt, "text": one.text}


async def reply(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/messages: 409 "warned" with the warnings until they are overridden."""
    session = signed(request)
    body = await read_object(request)
    seen = body.get("seen", [])
    if not isinstance(seen, list) or not all(isinstance(key, str) for key in seen):
        raise ApiError(400, "bad_parameter", "字段 seen 应为字符串的列表。")
    reason = text_field(body, "reason") if "reason" in body else ""
    draft = Draft(text_field(body, "message_id"), text_field(body, "text"), reason, frozenset(seen))
    try:
        message = await services(request).work.replies.send(request.match_info["id"], session.seat, draft)
    except Cautioned as held:
        found = [_caution_json(one) for one in held.cautions]
        return json_answer({**error_body(409, "warned", "发送前请先看提醒。"), "warnings": found}, 409, PROBLEM)
    except Refused as error:
        raise refused(error) from None
    return json_answer({"message": message_json(message)})


async def suggestion(request: web.Request) -> web.Response:
    """GET /desk/api/conversations/{id}/suggestion"""
    session = signed(request)
    work = services(request).work
    try:
        gist = await work.reading.gist(request.match_info["id"], session.seat)
    except Refused as error:
        raise refused(error) from None
    found = await work.suggestions.of(gist.summary, gist.opinion, gist.area, gist.asked)
    sources = [{"kind": one.kind, "text": one.text} for one in found.sources]
    return json_answer({"text": found.text, "sources": sources, "dropped": list(found.dropped)})


async def laws(request: web.Request) -> web.Response:
    """GET /desk/api/laws?q=: a citation that holds first, then what the search finds."""
    query = words(request, "q", LONGEST_QUERY)
    law = services(request).laws
    named = await law.verify(query)
    found = [one["article"] for one in named if one["article"] is not None]
    found += [article for one in named for article in one["successors"]]
    notes = [one["reason"] for one in named if one["reason"]]
    seen = {(one["law"], one["number"]) for one in found}
    for article in await law.search(query, MOST_FOUND):
        if (article["law"], article["number"]) not in seen:
            found.append(article)
    return json_answer({"articles": found[:MOST_FOUND], "notes": notes})
