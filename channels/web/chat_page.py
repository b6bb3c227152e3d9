"""The chat page as it is sent: for a window of its own, or for a frame in another site's page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from aiohttp import ETag, web

from channels.security import FRAMED, policy

_TEMPLATE = Path(__file__).parent / "templates" / "chat.html"
_MARK = "<!-- settings -->"


class ChatPage:
    """The template with what the operator has set; `embedders` may frame it, nobody if there are none. `calls`: whether
    it offers to talk by microphone."""

    def __init__(self, leave_to: str, largest: int, embedders: Sequence[str] = (), calls: bool = False) -> None:
        self._embedders = tuple(embedders)
        told = {
            "faxian-leave": leave_to,
            "faxian-largest": str(largest),
            "faxian-embedders": " ".join(embedders),
            "faxian-calls": "on" if calls else "off",
        }
        metas = "\n  ".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in told.items())
        self._body = _TEMPLATE.read_text(encoding="utf-8").replace(_MARK, metas).encode()
        self._etag = hashlib.sha256(self._body).hexdigest()[:32]
        self._modified = datetime.fromtimestamp(_TEMPLATE.stat().st_mtime, UTC)

    def answer(self, request: web.Request) -> web.Response:
        """The page, or that the browser has it already."""
        known = request.if_none_match or ()
        if any(tag.value == self._etag for tag in known):
            response = web.Response(status=304)
        else:
            response = web.Response(body=self._body, content_type="text/html", charset="utf-8")
        response.etag = ETag(self._etag)
        response.last_modified = self._modified
        # Microphone and playing back what it heard; both only here.
        own = {"media_src": "'self' blob:"}
        if self._embedders:
            own["frame_ancestors"] = " ".join(self._embedders)
            response[FRAMED] = True
        response.headers["Content-Security-Policy"] = policy(**own)
        response.headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=(self)"
        response.headers["Cache-Control"] = "no-cache"
        return response
