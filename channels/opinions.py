"""An opinion and the documents drafted with it, as files to take away, drawn on demand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.conversation import Conversations
from bot.records import MatterView
from channels.errors import ApiError

if TYPE_CHECKING:
    from bot.documents.blocks import Paper

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# One at a time: drawing a page is pure Python, and two would only share the same processor with the dialogue.
_RENDERING = ThreadPoolExecutor(1, "documents")


def _opinion(opinion: Mapping[str, Any], kind: str) -> bytes:
    # Imported on first use: fonts and document libraries are not needed to answer anyone.
    from bot.documents.opinion_paper import opinion_paper

    return _drawn(opinion_paper(opinion), kind)


def _document(drafted: Mapping[str, Any], kind: str) -> bytes:
    from bot.documents.drafted import Drafted

    return _drawn(Drafted.from_dict(drafted).paper(), kind)


def _drawn(paper: Paper, kind: str) -> bytes:
    from bot.documents.docx import render_docx
    from bot.documents.pdf import render_pdf

    return render_pdf(paper) if kind == "pdf" else render_docx(paper)


def unknown_matter() -> ApiError:
    """The 404 of a matter that is not there, or not the asker's: nobody learns which."""
    return ApiError(404, "unknown_matter", "没有这个事项。")


async def owned_matter(conversations: Conversations, number: str, token: str) -> MatterView:
    """The matter, for the token of its conversation.

    Raises ApiError: 401 for a token of nobody, 404 alike for no such matter and for someone else's.
    """
    conversation = await conversations.by_token(token)
    if conversation is None:
        raise ApiError(401, "unauthorized", "会话令牌不对。")
    view = await conversations.matter(number)
    if view is None or view.number != conversation.matter:
        raise unknown_matter()
    return view


async def opinion_file(view: MatterView, kind: str) -> web.Response:
    """The opinion of the matter as "pdf" or "docx". Raises ApiError 404 while there is none."""
    opinion = _told(view)
    return await _file(lambda: _opinion(opinion, kind), f"faxian-{view.number}.{kind}", kind)


async def document_file(view: MatterView, document: str, kind: str) -> web.Response:
    """A document drafted with the opinion. Raises ApiError 404 for no opinion or no such document."""
    drafted = next((one for one in _told(view).get("documents") or () if one["id"] == document), None)
    if drafted is None:
        raise ApiError(404, "unknown_document", "这个事项没有起草这份文书。")
    return await _file(lambda: _document(drafted, kind), f"faxian-{view.number}-{document}.{kind}", kind)


def _told(view: MatterView) -> Mapping[str, Any]:
    if view.opinion is None:
        raise ApiError(404, "no_opinion", "这个事项还没有咨询意见书。")
    return view.opinion


async def _file(draw: Callable[[], bytes], name: str, kind: str) -> web.Response:
    body = await asyncio.get_running_loop().run_in_executor(_RENDERING, draw)
    return web.Response(
        body=body,
        content_type=_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
