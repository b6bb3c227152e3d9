"""A widget made for Rasa talks to us as it would to Rasa: the library's own client at the real endpoint."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientTimeout
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from socketio import AsyncClient
from socketio.exceptions import ConnectionError as Refused

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from tests.fakes.client import Client
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine

PATH = "channels/web/socket.io"


class Widget:
    """What rasa-webchat and its like do."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.client = AsyncClient(reconnection=False)
        self._heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._confirmed: asyncio.Queue[str] = asyncio.Queue()
        self.client.on("bot_uttered", self._heard.put)
        self.client.on("session_confirm", self._confirmed.put)

    async def dial(self) -> None:
        """Connect, and no more."""
        await self.client.connect(self._address, socketio_path=PATH, transports=["websocket"])

    async def connect(self, session: str | None = None, **more: Any) -> str:
        """Connect and ask for a session; the id to come back with."""
        await self.dial()
        await self.client.emit("session_request", {"session_id": session, **more})
        return await asyncio.wait_for(self._confirmed.get(), 10)

    async def say(self, text: Any, **more: Any) -> None:
        await self.client.emit("user_uttered", {"message": text, **more})

    async def hear(self) -> dict[str, Any]:
        return await asyncio.wait_for(self._heard.get(), 10)

    async def until(self, text: str) -> list[str]:
        """Texts up to the first that contains `text`."""
        heard = [(await self.hear())["text"]]
        while text not in heard[-1]:
            heard.append((await self.hear())["text"])
        return heard

    async def close(self) -> None:
        await self.client.disconnect()


@pytest.fixture
async def widget(client: Client) -> AsyncIterator[Widget]:
    made = Widget(str(client.http.make_url("/")))
    yield made
    await made.close()


async def test_a_widget_is_greeted_answered_and_offered_choices(widget: Widget) -> None:
    await widget.connect()
    assert "您好" in (await widget.hear())["text"]
    await widget.say("老板拖欠工资")
    assert (await widget.until("依法要回来"))[-1]
    question = await widget.hear()
    while "quick_replies" not in question:
        question = await widget.hear()
    assert question["quick_replies"][0] == {"content_type": "text", "title": "单位员工", "payload": "单位员工"}
    await widget.say(question["quick_replies"][0]["payload"])
    await widget.until("您说：单位员工")


async def test_a_message_before_any_session_opens_one(widget: Widget, engine: FakeEngine) -> None:
    await widget.dial()
    await widget.say("你好")
    await widget.until("您说：你好")
    assert len(engine.turns) == 1


async def test_a_widget_that_comes_back_gets_what_it_missed_and_nothing_twice(
    client: Client, widget: Widget, engine: FakeEngine
) -> None:
    session = await widget.connect()
    await widget.say("第一句")
    await widget.until("您说：第一句")
    engine.gate = asyncio.Event()
    engine.asked.clear()
    await widget.say("第二句")
    await asyncio.wait_for(engine.asked.wait(), 10)
    await widget.close()
    engine.gate.set()
    again = Widget(str(client.http.make_url("/")))
    assert await again.connect(session) == session
    assert await again.until("您说：第二句") == ["（第 2 句）您说：第二句"]
    await again.close()
    page = await client.page(session)
    await page.until("message", seq=5)
    assert page.sequence() == [1, 2, 3, 4, 5]


async def test_after_a_restart_the_answer_to_the_last_words_is_said_again_unless_the_widget_knows(
    client: Client, widget: Widget, settings: Settings, engine: FakeEngine
) -> None:
    session = await widget.connect()
    await widget.say("你好")
    await widget.until("您说：你好")
    app = create_app(
        settings, clock=SystemClock(), database=Database(settings.store_url), engine=engine, laws=FakeLaws()
    )
    async with TestClient(TestServer(app)) as other:
        address = str(other.make_url("/"))
        simple, exact = Widget(address), Widget(address)
        await simple.connect(session)
        assert "您说：你好" in (await simple.hear())["text"]
        await exact.connect(session, last_seq=3)
        await exact.say("再见")
        assert "您说：再见" in (await exact.hear())["text"]
        await simple.close()
        await exact.close()


async def test_the_same_message_id_is_one_message(widget: Widget, engine: FakeEngine) -> None:
    await widget.connect()
    for _ in range(3):
        await widget.say("只说一次", message_id="w1")
    await widget.say("完")
    await widget.until("您说：完")
    assert [turn.text for turn in engine.turns] == ["只说一次", "完"]


async def test_an_id_that_a_widget_made_up_opens_nobody_elses_talk(client: Client, widget: Widget) -> None:
    conversation, _ = await client.conversation()
    assert await widget.connect(conversation) != conversation
    assert "您好" in (await widget.hear())["text"]


async def test_what_widgets_send_by_themselves_is_nobodys_words(widget: Widget, engine: FakeEngine) -> None:
    await widget.connect()
    for command in ("/get_started", "/session_start", '/inform{"a": "b"}'):
        await widget.say(command)
    await widget.say("你好")
    await widget.until("您说：你好")
    assert [turn.text for turn in engine.turns] == ["你好"]


async def test_an_opinion_and_a_refusal_are_said_in_words(widget: Widget, engine: FakeEngine) -> None:
    await widget.connect()
    await widget.say("意见")
    await widget.until("单位应当足额支付工资")
    await widget.say("长" * 5000)
    await widget.until("太长了")
    assert [turn.text for turn in engine.turns] == ["意见"]


async def test_long_polling_works_and_other_sites_do_not(client: Client) -> None:
    address = f"/{PATH}/?EIO=4&transport=polling"
    assert (await client.http.get(address)).status == 200
    assert (await client.http.get(address.replace("/?", "?"))).status == 200
    refused = await client.http.get(address, headers={"Origin": "https://evil.example"})
    assert refused.status == 400
    evil = AsyncClient(reconnection=False)
    with pytest.raises(Refused):
        await evil.connect(
            str(client.http.make_url("/")), socketio_path=PATH, headers={"Origin": "https://evil.example"}
        )
    await evil.disconnect()


async def test_a_site_that_is_allowed_may_connect(settings: Settings, engine: FakeEngine) -> None:
    web_origins = "https://www.example.gov.cn"
    app = create_app(
        replace(settings, web_origins=web_origins),
        clock=SystemClock(),
        database=Database(settings.store_url),
        engine=engine,
        laws=FakeLaws(),
    )
    async with TestClient(TestServer(app)) as http:
        answer = await http.get(f"/{PATH}/?EIO=4&transport=polling", headers={"Origin": web_origins})
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] == web_origins


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
SAID = st.dictionaries(st.sampled_from(["message", "session_id", "message_id", "last_seq"]), JSON, max_size=4)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(["session_request", "user_uttered", "other"]), SAID | JSON), max_size=8))
async def test_events_of_every_kind(client: Client, events: list[tuple[str, Any]]) -> None:
    widget = Widget(str(client.http.make_url("/")))
    await widget.dial()
    for name, said in events:
        await widget.client.emit(name, said)
    await widget.say("还在吗", message_id="real")
    assert "您说：还在吗" in (await widget.until("您说：还在吗"))[-1]
    await widget.close()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: ("4" + text).encode()))
async def test_packets_of_every_kind(client: Client, packet: bytes) -> None:
    opened = await (await client.http.get(f"/{PATH}/?EIO=4&transport=polling", timeout=ClientTimeout(5))).text()
    sid = opened.split('"sid":"', 1)[1].split('"', 1)[0]
    answer = await client.http.post(
        f"/{PATH}/?EIO=4&transport=polling&sid={sid}", data=packet, timeout=ClientTimeout(5)
    )
    assert answer.status in (200, 400)
