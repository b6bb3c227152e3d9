"""Apps that are known: told by signed requests, in order, until they have taken it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.apps import App, AppError, Apps
from bot.settings import Settings
from bot.store.apps import AppStore
from bot.store.database import Database
from channels.api.webhook import sign
from tests.fakes.client import Client
from tests.fakes.clock import VirtualClock


@dataclass
class Receiver:
    """An app's server. `answers` are given in turn, then 204."""

    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        self.heard.append((dict(request.headers), await request.read()))
        self.came.set()
        status, headers = self.answers.pop(0) if self.answers else (204, {})
        return web.Response(status=status, headers=headers)

    async def until(self, many: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(15):
            while len(self.heard) < many:
                self.came.clear()
                await self.came.wait()
        return [json.loads(body) for _, body in self.heard]


@pytest.fixture(params=("sqlite", "postgresql"))
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh store: every test here runs on both databases."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'faxian.db'}"


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/told", made.take)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/told"))
        yield made


@pytest.fixture
async def apps(settings: Settings) -> AsyncIterator[Apps]:
    """As `faxian app` has them, beside the service."""
    database = Database(settings.store_url)
    await database.open()
    yield Apps(AppStore(database), VirtualClock())
    await database.close()


def right(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As an app checks it, with nothing of ours."""
    names = {name.lower(): value for name, value in headers.items()}
    signed = f"{names['webhook-id']}.{names['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return wanted in names["webhook-signature"].split(" ")


async def opened(client: Client, key: str) -> tuple[str, str]:
    response = await client.http.post("/api/v1/conversations", headers={"Faxian-App": key})
    body = await response.json()
    assert response.status == 201
    return body["id"], body["token"]


async def test_an_app_is_told_what_is_said_and_can_prove_who_says_so(
    client: Client, apps: Apps, receiver: Receiver
) -> None:
    app, key = await apps.add("province", receiver.url)
    conversation, token = await opened(client, key)
    await client.say(conversation, token, "在吗")
    told = await receiver.until(2)
    assert [one["message"]["seq"] for one in told] == [1, 3]
    assert {one["conversation"] for one in told} == {conversation}
    assert all(right(app.secret, *one) for one in receiver.heard)
    headers, body = receiver.heard[0]
    assert not right(app.secret, headers, body + b" ")
    assert not right("whsec_" + base64.b64encode(b"x" * 32).decode(), headers, body)


async def test_what_is_not_taken_comes_again_before_what_follows(
    client: Client, apps: Apps, receiver: Receiver
) -> None:
    receiver.answers = [(500, {}), (503, {"Retry-After": "1"})]
    _, key = await apps.add("province", receiver.url)
    conversation, token = await opened(client, key)
    await client.say(conversation, token, "在吗")
    told = await receiver.until(4)
    assert [one["message"]["seq"] for one in told] == [1, 1, 1, 3]
    assert len({headers.get("webhook-id") for headers, _ in receiver.heard}) == 2


async def test_another_secret_counts_beside_the_old_one_for_a_day(
    client: Client, apps: Apps, receiver: Receiver
) -> None:
    before, key = await apps.add("province", receiver.url)
    after = await apps.new_secret("province")
    assert after.secret != before.secret
    await opened(client, key)
    await receiver.until(1)
    headers, body = receiver.heard[0]
    assert right(after.secret, headers, body)
    now = VirtualClock().now()
    assert after.old_until is not None
    assert after.secrets(now) == (after.secret, before.secret)
    assert after.secrets(after.old_until) == (after.secret,)


async def test_keys_open_and_are_closed(client: Client, apps: Apps) -> None:
    _, key = await apps.add("province")
    refused = await client.http.post("/api/v1/conversations", headers={"Faxian-App": key + "x"})
    assert (refused.status, (await refused.json())["error"]["code"]) == (401, "unknown_app")
    await apps.switch("province", on=False)
    assert (await client.http.post("/api/v1/conversations", headers={"Faxian-App": key})).status == 401
    other = await apps.new_key("province")
    await apps.switch("province", on=True)
    assert (await client.http.post("/api/v1/conversations", headers={"Faxian-App": other})).status == 201


async def test_an_app_without_webhook_asks(client: Client, apps: Apps) -> None:
    _, key = await apps.add("poller")
    conversation, token = await opened(client, key)
    assert (await (await client.say(conversation, token, "在吗")).json())["replies"]


@pytest.mark.parametrize("url", ["http://example.org/x", "ftp://example.org", "https://", "https://e.org/" + "x" * 500])
async def test_addresses_on_which_somebody_could_listen_are_refused(apps: Apps, url: str) -> None:
    with pytest.raises(AppError, match="not usable"):
        await apps.add("province", url)


async def test_names(apps: Apps) -> None:
    await apps.add("province")
    for name in ("province", "", "Über", "a/b", "x" * 32):
        with pytest.raises(AppError):
            await apps.add(name)
    for call in (apps.new_secret, apps.new_key):
        with pytest.raises(AppError, match="no app named"):
            await call("nobody")
    assert [one.name for one in await apps.all()] == ["province"]
    assert (await apps.point("province", "https://e.org/told")).url == "https://e.org/told"


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """The example of the specification's reference libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signed = sign((secret,), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_that_has_ended_signs_nothing() -> None:
    clock = VirtualClock()
    app = App("a", "", "whsec_AAAA")
    assert replace(app, old_secret="whsec_BBBB").secrets(clock.now()) == ("whsec_AAAA",)
