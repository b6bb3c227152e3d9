"""What every way out must do, run against each that this repository has; a new one is added to `ways`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.clock import SHANGHAI
from bot.dialogue.engine import Part
from bot.message import Message
from channels.capabilities import Capabilities
from channels.hub import Hub
from channels.outbox import Channel, DeliveryFailed, PieceChannel, WebChannel
from channels.rendering import render
from tests.chaos.killable import HttpChannel

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


ways = {"web": _web, "http": _http}


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
        assert seen.keys == [f"key/{number}" for number in range(len(pieces))], "the key goes with the piece"
        limit = channel.capabilities.text_bytes
        assert limit is None or all(len(text.encode()) <= limit for text in seen.texts)
    else:
        await channel.send(MESSAGE, "")
        await collect()
        assert seen.texts == [MESSAGE.text]
    assert "哪一种？" in seen.texts[-1]
