"""The parts of WeChat on one store: what is set up is on, the rest says that it is off."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.conversation import Conversations
from bot.evidence import Evidence
from bot.settings import Settings
from bot.store.answered import AnsweredStore
from bot.store.contacts import ContactStore
from bot.store.database import Database
from bot.store.incoming_media import MediaStore
from bot.store.provider_tokens import TokenStore
from bot.store.subscriptions import SubscriptionStore
from channels.channel import PieceChannel
from channels.inbox import Inbox
from channels.providers.fetching import Fetching
from channels.providers.http import Http
from channels.providers.passive import Passive
from channels.providers.saying import Saying
from channels.rendering import Links
from channels.wechat.account import Account
from channels.wechat.callback import Callbacks
from channels.wechat.channel import WeChatChannel, in_one
from channels.wechat.endpoint import Endpoint
from channels.wechat.front import Front
from channels.wechat.kf.channel import KfChannel
from channels.wechat.kf.endpoint import KfEndpoint
from channels.wechat.kf.front import KfFront
from channels.wechat.kf.service import Service
from channels.wechat.kf.syncing import Syncing
from channels.wechat.official import Official
from channels.wechat.quota import Quota
from channels.wechat.subscribe import Subscriptions
from voice.recognizer import Recognizer

_LOG = logging.getLogger(__name__)
OFFICIAL, KF = "wechat", "wechat_kf"


class WeChat:
    """Both accounts. The channels are there from the beginning, what comes in needs the inbox and is made by
    `listen`."""

    def __init__(self, settings: Settings, database: Database, clock: Clock, recognizer: Recognizer | None) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._recognizer = recognizer
        self._http = Http()
        self._tasks: list[Callable[[], Coroutine[Any, Any, None]]] = []
        self._running: list[asyncio.Task[None]] = []
        self._passive: Passive | None = None
        self.channels: dict[str, PieceChannel] = {}
        tokens = TokenStore(database)
        self._account, self._service_account = Account.of(settings), Account.of_service(settings)
        if self._account is not None:
            self._contacts = ContactStore(database, OFFICIAL)
            self._official = Official(self._account, self._http, tokens, clock)
            self._subscriptions = Subscriptions(self._official, self._contacts, settings.wechat_template)
            self._quota = Quota(self._contacts, clock)
            self.channels[OFFICIAL] = WeChatChannel(self._official, self._quota, self._subscriptions)
        else:
            _LOG.info("wechat is off: set WECHAT_TOKEN, WECHAT_APPID and WECHAT_SECRET")
        if self._service_account is not None:
            self._kf_contacts = ContactStore(database, KF)
            self._service = Service(self._service_account, self._http, tokens, clock)
            self._kf_quota = Quota(self._kf_contacts, clock)
            self.channels[KF] = KfChannel(self._service, self._kf_quota)
        else:
            _LOG.info(
                "wechat customer service is off: set WECHAT_KF_CORPID, WECHAT_KF_TOKEN, WECHAT_KF_SECRET and "
                "WECHAT_KF_AES_KEY"
            )

    def listen(
        self,
        router: web.UrlDispatcher,
        inbox: Inbox,
        conversations: Conversations,
        evidence: Evidence,
        wake: Callable[[], None],
        links: Links,
    ) -> None:
        """Put the addresses that are called on the router."""
        if self._account is not None:
            saying = Saying(OFFICIAL, inbox, conversations)
            answered = AnsweredStore(self._database)
            self._passive = Passive(answered, self._clock, wake, links, WeChatChannel.capabilities, in_one)
            fetching = self._fetching(OFFICIAL, self._official, saying, evidence)
            front = Front(
                saying,
                self._passive,
                self._quota,
                self._contacts,
                MediaStore(self._database, OFFICIAL),
                fetching.wake,
                self._subscriptions,
                SubscriptionStore(self._database).left,
                self._clock,
                hears=self._recognizer is not None,
            )
            endpoint = Endpoint(Callbacks(self._account, self._clock), front, self._passive, self._clock)
            router.add_get("/channels/wechat", endpoint.check, allow_head=False)
            router.add_post("/channels/wechat", endpoint.receive)
            self._tasks += [fetching.run, self._passive.begin]
        if self._service_account is not None:
            saying = Saying(KF, inbox, conversations)
            fetching = self._fetching(KF, self._service, saying, evidence)
            kf_front = KfFront(
                self._service,
                saying,
                self._kf_quota,
                self._kf_contacts,
                MediaStore(self._database, KF),
                fetching.wake,
                self._clock,
                hears=self._recognizer is not None,
            )
            syncing = Syncing(self._service, kf_front, self._kf_contacts, self._clock)
            kf_endpoint = KfEndpoint(Callbacks(self._service_account, self._clock), syncing)
            router.add_get("/channels/wechat/kf", kf_endpoint.check, allow_head=False)
            router.add_post("/channels/wechat/kf", kf_endpoint.receive)
            self._tasks += [fetching.run, syncing.run]

    def _fetching(self, channel: str, source: Official | Service, saying: Saying, evidence: Evidence) -> Fetching:
        return Fetching(
            MediaStore(self._database, channel),
            source,
            saying,
            evidence,
            self._recognizer,
            self._clock,
            self._settings.max_file,
        )

    def start(self) -> None:
        """Begin what runs behind, the store being open."""
        self._running = [asyncio.create_task(task()) for task in self._tasks]

    async def stop(self) -> None:
        """End it, while the store is open."""
        for task in self._running:
            task.cancel()
        for task in self._running:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._passive is not None:
            await self._passive.stop()
        await self._http.close()
