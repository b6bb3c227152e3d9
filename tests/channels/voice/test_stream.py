"""The media WebSocket over the real web server: who may open it, and a call on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError, encode_basic_auth
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from channels.voice.stream import add_stream
from channels.voice.wiring import telephone
from tests.fakes.echo import echo
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine

PATH = "/channels/voice/stream"
PASSWORD = "long enough 密码"
KNOWN = {"Authorization": encode_basic_auth("faxian", PASSWORD)}
HELLO = {"callSid": "a-sid", "from": "13800138000", "to": "12348", "sampleRate": 8000, "mixType": "mono"}


@pytest.fixture
async def http(settings: Settings) -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    clock = SystemClock()
    app = create_app(settings, clock=clock, database=Database(settings.store_url), engine=FakeEngine(), laws=FakeLaws())
    add_stream(app, telephone(settings, echo, clock).sockets, PASSWORD)
    async with TestClient(TestServer(app)) as client:
        yield client


async def hear(socket: ClientWebSocketResponse, wanted: bytes) -> None:
    """Until these bytes have come back."""
    heard = b""
    while wanted not in heard:
        message = await socket.receive(timeout=10)
        assert message.type is WSMsgType.BINARY
        heard += message.data


@pytest.mark.parametrize("protocol", ["audio.jambonz.org", "audio.drachtio.org"])
async def test_a_call_by_jambonz_or_freeswitch(http: TestClient, protocol: str) -> None:  # type: ignore[type-arg]
    async with http.ws_connect(PATH, headers=KNOWN, protocols=(protocol,)) as socket:
        assert socket.protocol == protocol
        await socket.send_json(HELLO)
        sound = bytes(range(160)) * 2
        await socket.send_bytes(sound)
        await hear(socket, sound)


async def test_the_service_stops_in_the_middle_of_a_call(http: TestClient) -> None:  # type: ignore[type-arg]
    socket = await http.ws_connect(PATH, headers=KNOWN)
    await socket.send_json(HELLO)
    await socket.send_bytes(b"\1\2" * 160)
    await hear(socket, b"\1\2" * 160)
    await http.server.close()
    message = await socket.receive(timeout=10)
    assert message.type is WSMsgType.TEXT
    assert message.json() == {"type": "disconnect"}
    await socket.close()


@pytest.mark.parametrize("auth", ["", encode_basic_auth("faxian", "wrong"), encode_basic_auth("other", PASSWORD)])
async def test_without_the_password_nobody_comes_in(http: TestClient, auth: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(WSServerHandshakeError) as refused:
        await http.ws_connect(PATH, headers={"Authorization": auth} if auth else {})
    assert refused.value.status == 401


async def test_guessing_is_slowed_down(http: TestClient) -> None:  # type: ignore[type-arg]
    statuses = []
    for _ in range(40):
        async with http.get(PATH) as answer:
            statuses.append(answer.status)
    assert set(statuses) == {401, 429}


async def test_it_is_not_there_unless_wanted(settings: Settings) -> None:
    database = Database(settings.store_url)
    app = create_app(settings, clock=SystemClock(), database=database, engine=FakeEngine(), laws=FakeLaws())
    async with TestClient(TestServer(app)) as client, client.get(PATH) as answer:
        assert answer.status == 404
