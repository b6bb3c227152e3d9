"""Long poll, limits in the headers, and errors as problems."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.api.conversations import MOST_WAITING
from channels.app import create_app
from channels.services import SERVICES
from tests.fakes.client import Client
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine


async def read(client: Client, conversation: str, token: str, query: str) -> tuple[int, dict[str, Any]]:
    response = await client.http.get(
        f"/api/v1/conversations/{conversation}/messages?{query}", headers={"Authorization": f"Bearer {token}"}
    )
    return response.status, await response.json()


async def test_who_waits_hears_at_once_what_comes(client: Client) -> None:
    conversation, token = await client.conversation()
    waiting = asyncio.create_task(read(client, conversation, token, "after=1&wait=30"))
    parts = client.http.server.app[SERVICES]  # type: ignore[attr-defined]
    async with asyncio.timeout(5):
        while not parts.hub.watchers(conversation):  # noqa: ASYNC110 - the server has nothing to wait for
            await asyncio.sleep(0)
    await client.say(conversation, token, "在吗")
    async with asyncio.timeout(5):
        status, told = await waiting
    assert status == 200
    assert told["messages"][0]["seq"] == 2
    assert not parts.hub.watchers(conversation)


async def test_a_wait_ends_by_itself_and_what_is_there_needs_none(client: Client) -> None:
    conversation, token = await client.conversation()
    assert (await read(client, conversation, token, "after=1&wait=1")) == (200, {"state": "bot", "messages": []})
    status, told = await read(client, conversation, token, "after=0&wait=30")
    assert (status, [one["seq"] for one in told["messages"]]) == (200, [1])


@pytest.mark.parametrize("query", ["wait=31", "wait=-1", "wait=x"])
async def test_odd_waits_are_refused(client: Client, query: str) -> None:
    conversation, token = await client.conversation()
    assert (await read(client, conversation, token, query))[0] == 400


async def test_a_few_may_wait_at_once(client: Client) -> None:
    conversation, token = await client.conversation()
    parts = client.http.server.app[SERVICES]  # type: ignore[attr-defined]
    some = [asyncio.create_task(read(client, conversation, token, "after=1&wait=20")) for _ in range(MOST_WAITING)]
    async with asyncio.timeout(5):
        while parts.hub.watchers(conversation) < MOST_WAITING:  # noqa: ASYNC110 - the server has nothing to wait for
            await asyncio.sleep(0)
    status, told = await read(client, conversation, token, "after=1&wait=20")
    assert (status, told["error"]["code"]) == (429, "too_many_waiting")
    await client.say(conversation, token, "在吗")
    assert all(status == 200 for status, _ in await asyncio.gather(*some))


@pytest.fixture
async def limited(settings: Settings) -> AsyncIterator[Client]:
    """A client of a service that allows two requests at once."""
    strict = replace(settings, rate_address_per_minute=6, rate_conversation_per_minute=60)
    app = create_app(
        strict,
        clock=SystemClock(),
        database=Database(settings.store_url),
        engine=FakeEngine(),
        laws=FakeLaws(),
    )
    async with TestClient(TestServer(app)) as inner:
        yield Client(inner)


async def test_every_response_tells_how_the_limits_stand(limited: Client) -> None:
    opened = await limited.http.post("/api/v1/conversations")
    assert opened.headers["RateLimit-Policy"] == '"address";q=6;w=60'
    assert opened.headers["RateLimit"] == '"address";r=1;t=10'
    body = await opened.json()
    said = await limited.say(body["id"], body["token"], "在吗")
    assert said.headers["RateLimit-Policy"] == '"address";q=6;w=60, "conversation";q=60;w=60'
    refused = await limited.http.get("/api/v1/laws/search?q=工资")
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.headers["RateLimit"].startswith('"address";r=0;t=')
    assert "RateLimit" not in (await limited.http.get("/healthz")).headers


async def test_an_error_is_a_problem(client: Client) -> None:
    response = await client.http.get("/api/v1/conversations/" + "0" * 32 + "/messages")
    assert response.content_type == "application/problem+json"
    body = await response.json()
    assert body["type"] == "urn:faxian:problem:unauthorized"
    assert (body["status"], body["title"]) == (401, "没有登录")
    assert body["detail"] == body["error"]["message"]
    nowhere = await client.http.get("/api/v1/nothing")
    assert (nowhere.status, nowhere.content_type) == (404, "application/problem+json")
