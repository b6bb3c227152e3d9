"""The parts of Weibo on one store, where it is set up."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable

from aiohttp import web

from bot.clock import Clock
from bot.conversation import Conversations
from bot.evidence import Evidence
from bot.settings import Settings
from bot.store.answered import AnsweredStore
from bot.store.contacts import ContactStore
from bot.store.database import Database
from bot.store.incoming_media import MediaStore
from channels.channel import PieceChannel
from channels.inbox import Inbox
from channels.providers.fetching import Fetching
from channels.providers.http import Http
from channels.providers.passive import Passive
from channels.providers.saying import Saying
from channels.rendering import Links
from channels.weibo.account import Account
from channels.weibo.channel import WeiboChannel, Window, in_one
from channels.weibo.endpoint import Endpoint
from channels.weibo.front import Front
from channels.weibo.service import Service
from channels.weibo.signature import Signatures
from voice.recognizer import Recognizer

_LOG = logging.getLogger(__name__)
CHANNEL = "weibo"


class Weibo:
    """The channel is there from the beginning, what comes in needs the inbox and is made by `listen`."""

    def __init__(self, settings: Settings, database: Database, clock: Clock, recognizer: Recognizer | None) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._recognizer = recognizer
        self._http = Http()
        self._fetching: Fetching | None = None
        self._passive: Passive | None = None
        self._running: asyncio.Task[None] | None = None
        self.channels: dict[str, PieceChannel] = {}
        self._account = Account.of(settings)
        if self._account is None:
            _LOG.info("weibo is off: set WEIBO_APP_KEY, WEIBO_SECRET and WEIBO_TOKEN")
            return
        self._service = Service(self._account, self._http)
        self._window = Window(ContactStore(database, CHANNEL), clock)
        self.channels[CHANNEL] = WeiboChannel(self._service, self._window)

    def listen(
        self,
        router: web.UrlDispatcher,
        inbox: Inbox,
        conversations: Conversations,
        evidence: Evidence,
        wake: Callable[[], None],
        links: Links,
    ) -> None:
        """Put the address that is called on the router."""
        if self._account is None:
            return
        saying = Saying(CHANNEL, inbox, conversations)
        media = MediaStore(self._database, CHANNEL)
        # Weibo too waits five seconds, asks three times, and takes an empty response for: do not ask again.
        answered = AnsweredStore(self._database)
        self._passive = Passive(answered, self._clock, wake, links, WeiboChannel.capabilities, in_one)
        self._fetching = Fetching(
            media, self._service, saying, evidence, self._recognizer, self._clock, self._settings.max_file
        )
        hears = self._recognizer is not None
        front = Front(saying, self._passive, self._window, media, self._fetching.wake, self._clock, hears=hears)
        endpoint = Endpoint(Signatures(self._account.secret, self._clock), front, self._passive, self._clock)
        router.add_get("/channels/weibo", endpoint.check, allow_head=False)
        router.add_post("/channels/weibo", endpoint.receive)

    def start(self) -> None:
        """Begin what runs behind, the store being open."""
        if self._fetching is not None:
            self._running = asyncio.create_task(self._fetching.run())

    async def stop(self) -> None:
        """End it, while the store is open."""
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        if self._passive is not None:
            await self._passive.stop()
        await self._http.close()
