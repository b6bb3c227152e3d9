"""What the links open that channels send which can only send words: the opinion and its documents, or a file."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.records import MatterView
from channels.errors import ApiError, too_fast
from channels.limits import address_of
from channels.links import Opened
from channels.opinions import document_file, opinion_file
from channels.services import Services, services
from channels.uploads import given_out

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(("html",))
)


async def shown(request: web.Request) -> web.Response:
    """GET /channels/link/{token}: a page with the downloads of an opinion, or the file itself"""
    parts, opened = _opened(request)
    if opened.what == "file":
        return given_out(await parts.work.files.citizens(opened.file, opened.conversation))
    view = await _matter(parts, opened)
    html = _PAGES.get_template("papers.html").render(
        matter=view.number, opinion=view.opinion, here=f"{request.path}", days=parts.settings.link_days
    )
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
    return web.Response(text=html, content_type="text/html", headers=headers)


async def opinion(request: web.Request) -> web.Response:
    """GET /channels/link/{token}/opinion.pdf|docx"""
    parts, opened = _opened(request)
    return await opinion_file(await _matter(parts, opened), request.match_info["kind"])


async def document(request: web.Request) -> web.Response:
    """GET /channels/link/{token}/{id}.pdf|docx"""
    parts, opened = _opened(request)
    return await document_file(await _matter(parts, opened), request.match_info["id"], request.match_info["kind"])


def _opened(request: web.Request) -> tuple[Services, Opened]:
    """Raises ApiError: 429, and 404 alike for a link that never was and one that is over."""
    parts = services(request)
    wait = parts.by_address.wait(address_of(request, parts.settings.trusted_proxies))
    if wait:
        raise too_fast(wait)
    opened = parts.links.read(request.match_info["token"])
    if opened is None:
        raise ApiError(404, "link_over", "这个链接不对或者已经过期。请回到咨询里说“意见书”，再拿一个新的。")
    return parts, opened


async def _matter(parts: Services, opened: Opened) -> MatterView:
    view = await parts.conversations.matter(opened.matter) if opened.what == "opinion" else None
    if view is None or view.opinion is None:
        raise ApiError(404, "no_opinion", "这个事项还没有咨询意见书。")
    return view
