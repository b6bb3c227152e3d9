"""The desk's pages: the queue, one conversation, and how every page is filled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.desk.matters.results import results_of
from bot.desk.rights import may
from bot.desk.seat import Session
from channels.desk.places import home, places
from channels.desk.session import signed
from channels.errors import ApiError
from channels.services import services

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_PAGES = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=select_autoescape(("html",)))


def page(
    name: str, status: int = 200, *, session: Session | None = None, here: str = "", **context: Any
) -> web.Response:
    """A template of the desk, filled for who is signed in; kept by no cache. `here` is the place it belongs to."""
    if session is not None:
        open_to = [] if session.owes else places(session.seat, here)
        context |= {"csrf": session.csrf, "seat": session.seat.called, "places": open_to, "home": home(session)}
        context |= {"at_desk": may(session.seat, "queue") and not session.owes}
    return web.Response(
        text=_PAGES.get_template(name).render(**context),
        status=status,
        content_type="text/html",
        headers={"Cache-Control": "no-store", "Referrer-Policy": "same-origin"},
    )


async def queue(request: web.Request) -> web.Response:
    """GET /desk"""
    session = signed(request)
    return page("queue.html", session=session, here="/desk")


async def conversation(request: web.Request) -> web.Response:
    """GET /desk/c/{conversation}"""
    session, name = signed(request), request.match_info["conversation"]
    if not await services(request).desk.sees(name, session.seat):
        raise ApiError(404, "unknown_conversation", "没有这个会话。")
    return page(
        "conversation.html",
        session=session,
        here="/desk",
        conversation=name,
        supervises=may(session.seat, "supervise"),
        converses=may(session.seat, "converse"),
        largest=services(request).settings.max_file,
        endings=results_of("consultation"),
    )
