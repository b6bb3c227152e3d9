"""The web chat's page, its article look-up and its downloads."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from aiohttp import web

from bot.records import MatterView
from channels.api.auth import bearer
from channels.body import json_answer
from channels.errors import ApiError, too_fast
from channels.limits import address_of
from channels.opinions import document_file, opinion_file, owned_matter, unknown_matter
from channels.services import Services, services
from channels.tickets import LIFE
from channels.voice.browser import TAKES_CALLS
from channels.web.chat_page import ChatPage

STATIC = Path(__file__).parent / "static"
_page = cache(ChatPage)


async def chat(request: web.Request) -> web.Response:
    """GET /, /channels/web/chat: the page in a window of its own, which nobody may frame."""
    settings = services(request).settings
    return _page(settings.leave_to, settings.max_file, calls=_calls(request)).answer(request)


async def frame(request: web.Request) -> web.Response:
    """GET /channels/web/frame: the page for the frame that embed.js makes on sites that are allowed to."""
    settings = services(request).settings
    return _page(settings.leave_to, settings.max_file, settings.embedders, _calls(request)).answer(request)


def _calls(request: web.Request) -> bool:
    """Whether calls by microphone are taken here."""
    return request.config_dict.get(TAKES_CALLS, False)


async def embed(_request: web.Request) -> web.StreamResponse:
    """GET /channels/web/embed.js: the one script that another site loads. It tells nothing, so anybody may."""
    script = web.FileResponse(STATIC / "js" / "embed.js")
    script.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return script


def _counted(request: web.Request) -> Services:
    """The parts, after the address was counted. Raises ApiError 429."""
    parts = services(request)
    wait = parts.by_address.wait(address_of(request, parts.settings.trusted_proxies))
    if wait:
        raise too_fast(wait)
    return parts


async def article(request: web.Request) -> web.Response:
    """One article as JSON, for unfolding in place."""
    parts = _counted(request)
    law, number = request.query.get("law", ""), request.query.get("number", "")
    try:
        found = await parts.laws.article(law, number)
    except ValueError:
        raise ApiError(400, "bad_article_number", "条号写得不对，例如：第四十七条 或 47。") from None
    if found is None:
        raise ApiError(404, "unknown_article", await parts.laws.why_not(law, number))
    return json_answer(found)


async def ticket(request: web.Request) -> web.Response:
    """POST /channels/web/opinion/{matter}/ticket: a ticket to download the opinion, for the conversation's token.

    The token itself stays out of addresses, which browsers keep and people pass on.
    """
    parts = _counted(request)
    view = await owned_matter(parts.conversations, request.match_info["matter"], bearer(request))
    return json_answer({"ticket": parts.tickets.issue(view.number), "expires_in": LIFE})


async def opinion(request: web.Request) -> web.Response:
    """GET /channels/web/opinion/{matter}.pdf|docx?ticket="""
    return await opinion_file(await _ticketed(request), request.match_info["kind"])


async def document(request: web.Request) -> web.Response:
    """GET /channels/web/document/{matter}/{id}.pdf|docx?ticket="""
    return await document_file(await _ticketed(request), request.match_info["id"], request.match_info["kind"])


async def _ticketed(request: web.Request) -> MatterView:
    """The matter in the path, for a ticket that opens it. Raises ApiError: 401 for another ticket, 404, 429."""
    parts = _counted(request)
    number = request.match_info["matter"]
    if not parts.tickets.opens(request.query.get("ticket", ""), number):
        raise ApiError(401, "bad_ticket", "下载链接已经失效，请回到咨询页面再点一次下载。")
    view = await parts.conversations.matter(number)
    if view is None:
        raise unknown_matter()
    return view
