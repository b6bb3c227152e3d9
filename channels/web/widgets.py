"""Existing Rasa widgets: the socket.io protocol of Rasa's own channel, spoken by the same inbox and outbox.

`session_request` {session_id} → `session_confirm` session_id; `user_uttered` {message} → `bot_uttered` {text,
quick_replies}. The session id is the conversation's token: an id that a widget made up itself is answered by another
one. A widget that names its messages (`message_id`) and what it has shown (`last_seq`) is served as exactly as our own
page; of one that does not, what it was sent before counts as shown.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from socketio import AsyncServer

from bot.message import BadMessage, Inbound, Message
from bot.records import Conversation
from bot.safe_log import log_failure
from channels.capabilities import Capabilities
from channels.hub import Watch
from channels.inbox import TooFast
from channels.limits import address_of
from channels.rendering import render
from channels.services import Services
from channels.web.page import number
from channels.web.uttered import bot_uttered

_LOG = logging.getLogger(__name__)
PATH = "/channels/web/socket.io"
CAPABILITIES = Capabilities(cards=False, files=False, typing=False)
REMEMBERED = 10_000
"""Conversations of which this process remembers how far they were shown."""
_COMMAND = re.compile(r"/\w+\s*(\{.*\})?", re.DOTALL)
"""What widgets send by themselves to begin, as /get_started: nobody's words."""


class Widgets:
    """All widgets that are connected to this process."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts
        quiet = logging.Logger("socket.io", logging.CRITICAL + 1)  # the library's log may hold what people say
        self._server = AsyncServer(
            async_mode="aiohttp",
            async_handlers=False,  # one after the other: what somebody says stays in order
            cors_allowed_origins=list(parts.settings.embedders) or None,
            max_http_buffer_size=parts.settings.max_body,
            logger=quiet,
            engineio_logger=quiet,
        )
        self._here: dict[str, _Widget] = {}
        self._shown: OrderedDict[str, int] = OrderedDict()
        self._server.on("connect", self._connect)
        self._server.on("disconnect", self._disconnect)
        self._server.on("session_request", self._session)
        self._server.on("user_uttered", self._uttered)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """With and without the slash that clients add."""
        for path in (PATH, f"{PATH}/"):
            for method in ("GET", "POST", "OPTIONS"):
                router.add_route(method, path, self._server.handle_request)

    async def stop(self) -> None:
        """Let everybody go: they connect again by themselves."""
        for widget in [*self._here.values()]:
            widget.stop()
        await self._server.shutdown()

    def _connect(self, sid: str, environ: Mapping[str, Any], *_auth: Any) -> None:
        address = address_of(environ["aiohttp.request"], self._parts.settings.trusted_proxies)
        self._here[sid] = _Widget(address)

    def _disconnect(self, sid: str, *_why: Any) -> None:
        if widget := self._here.pop(sid, None):
            widget.stop()

    async def _session(self, sid: str, *said: Any) -> None:
        await self._safely(sid, self._begin, _object(said))

    async def _uttered(self, sid: str, *said: Any) -> None:
        await self._safely(sid, self._take, _object(said))

    async def _safely(self, sid: str, do: Any, said: Mapping[str, Any]) -> None:
        """The library would log a failure with everything that was said."""
        widget = self._here.get(sid)
        if widget is None:
            return
        try:
            await do(sid, widget, said)
        except (BadMessage, TooFast) as error:
            await self._emit(sid, {"text": error.text})
        except Exception as error:  # noqa: BLE001 - the widget connects again, and what was stored is answered
            log_failure(_LOG, "widget failed", error)
            await self._server.disconnect(sid)

    async def _begin(self, sid: str, widget: _Widget, said: Mapping[str, Any]) -> None:
        """Confirm who it is and show what it has not seen."""
        conversations = self._parts.conversations
        token = said.get("session_id")
        found = await conversations.by_token(token) if isinstance(token, str) else None
        if found is None or found.channel != "web":
            if wait := self._parts.by_address.wait(widget.address):
                raise TooFast(wait)
            opened = await conversations.create("web")
            found, token = opened.conversation, opened.token
        if widget.conversation is None or widget.conversation.id != found.id:
            widget.stop()
            widget.conversation = found
            shown = number(said.get("last_seq")) or await self._last_shown(found.id)
            widget.showing = asyncio.ensure_future(self._show(sid, found.id, shown))
        await self._server.emit("session_confirm", token, to=sid)

    async def _take(self, sid: str, widget: _Widget, said: Mapping[str, Any]) -> None:
        text, message_id = said.get("message"), said.get("message_id")
        if widget.conversation is None:
            await self._begin(sid, widget, said)
        if not isinstance(text, str) or _COMMAND.fullmatch(text.strip()) or widget.conversation is None:
            return
        widget.said += 1
        given = message_id if isinstance(message_id, str) else f"{sid}:{widget.said}"
        await self._parts.inbox.accept(Inbound("web", widget.conversation.id, given, text), widget.address)

    async def _last_shown(self, conversation: str) -> int:
        """What this process has sent; else up to what the citizen said last, who had seen what came before."""
        if (known := self._shown.get(conversation)) is not None:
            return known
        last = seq = 0
        while page := await self._parts.conversations.after(conversation, seq):
            seq = page[-1].seq
            last = max((one.seq for one in page if one.sender == "citizen"), default=last)
        return last

    async def _show(self, sid: str, conversation: str, shown: int) -> None:
        """Every message once and in order, until the widget goes or the service stops."""
        try:
            with self._parts.hub.watch(conversation) as watch:
                await self._follow(sid, conversation, shown, watch)
            await self._server.disconnect(sid)
        except Exception as error:  # noqa: BLE001 - as in _safely
            log_failure(_LOG, "widget failed", error)
            await self._server.disconnect(sid)

    async def _follow(self, sid: str, conversation: str, shown: int, watch: Watch) -> None:
        ended = False
        while not ended:
            while missed := await self._parts.conversations.after(conversation, shown):
                for message in missed:
                    shown = message.seq
                    await self._say(sid, message)
            while True:
                event = await watch.next()
                ended = event is None
                if event is None or (event.message is not None and event.message.seq > shown):
                    break

    async def _say(self, sid: str, message: Message) -> None:
        if message.sender != "citizen":
            for piece in render(message, CAPABILITIES, self._parts.links):
                for uttered in bot_uttered(piece, message):
                    await self._emit(sid, uttered)
        self._shown[message.conversation] = max(message.seq, self._shown.get(message.conversation, 0))
        self._shown.move_to_end(message.conversation)
        if len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)

    async def _emit(self, sid: str, uttered: Mapping[str, Any]) -> None:
        await self._server.emit("bot_uttered", dict(uttered), to=sid)


class _Widget:
    """One that is connected."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.conversation: Conversation | None = None
        self.showing: asyncio.Future[None] | None = None
        self.said = 0

    def stop(self) -> None:
        """Show no more."""
        if self.showing is not None:
            self.showing.cancel()


def _object(said: tuple[Any, ...]) -> Mapping[str, Any]:
    """The event's first argument where it is an object; some widgets send none."""
    return said[0] if said and isinstance(said[0], dict) else {}
