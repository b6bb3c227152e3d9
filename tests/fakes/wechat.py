"""A service with WeChat on, and the provider's simulator beside it, for tests that run the whole way."""

from __future__ import annotations

import base64
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp.test_utils import TestServer

from bot.clock import SystemClock
from bot.dialogue.engine import DialogueEngine
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from channels.wechat.account import Account
from channels.wechat.simulator.kf import KfProvider
from channels.wechat.simulator.provider import Provider
from channels.wechat.simulator.pushing import Mode
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine
from voice.recognizer import Recognizer

AES_KEY = base64.b64encode(bytes(range(32))).decode()[:43]
TOKEN, APPID, SECRET = "token of the tests", "wx0123456789abcdef", "secret of the tests"
CORPID, KF_SECRET = "ww0123456789abcdef", "secret of the enterprise"


def with_wechat(settings: Settings, api: str, mode: Mode = "plain") -> Settings:
    """Settings with the official account on."""
    return replace(
        settings,
        wechat_token=TOKEN,
        wechat_appid=APPID,
        wechat_secret=SECRET,
        wechat_aes_key="" if mode == "plain" else AES_KEY,
        wechat_api_base=api or "http://127.0.0.1:9",
    )


def with_kf(settings: Settings, api: str) -> Settings:
    """Settings with customer service on."""
    return replace(
        settings,
        wechat_kf_token=TOKEN,
        wechat_kf_corpid=CORPID,
        wechat_kf_secret=KF_SECRET,
        wechat_kf_aes_key=AES_KEY,
        wechat_kf_api_base=api or "http://127.0.0.1:9",
    )


def environment(api: str, mode: Mode = "plain") -> dict[str, str]:
    """The same for a process of its own."""
    made = with_wechat(Settings(), api, mode)
    names = ("wechat_token", "wechat_appid", "wechat_secret", "wechat_aes_key", "wechat_api_base")
    return {name.upper(): str(getattr(made, name)) for name in names} | {"RATE_CHANNEL_PER_MINUTE": "0"}


@dataclass
class World:
    """Provider and service. `stop` and `start` are a restart of the service on the same store."""

    provider: Provider
    settings: Settings
    engine: Any
    recognizer: Recognizer | None = None
    servers: list[TestServer] = field(default_factory=list)

    async def start(self) -> TestServer:
        """One more process of the service, as far as one process can be two."""
        app = create_app(
            self.settings,
            clock=SystemClock(),
            database=Database(self.settings.store_url),
            engine=self.engine,
            laws=FakeLaws(),
            recognizer=self.recognizer,
        )
        server = TestServer(app)
        await server.start_server()
        self.servers.append(server)
        self.provider.service_url = self.address(server)
        return server

    async def stop(self, server: TestServer) -> None:
        """One process less."""
        self.servers.remove(server)
        await server.close()

    @staticmethod
    def address(server: TestServer) -> str:
        """Where the provider calls that process."""
        return str(server.make_url("/channels/wechat"))

    @staticmethod
    def openid() -> str:
        """Somebody new."""
        return f"o{secrets.token_hex(13)}"


@asynccontextmanager
async def world(
    settings: Settings,
    mode: Mode = "plain",
    engine: DialogueEngine | None = None,
    recognizer: Recognizer | None = None,
    **options: Any,
) -> AsyncIterator[World]:
    """Both started."""
    account = Account.of(with_wechat(settings, "", mode))
    assert account is not None
    provider = Provider(account, "", mode, **options)
    async with AsyncExitStack() as stack:
        api = await provider.start()
        stack.push_async_callback(provider.stop)
        made = World(provider, with_wechat(settings, api, mode), engine or FakeEngine(), recognizer)
        await made.start()
        yield made
        for server in list(made.servers):
            await made.stop(server)


@asynccontextmanager
async def kf_world(settings: Settings, engine: DialogueEngine | None = None) -> AsyncIterator[tuple[KfProvider, Any]]:
    """A service with customer service on, and its provider; and how to start the service anew."""
    account = Account.of_service(with_kf(settings, ""))
    assert account is not None
    provider = KfProvider(account, "")
    api = await provider.start()
    servers: list[TestServer] = []

    async def restart() -> TestServer:
        while servers:
            await servers.pop().close()
        app = create_app(
            with_kf(settings, api),
            clock=SystemClock(),
            database=Database(settings.store_url),
            engine=engine or FakeEngine(),
            laws=FakeLaws(),
        )
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        provider.service_url = str(server.make_url("/channels/wechat/kf"))
        return server

    await restart()
    try:
        yield provider, restart
    finally:
        for server in servers:
            await server.close()
        await provider.stop()
