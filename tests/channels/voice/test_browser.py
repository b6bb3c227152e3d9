"""Calls by microphone over the real web server: who may call, and how one is told that one may not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from channels.services import SERVICES
from channels.tickets import LIFE
from channels.voice.browser import add_browser
from channels.voice.wiring import answering, telephone
from tests.fakes.clock import VirtualClock
from tests.fakes.echo import echo
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.talking import Loudness, ScriptedRecognizer, ScriptedSynthesizer

PATH = "/channels/voice/browser"
Http = TestClient  # type: ignore[type-arg]


@pytest.fixture
def clock() -> VirtualClock:
    """The service's, but for the telephone."""
    return VirtualClock()


@pytest.fixture
async def http(settings: Settings, clock: VirtualClock) -> AsyncIterator[Http]:
    app = create_app(settings, clock=clock, database=Database(settings.store_url), engine=FakeEngine(), laws=FakeLaws())
    add_browser(app, telephone(settings, echo, SystemClock()).browsers, 2)
    async with TestClient(TestServer(app)) as client:
        yield client


def _origin(http: Http) -> str:
    return f"http://{http.host}:{http.port}"


async def _ticket(http: Http) -> str:
    opened = await http.app[SERVICES].conversations.create("web")  # type: ignore[union-attr]
    async with http.post(f"{PATH}/ticket", headers={"Authorization": f"Bearer {opened.token}"}) as answer:
        assert answer.status == 200
        told = await answer.json()
    assert told["ticket"].startswith(opened.conversation.id)
    assert told["expires_in"] == LIFE
    return str(told["ticket"])


async def _call(http: Http, ticket: str, origin: str = "") -> ClientWebSocketResponse:
    socket = await http.ws_connect(PATH, headers={"Origin": origin or _origin(http)})
    await socket.send_json({"type": "call", "ticket": ticket})
    return socket


async def _told(socket: ClientWebSocketResponse) -> dict[str, str]:
    message = await socket.receive(timeout=10)
    assert message.type is WSMsgType.TEXT
    told: dict[str, str] = message.json()
    return told


async def test_what_is_said_comes_back(http: Http) -> None:
    async with await _call(http, await _ticket(http)) as socket:
        assert await _told(socket) == {"type": "answered"}
        sound = bytes(range(160)) * 4
        await socket.send_bytes(sound)
        message = await socket.receive(timeout=10)
        assert message.data == sound


async def test_the_service_stops_in_the_middle_of_a_call(http: Http) -> None:
    socket = await _call(http, await _ticket(http))
    assert await _told(socket) == {"type": "answered"}
    await http.server.close()
    assert await _told(socket) == {"type": "end"}
    await socket.close()


async def test_the_bot_answers(settings: Settings) -> None:
    clock, voice = SystemClock(), ScriptedSynthesizer()
    app = create_app(settings, clock=clock, database=Database(settings.store_url), engine=FakeEngine(), laws=FakeLaws())
    phone = answering(app[SERVICES], voice, [ScriptedRecognizer()], Loudness)
    add_browser(app, telephone(settings, phone.answer, clock).browsers, 2)
    async with TestClient(TestServer(app)) as client, await _call(client, await _ticket(client)) as socket:
        assert await _told(socket) == {"type": "answered"}
        message = await socket.receive(timeout=10)
        assert message.type is WSMsgType.BINARY
        assert len(message.data) == 640
    assert "通话会录音" in voice.said[0]


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", "http://127.0.0.1.evil.example"])
async def test_pages_of_others_cannot_call(http: Http, origin: str) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await http.ws_connect(PATH, headers={"Origin": origin} if origin else {})
    assert refused.value.status == 403


async def test_sites_that_may_show_the_chat_and_the_public_address_can(settings: Settings) -> None:
    settings = replace(settings, web_origins="https://www.example.gov.cn", public_url="https://faxian.example.org/")
    database = Database(settings.store_url)
    app = create_app(settings, clock=SystemClock(), database=database, engine=FakeEngine(), laws=FakeLaws())
    add_browser(app, telephone(settings, echo, SystemClock()).browsers, 2)
    async with TestClient(TestServer(app)) as client:
        for origin in ("https://www.example.gov.cn", "https://faxian.example.org"):
            async with await _call(client, await _ticket(client), origin) as socket:
                assert await _told(socket) == {"type": "answered"}


async def test_a_ticket_is_for_its_conversation_for_calls_and_for_minutes(http: Http, clock: VirtualClock) -> None:
    ticket = await _ticket(http)
    conversation, _, rest = ticket.partition(".")
    other = await _ticket(http)
    tickets = http.app[SERVICES].tickets  # type: ignore[union-attr]
    wrong = ["", "x", f"{other.partition('.')[0]}.{rest}", f"{conversation}.{tickets.issue(conversation)}"]
    for one in wrong:
        async with await _call(http, one) as socket:
            assert await _told(socket) == {"type": "refused"}
    clock.advance(LIFE + 1)
    async with await _call(http, ticket) as socket:
        assert await _told(socket) == {"type": "refused"}


@pytest.mark.parametrize("first", ["[", "[]", "{}", '{"type": "call", "ticket": 7}', b"\0\0"])
async def test_what_does_not_begin_with_a_call_is_refused(http: Http, first: str | bytes) -> None:
    async with http.ws_connect(PATH, headers={"Origin": _origin(http)}) as socket:
        await (socket.send_bytes(first) if isinstance(first, bytes) else socket.send_str(first))
        assert await _told(socket) == {"type": "refused"}


async def test_without_a_conversation_there_is_no_ticket(http: Http) -> None:
    for headers in ({}, {"Authorization": "Bearer nobody"}):
        async with http.post(f"{PATH}/ticket", headers=headers) as answer:
            assert answer.status == 401


async def test_one_address_has_so_many_calls_and_no_more(http: Http) -> None:
    sockets = [await _call(http, await _ticket(http)) for _ in range(2)]
    for socket in sockets:
        assert await _told(socket) == {"type": "answered"}
    third = await _call(http, await _ticket(http))
    assert await _told(third) == {"type": "busy", "why": "address"}
    for socket in [*sockets, third]:
        await socket.close()
    again = await _call(http, await _ticket(http))
    assert await _told(again) == {"type": "answered"}
    await again.close()


async def test_the_page_offers_calls_where_they_are_taken(http: Http, settings: Settings) -> None:
    async with http.get("/") as answer:
        assert '<meta name="faxian-calls" content="on">' in await answer.text()
    database = Database(settings.store_url)
    app = create_app(settings, clock=SystemClock(), database=database, engine=FakeEngine(), laws=FakeLaws())
    async with TestClient(TestServer(app)) as client:
        async with client.get("/") as answer:
            text = await answer.text()
        assert '<meta name="faxian-calls" content="off">' in text
        assert 'id="call" hidden' in text
        async with client.get(PATH) as answer:
            assert answer.status == 404
