"""An opinion as a file to take away, drawn up on demand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp import web

from bot.conversation import Conversations
from bot.records import MatterView
from channels.errors import ApiError

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# One at a time: drawing a page is pure Python, and two would only share the same processor with the dialogue.
_RENDERING = ThreadPoolExecutor(1, "documents")


def _renderer(kind: str) -> Callable[[Mapping[str, Any]], bytes]:
    # Imported on first use: fonts and document libraries are not needed to answer anyone.
    from bot.documents import render_docx, render_pdf

    return render_pdf if kind == "pdf" else render_docx


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
    if view.opinion is None:
        raise ApiError(404, "no_opinion", "这个事项还没有咨询意见书。")
    opinion = view.opinion
    body = await asyncio.get_running_loop().run_in_executor(_RENDERING, lambda: _renderer(kind)(opinion))
    name = f"faxian-{view.number}.{kind}"
    return web.Response(
        body=body,
        content_type=_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
