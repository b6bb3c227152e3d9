"""What every way out must do, run against each that this repository has; a new one is added to `ways`."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.apps import Apps
from bot.clock import SHANGHAI, SystemClock
from bot.dialogue.engine import Part
from bot.message import Message
from bot.settings import Settings
from bot.store.apps import AppStore
from bot.store.contacts import ContactStore
from bot.store.database import Database
from bot.store.provider_tokens import TokenStore
from channels.api.webhook import WebhookChannel
from channels.capabilities import Capabilities
from channels.channel import Channel, PieceChannel
from channels.delivery import DeliveryFailed
from channels.hub import Hub
from channels.providers.http import Http
from channels.rendering import Piece, render
from channels.web.channel import WebChannel
from channels.wechat.account import Account
from channels.wechat.channel import WeChatChannel
from channels.wechat.kf.channel import KfChannel
from channels.wechat.kf.service import Service
from channels.wechat.official import Official
from channels.wechat.quota import Quota
from channels.wechat.simulator.kf import KfProvider
from channels.wechat.simulator.provider import Provider
from channels.weibo.account import Account as WeiboAccount
from channels.weibo.channel import WeiboChannel, Window
from channels.weibo.service import Service as WeiboService
from tests.chaos.killable import HttpChannel
from tests.fakes.wechat import with_kf, with_wechat
from tests.fakes.weibo import provider as weibo

MESSAGE = Message(
    "c" * 32,
    3,
    "bot",
    "m",
    datetime(2026, 11, 23, tzinfo=SHANGHAI),
    (Part("text", "这是一句话。" * 60), Part("choices", "哪一种？", ("甲", "乙"))),
    "web",
)


class Seen:
    """What came out at the other end."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.keys: list[str] = []


async def _web(seen: Seen) -> tuple[Channel | PieceChannel, Callable[[], Any]]:
    hub = Hub()
    watching = hub.watch(MESSAGE.conversation)
    watch = watching.__enter__()

    async def collect() -> None:
        event = await asyncio.wait_for(watch.next(), 5)
        assert event is not None
        assert event.message is not None
        seen.texts.append(event.message.text)
        watching.__exit__(None, None, None)

    return WebChannel(hub), collect


async def _http(seen: Seen) -> tuple[Channel | PieceChannel, Callable[[], Any]]:
    async def take(request: web.Request) -> web.Response:
        told = await request.json()
        if told["person"] == "busy":
            return web.json_response({"busy": True})
        seen.texts.append(told["text"])
        seen.keys.append(told["key"])
        return web.json_response({"busy": False})

    app = web.Application()
    app.router.add_post("/send", take)
    server = TestServer(app)
    await server.start_server()
    channel = HttpChannel(str(server.make_url("")).rstrip("/"))
    with pytest.raises(DeliveryFailed) as busy:
        await channel.send_piece(render(MESSAGE, channel.capabilities)[0], "busy", "k")
    assert busy.value.retry_after is not None

    async def collect() -> None:
        await channel.close()
        await server.close()

    return channel, collect


async def _store() -> tuple[Database, tempfile.TemporaryDirectory[str]]:
    folder = tempfile.TemporaryDirectory()
    database = Database(f"sqlite:///{folder.name}/faxian.db")
    await database.open()
    return database, folder


async def _wechat(seen: Seen) -> tuple[Channel | PieceChannel, Callable[[], Any]]:
    account = Account.of(with_wechat(Settings(), ""))
    assert account is not None
    (database, folder), provider, http, clock = await _store(), Provider(account, ""), Http(), SystemClock()
    account = replace(account, api=await provider.start())
    provider.phone("person").wrote(clock.now().timestamp())
    official = Official(account, http, TokenStore(database), clock)
    channel = WeChatChannel(official, Quota(ContactStore(database, "wechat"), clock))
    with pytest.raises(DeliveryFailed) as unknown:
        await channel.send_piece(render(MESSAGE, channel.capabilities)[0], "nobody", "k")
    assert unknown.value.final

    async def collect() -> None:
        seen.texts += provider.phone("person").texts
        await http.close()
        await provider.stop()
        await database.close()
        folder.cleanup()

    return channel, collect


async def _kf(seen: Seen) -> tuple[Channel | PieceChannel, Callable[[], Any]]:
    account = Account.of_service(with_kf(Settings(), ""))
    assert account is not None
    (database, folder), provider, http, clock = await _store(), KfProvider(account, ""), Http(), SystemClock()
    account = replace(account, api=await provider.start())
    provider.write("person", content="你好")
    service = Service(account, http, TokenStore(database), clock)
    inner = KfChannel(service, Quota(ContactStore(database, "wechat_kf"), clock))

    class Twice:
        """Each piece is sent twice under its key: the provider shows it once."""

        capabilities = inner.capabilities

        async def send_piece(self, piece: Piece, address: str, key: str) -> None:
            for _ in range(2):
                await inner.send_piece(piece, f"wkA/{address}", key)
            seen.keys.append(key)

    async def collect() -> None:
        seen.texts += provider.phone("person").texts
        await http.close()
        await provider.stop()
        await database.close()
        folder.cleanup()

    return Twice(), collect


async def _weibo(seen: Seen) -> tuple[Channel | PieceChannel, Callable[[], Any]]:
    (database, folder), provider, http, clock = await _store(), weibo.Provider(), Http(), SystemClock()
    api = await provider.start()
    account = WeiboAccount(weibo.APP_KEY, weibo.SECRET, weibo.TOKEN, api, api)
    channel = WeiboChannel(WeiboService(account, http), Window(ContactStore(database, "weibo"), clock))

    async def collect() -> None:
        seen.texts += [one.text for one in provider.shown["person"]]
        await http.close()
        await provider.stop()
        await database.close()
        folder.cleanup()

    return channel, collect


async def _app(seen: Seen) -> tuple[Channel | PieceChannel, Callable[[], Any]]:
    database, folder = await _store()

    async def take(request: web.Request) -> web.Response:
        told = await request.json()
        seen.texts.append("\n".join(part["text"] for part in told["message"]["parts"]))
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/told", take)
    server = TestServer(app)
    await server.start_server()
    apps = Apps(AppStore(database), SystemClock())
    await apps.add("person", str(server.make_url("/told")))
    channel = WebhookChannel(apps, SystemClock())

    async def collect() -> None:
        await channel.close()
        await server.close()
        await database.close()
        folder.cleanup()

    return channel, collect


ways = {"web": _web, "app": _app, "http": _http, "wechat": _wechat, "wechat_kf": _kf, "weibo": _weibo}
WITHOUT_IDS = ("wechat", "weibo")
"""Their providers take no id with a message."""


@pytest.mark.parametrize("name", ways)
async def test_all_of_a_message_arrives_within_what_the_channel_can_show(name: str) -> None:
    seen = Seen()
    channel, collect = await ways[name](seen)
    assert isinstance(channel.capabilities, Capabilities)
    if isinstance(channel, PieceChannel):
        pieces = render(MESSAGE, channel.capabilities)
        for number, piece in enumerate(pieces):
            await channel.send_piece(piece, "person", f"key/{number}")
        await collect()
        assert seen.texts == [piece.text for piece in pieces]
        keys = [] if name in WITHOUT_IDS else [f"key/{number}" for number in range(len(pieces))]
        assert seen.keys == keys, "the key goes with the piece"
        limit = channel.capabilities.text_bytes
        assert limit is None or all(len(text.encode()) <= limit for text in seen.texts)
    else:
        await channel.send(MESSAGE, "person")
        await collect()
        assert seen.texts == [MESSAGE.text]
    assert "哪一种？" in seen.texts[-1]
