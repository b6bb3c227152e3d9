"""The app API's matters: how one stands and its documents, for its citizen and for a seat at the desk."""

from __future__ import annotations

from aiohttp import web

from bot.records import MatterView
from channels.api.auth import bearer
from channels.api.limits import counted
from channels.body import json_answer
from channels.desk.guard import admit
from channels.desk.session import current
from channels.opinions import document_file, owned_matter, unknown_matter
from channels.services import services


async def matter(request: web.Request) -> web.Response:
    """GET /api/v1/matters/{number}"""
    await counted(request)
    view = await _seen(request, request.match_info["number"])
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


async def document(request: web.Request) -> web.Response:
    """GET /api/v1/matters/{number}/documents/{id}.pdf|docx"""
    await counted(request)
    view = await _seen(request, request.match_info["number"])
    return await document_file(view, request.match_info["id"], request.match_info["kind"])


async def _seen(request: web.Request, number: str) -> MatterView:
    """The matter for whoever asks: by the conversation's token, else by the desk's session, which is noted.

    Raises ApiError: 401 for neither, 403 for a role that may not read, 404 alike for no such matter and for another
    citizen's or of a region that is not the seat's.
    """
    parts = services(request)
    session = None if "Authorization" in request.headers else await current(request)
    if session is None:
        return await owned_matter(parts.conversations, number, bearer(request))
    await admit(request, session, "read")
    view = await parts.desk.matter(number, session.seat)
    if view is None:
        raise unknown_matter()
    return view
