"""The app API's law: search, one article, citations verified."""

from __future__ import annotations

from aiohttp import web

from bot.message import clean_text
from channels.api.limits import counted
from channels.api.query import day, whole_number, words
from channels.body import json_answer, read_object, text_field
from channels.errors import ApiError

LONGEST_QUERY = 500
LONGEST_TEXT = 20_000


async def search(request: web.Request) -> web.Response:
    """GET /api/v1/laws/search?q=&limit=&as_of="""
    parts = await counted(request)
    query = words(request, "q", LONGEST_QUERY)
    limit = whole_number(request, "limit", default=10, low=1, high=50)
    return json_answer({"query": query, "articles": await parts.laws.search(query, limit, day(request, "as_of"))})


async def article(request: web.Request) -> web.Response:
    """GET /api/v1/laws/{law}/articles/{number}?as_of="""
    parts = await counted(request)
    law, number, as_of = request.match_info["law"], request.match_info["number"], day(request, "as_of")
    try:
        found = await parts.laws.article(law, number, as_of)
    except ValueError:
        raise ApiError(400, "bad_article_number", "条号写得不对，例如：第四十七条、47 或 133-1。") from None
    if found is None:
        raise ApiError(404, "unknown_article", await parts.laws.why_not(law, number, as_of))
    return json_answer(found)


async def verify(request: web.Request) -> web.Response:
    """POST /api/v1/citations/verify"""
    parts = await counted(request)
    body = await read_object(request)
    text = clean_text(text_field(body, "text"), LONGEST_TEXT)
    return json_answer({"citations": await parts.laws.verify(text, day(request, "as_of"))})
