"""The address that the provider calls for customer service: it says that there is something, never what."""

from __future__ import annotations

import re

from aiohttp import web

from channels.wechat.callback import BadXml, Callbacks, Forged
from channels.wechat.endpoint import TAKEN, body_of, plain, refused
from channels.wechat.kf.syncing import Syncing

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class KfEndpoint:
    """Verifies the call and has the messages fetched."""

    def __init__(self, callbacks: Callbacks, syncing: Syncing) -> None:
        self._callbacks = callbacks
        self._syncing = syncing

    async def check(self, request: web.Request) -> web.Response:
        """GET: the provider makes sure that the address is ours."""
        try:
            return plain(self._callbacks.echo(request.query))
        except Forged:
            return refused(403)

    async def receive(self, request: web.Request) -> web.Response:
        """POST: there is something."""
        try:
            fields = self._callbacks.read(request.query, await body_of(request))
        except Forged:
            return refused(403)
        except BadXml:
            return refused(400)
        kf, token = str(fields.get("OpenKfId", "")), str(fields.get("Token", ""))
        if fields.get("Event") == "kf_msg_or_event" and _ID.fullmatch(kf):
            await self._syncing.called(kf, token)
        return plain(TAKEN)
