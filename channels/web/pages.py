"""The web chat's page, its article look-up and its downloads."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from channels.body import json_answer
from channels.errors import ApiError, too_fast
from channels.limits import address_of
from channels.opinions import opinion_file, owned_matter
from channels.services import services

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


async def chat(_request: web.Request) -> web.StreamResponse:
    """The page itself."""
    return web.FileResponse(_HERE / "templates" / "chat.html", headers={"Cache-Control": "no-cache"})


async def article(request: web.Request) -> web.Response:
    """One article as JSON, for unfolding in place."""
    parts = services(request)
    wait = parts.by_address.wait(address_of(request, parts.settings.trusted_proxies))
    if wait:
        raise too_fast(wait)
    try:
        found = await parts.laws.article(request.query.get("law", ""), request.query.get("number", ""))
    except ValueError:
        raise ApiError(400, "bad_article_number", "条号写得不对，例如：第四十七条 或 47。") from None
    if found is None:
        raise ApiError(404, "unknown_article", "没有找到这一条。")
    return json_answer(found)


async def opinion(request: web.Request) -> web.Response:
    """The opinion of a matter as a file, for the token of its conversation."""
    parts = services(request)
    wait = parts.by_address.wait(address_of(request, parts.settings.trusted_proxies))
    if wait:
        raise too_fast(wait)
    view = await owned_matter(parts.conversations, request.match_info["matter"], request.query.get("token", ""))
    return await opinion_file(view, request.match_info["kind"])
