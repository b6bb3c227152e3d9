"""What channels promise the outbox of refusals and odd text; test_channel.py has what every way out must do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.apps import Apps
from bot.clock import SystemClock
from bot.dialogue.engine import Part
from bot.message import Message
from bot.store.apps import AppStore
from bot.store.contacts import ContactStore
from bot.store.database import Database
from channels.api.webhook import WebhookChannel
from channels.channel import Channel, PieceChannel
from channels.delivery import DeliveryFailed
from channels.hub import Hub
from channels.providers.http import Http
from channels.rendering import render
from channels.web.channel import WebChannel
from channels.weibo.account import Account
from channels.weibo.channel import WeiboChannel, Window
from channels.weibo.service import Service
from tests.fakes.weibo.provider import APP_KEY, SECRET, TOKEN, Provider

LONG = "您好。" * 2000 + "END"


@dataclass
class Case:
    """A channel, and its provider's side."""

    channel: Channel | PieceChannel
    address: str
    shown: Callable[[], list[str]]
    """What the citizen sees, message by message."""
    refuse: Callable[[], None] | None
    """The next call is refused for the moment; None where nothing can be."""

    async def send(self, *texts: str) -> None:
        """As the outbox does."""
        parts = tuple(Part("text", text) for text in texts)
        message = Message("0" * 32, 1, "bot", "m", SystemClock().now(), parts, "x")
        if isinstance(self.channel, PieceChannel):
            for number, piece in enumerate(render(message, self.channel.capabilities)):
                await self.channel.send_piece(piece, self.address, str(number))
        else:
            await self.channel.send(message, self.address)


@asynccontextmanager
async def _database(folder: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{folder / 'faxian.db'}")
    await database.open()
    yield database
    await database.close()


@asynccontextmanager
async def _web(_folder: Path) -> AsyncIterator[Case]:
    hub, seen = Hub(), list[str]()
    with hub.watch("0" * 32) as watch:

        def shown() -> list[str]:
            while watch._queue.qsize():
                event = watch._queue.get_nowait()
                assert event is not None
                assert event.message is not None
                seen.append(event.message.text)
            return seen

        yield Case(WebChannel(hub), "", shown, None)


@asynccontextmanager
async def _webhook(folder: Path) -> AsyncIterator[Case]:
    seen, answers = list[str](), list[int]()

    async def told(request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        if answers:
            return web.Response(status=answers.pop())
        seen.append("\n".join(part["text"] for part in body["message"]["parts"]))
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/told", told)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(_database(folder))
        server = await stack.enter_async_context(TestServer(app))
        apps = Apps(AppStore(database), SystemClock())
        await apps.add("province", str(server.make_url("/told")))
        channel = WebhookChannel(apps, SystemClock())
        stack.push_async_callback(channel.close)
        yield Case(channel, "province/1", lambda: seen, lambda: answers.append(500))


@asynccontextmanager
async def _weibo(folder: Path) -> AsyncIterator[Case]:
    provider, http = Provider(), Http()
    async with _database(folder) as database:
        api = await provider.start()
        service = Service(Account(APP_KEY, SECRET, TOKEN, api, api), http)
        channel = WeiboChannel(service, Window(ContactStore(database, "weibo"), SystemClock()))
        shown = provider.shown["1"]
        yield Case(channel, "1", lambda: [one.text for one in shown], lambda: provider.refusals.append(1))
        await http.close()
        await provider.stop()


@pytest.fixture(params=[_web, _webhook, _weibo], ids=lambda made: made.__name__.strip("_"))
async def case(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Case]:
    async with request.param(tmp_path) as made:
        yield made


async def test_what_is_sent_is_seen(case: Case) -> None:
    await case.send("您好", "🙂 <b>&amp; ]]> \\")
    assert "".join(case.shown()).replace("\n", "") == "您好🙂 <b>&amp; ]]> \\"


async def test_long_text_comes_whole_and_in_order(case: Case) -> None:
    await case.send(LONG)
    assert "".join(case.shown()).replace("\n", "") == LONG


async def test_a_refusal_is_told_and_says_nothing_of_the_message(case: Case) -> None:
    if case.refuse is None:
        await case.send("我丈夫打我")
        return
    case.refuse()
    with pytest.raises(DeliveryFailed) as failed:
        await case.send("我丈夫打我")
    assert "丈夫" not in str(failed.value)
    assert not failed.value.final
    await case.send("我丈夫打我")
    assert case.shown() == ["我丈夫打我"]


async def test_half_a_character_stops_nothing(case: Case) -> None:
    await case.send("您好\ud800")
    assert case.shown()[0].startswith("您好")
