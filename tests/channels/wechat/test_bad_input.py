"""Bad callbacks over HTTP: refused, without a trace of what they said in the log."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.settings import Settings
from channels.wechat.envelope import Envelope
from channels.wechat.signature import sign
from channels.wechat.simulator.pushing import Pushing
from channels.wechat.xml import write_xml
from tests.channels.wechat.test_callback import BOMBS
from tests.fakes.wechat import TOKEN, World, world

SECRET_WORDS = "这句话谁也不该在日志里看到"


@pytest.fixture
async def wechat(settings: Settings, caplog: pytest.LogCaptureFixture) -> AsyncIterator[World]:
    """A service in safe mode; at the end it answers still, and nothing of anybody is in the log."""
    caplog.set_level(logging.DEBUG)
    async with world(settings, "safe") as made:
        yield made
        assert (await made.provider.say(made.openid(), "你好")).heard
    # The test server writes an access log of its own; `channels.server.listen` has none.
    foreign = ("asyncio", "aiohttp.access")
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith(foreign))
    for words in (SECRET_WORDS, "你好", "etc/passwd", "xmlxml", "Traceback", TOKEN):
        assert words not in ours


async def post(made: World, body: bytes, **query: str) -> int:
    stamp = str(int(time.time()))
    signed = {"signature": sign(TOKEN, stamp, "n"), "timestamp": stamp, "nonce": "n", "encrypt_type": "aes"}
    async with (
        ClientSession() as http,
        http.post(made.provider.service_url, params=signed | query, data=body) as answer,
    ):
        assert await answer.text() == ""
        return answer.status


@pytest.mark.parametrize("name", BOMBS)
async def test_bombs(wechat: World, name: str) -> None:
    assert await post(wechat, BOMBS[name].encode()) in (400, 403)


async def test_a_megabyte_is_not_read(wechat: World) -> None:
    assert await post(wechat, b"<xml><a>" + b"x" * 2**20 + b"</a></xml>") == 403


async def test_sealed_for_nobody_wrong_padding_and_broken_text(wechat: World) -> None:
    account, stamp = wechat.provider.account, str(int(time.time()))
    assert account.key is not None
    good = Envelope(account.key, account.appid)
    for sealed, status in (
        (Envelope(account.key, "wxOther").seal("<xml><a>1</a></xml>"), 403),
        (Envelope(bytes(32), account.appid).seal("<xml><a>1</a></xml>"), 403),
        ("AAAA", 403),
        ("", 403),
        ("不是", 403),
        (good.seal(SECRET_WORDS), 400),
        (good.seal(write_xml({"Content": SECRET_WORDS})), 400),
    ):
        signature = sign(TOKEN, stamp, "n", sealed)
        body = write_xml({"Encrypt": sealed}).encode()
        assert await post(wechat, body, timestamp=stamp, msg_signature=signature) == status


async def test_stale_and_forged(wechat: World) -> None:
    async with ClientSession() as http:
        pushing = Pushing(wechat.provider.account, "safe", http)
        fields: dict[str, str | int] = {"ToUserName": "gh", "FromUserName": "oX", "CreateTime": 1, "MsgType": "text"}
        fields |= {"Content": SECRET_WORDS, "MsgId": "1"}
        for at, change in ((int(time.time()) - 3600, {}), (None, {"msg_signature": "f" * 40}), (None, {"nonce": "x"})):
            query, body = pushing.signed("oX", fields, at)
            async with http.post(wechat.provider.service_url, params=query | change, data=body.encode()) as answer:
                assert answer.status == 403
    assert wechat.engine.turns == []


async def test_many_at_once_hold_up_nobody(wechat: World) -> None:
    bad = [post(wechat, BOMBS["deep"].encode()) for _ in range(50)]
    good = wechat.provider.say(wechat.openid(), "你好")
    pushed, *_ = await asyncio.gather(good, *bad)
    assert pushed.heard
    assert pushed.seconds < 1.5
