"""The app API's matters: how one stands, for whoever's it is."""

from __future__ import annotations

from aiohttp import web

from channels.api.auth import bearer
from channels.body import json_answer
from channels.errors import too_fast
from channels.limits import address_of
from channels.opinions import owned_matter
from channels.services import services


async def matter(request: web.Request) -> web.Response:
    """GET /api/v1/matters/{number}"""
    parts = services(request)
    wait = parts.by_address.wait(address_of(request, parts.settings.trusted_proxies))
    if wait:
        raise too_fast(wait)
    view = await owned_matter(parts.conversations, request.match_info["number"], bearer(request))
    return json_answer(
        {
            "number": view.number,
            "state": view.state,
            "topic": view.topic,
            "area": view.area,
            "summary": view.summary,
            "opinion": view.opinion,
            "created": view.created.isoformat(timespec="seconds"),
            "updated": view.updated.isoformat(timespec="seconds"),
        }
    )
