"""The application as a whole: health, headers, errors, limits, and a log that says nothing of anyone."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy.exc import OperationalError

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from tests.fakes.client import Client
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine


async def test_health_and_readiness(client: Client) -> None:
    assert await (await client.http.get("/healthz")).json() == {"status": "ok"}
    assert await (await client.http.get("/readyz")).json() == {"ready": True, "parts": {"store": True}}


async def test_each_part_that_is_not_ready_is_named(tmp_path: Path) -> None:
    async def down() -> bool:
        return False

    async def broken() -> bool:
        raise ConnectionError("secret")

    settings = Settings(data_dir=tmp_path)
    app = create_app(
        settings,
        clock=SystemClock(),
        database=Database(settings.store_url),
        engine=FakeEngine(),
        laws=FakeLaws(),
        probes={"engine": down, "index": broken},
    )
    async with TestClient(TestServer(app)) as http:
        response = await http.get("/readyz")
        assert response.status == 503
        assert (await response.json())["parts"] == {"engine": False, "index": False, "store": True}


@pytest.mark.parametrize("path", ["/", "/channels/web/chat", "/desk/login", "/healthz", "/nowhere"])
async def test_every_response_carries_the_security_headers(client: Client, path: str) -> None:
    response = await client.http.get(path)
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Server"] == "faxian"


async def test_unknown_addresses_and_methods_get_json_errors(client: Client) -> None:
    missing = await client.http.get("/api/v1/nothing")
    assert missing.status == 404
    assert (await missing.json())["error"]["code"] == "not_found"
    wrong = await client.http.delete("/healthz")
    assert wrong.status == 405
    assert "GET" in wrong.headers["Allow"]


@pytest.mark.parametrize(("path", "back"), [("/nowhere", "/"), ("/desk/nowhere", "/desk")])
async def test_who_opens_a_page_that_is_not_there_reads_a_page_with_the_way_back(
    client: Client, path: str, back: str
) -> None:
    found = await client.http.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    page = await found.text()
    assert found.status == 404
    assert found.content_type == "text/html"
    assert "没有找到" in page
    assert f'href="{back}"' in page


async def test_a_defect_leaves_no_trace_in_the_answer_and_no_words_in_the_log(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_args: object) -> None:
        raise RuntimeError("张三的秘密 at /srv/secret")

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("bot.conversation.Conversations.create", broken)
    response = await client.http.post("/api/v1/conversations")
    text = await response.text()
    assert response.status == 500
    assert "Traceback" not in text
    assert "secret" not in text
    assert "RuntimeError" in caplog.text
    assert "张三" not in caplog.text


async def test_while_the_store_is_away_everybody_is_told_to_try_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_args: object) -> None:
        raise OperationalError("INSERT 张三", {}, OSError("no space left"))

    monkeypatch.setattr("bot.conversation.Conversations.create", away)
    response = await client.http.post("/api/v1/conversations")
    text = await response.text()
    assert response.status == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "110" in text
    assert "张三" not in text


@pytest.mark.parametrize(("address", "conversation_rate"), [(6, 0), (0, 6)])
async def test_too_many_messages_get_a_polite_429(settings: Settings, address: int, conversation_rate: int) -> None:
    limited = replace(settings, rate_address_per_minute=address, rate_conversation_per_minute=conversation_rate)
    app = create_app(
        limited,
        clock=SystemClock(),
        database=Database(limited.store_url),
        engine=FakeEngine(),
        laws=FakeLaws(),
    )
    async with TestClient(TestServer(app)) as http:
        client = Client(http)
        conversation, token = await client.conversation()
        answers = [await client.say(conversation, token, "你好", f"m{n}") for n in range(4)]
        last = answers[-1]
        assert answers[0].status == 200
        assert last.status == 429
        assert 1 <= int(last.headers["Retry-After"]) <= 60
        assert "太快" in (await last.json())["error"]["message"]


async def test_the_openapi_document_is_served(client: Client) -> None:
    response = await client.http.get("/api/v1/openapi.json")
    document = await response.json()
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/citations/verify" in document["paths"]
