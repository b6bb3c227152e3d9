"""Several processes on one store: a page here hears what happens there, and nothing is said or done twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio.client import PubSub
from redis.exceptions import ConnectionError

from bot.clock import SHANGHAI, SystemClock
from bot.dialogue.engine import Part
from bot.events import Event
from bot.message import Message
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from channels.fanout import SharedHub, decode, encode
from channels.services import SERVICES
from tests.fakes.client import Client
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.service import PASSWORD

NOW = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=SHANGHAI)
MESSAGES = st.builds(
    Message,
    st.just("c"),
    st.integers(1, 10**6),
    st.sampled_from(["citizen", "bot", "staff", "system"]),
    st.text(max_size=20),
    st.just(NOW),
    st.lists(st.builds(Part, st.just("text"), st.text(), st.tuples(st.text()), st.just({"a": [1]})), max_size=3).map(
        tuple
    ),
    st.just("web"),
)
EVENTS = st.builds(
    Event,
    st.sampled_from(["message", "state", "typing", "read", "desk", "notice"]),
    st.just("c"),
    st.none() | MESSAGES,
    st.sampled_from([None, "bot", "human"]),
    st.text(max_size=8),
    st.sampled_from([None, "bot", "staff", "citizen"]),
    st.none() | st.integers(1, 9),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)


@given(EVENTS)
def test_an_event_travels_unchanged(event: Event) -> None:
    assert decode(encode("me", "c", event)) == ("me", "c", event)


@dataclass
class Pair:
    """Two processes' worth of the service, each with its own engine, on one store."""

    clients: tuple[Client, Client]
    engines: tuple[FakeEngine, FakeEngine]


@pytest.fixture
async def pair(postgres_url: str, redis_address: str, tmp_path: Path) -> AsyncIterator[Pair]:
    settings = Settings(
        data_dir=tmp_path,
        database_url=postgres_url,
        redis_url=redis_address,
        rate_address_per_minute=0,
        rate_conversation_per_minute=0,
    )
    engines = (FakeEngine(), FakeEngine())
    async with AsyncExitStack() as stack:
        clients = []
        for engine in engines:
            app = create_app(
                settings, clock=SystemClock(), database=Database(postgres_url), engine=engine, laws=FakeLaws()
            )
            clients.append(Client(await stack.enter_async_context(TestClient(TestServer(app)))))
        for client in clients:
            await _is_ready(client)
        yield Pair((clients[0], clients[1]), engines)


async def _is_ready(client: Client) -> None:
    """As whoever balances the load asks: the first question may give up on the store of a machine that is busy."""
    answers = [(await client.http.get("/readyz")).status for _ in range(2)]
    if answers[-1] != 200:
        answers += [(await client.http.get("/readyz")).status for _ in range(8)]
    assert answers[-1] == 200


async def test_a_citizen_here_and_a_lawyer_there_talk(pair: Pair) -> None:
    here, there = pair.clients
    page = await here.page()
    app = there.http.app
    assert app is not None
    await app[SERVICES].accounts.add_staff("周律师", PASSWORD)
    assert (await there.sign_in("周律师", PASSWORD)).status == 303
    csrf = {"X-CSRF": await there.csrf()}
    events = await there.http.get("/desk/api/events")
    await page.say("转人工", "m1")
    await page.until("state", state="waiting")
    told = await asyncio.wait_for(events.content.readuntil(b'"state":"waiting"}'), 10)
    assert b"event: queue" in told
    (waiting,) = (await (await there.http.get("/desk/api/conversations?state=waiting")).json())["conversations"]
    case = f"/desk/api/conversations/{waiting['id']}"
    assert (await there.http.post(f"{case}/claim", json={}, headers=csrf)).status == 200
    await page.until("state", state="human")
    answer = {"message_id": "s1", "text": "您好，我是周律师。"}
    assert (await there.http.post(f"{case}/messages", json=answer, headers=csrf)).status == 200
    got = await page.until("message", **{"from": "staff"})
    assert got["parts"][0]["text"] == "您好，我是周律师。"
    await page.say("我的工资没发", "m2")
    await asyncio.wait_for(events.content.readuntil("我的工资没发".encode()), 10)
    events.close()


async def test_two_processes_never_answer_one_message_twice(pair: Pair) -> None:
    here, there = pair.clients
    conversation, token = await here.conversation()
    for number in range(12):
        both = [client.say(conversation, token, f"你好{number}", f"m{number}") for client in (here, there)]
        later = [there.say(conversation, token, f"再问{number}", f"n{number}")]
        answers = await asyncio.gather(*both, *later)
        assert [answer.status for answer in answers] == [200, 200, 200]
    page = await (
        await here.http.get(
            f"/api/v1/conversations/{conversation}/messages", headers={"Authorization": f"Bearer {token}"}
        )
    ).json()
    said = page["messages"]
    assert [one["seq"] for one in said] == list(range(1, len(said) + 1))
    assert sum(one["from"] == "citizen" for one in said) == 24
    assert sum(one["from"] == "bot" for one in said) == 25  # the greeting, and one answer each


async def test_events_wait_while_redis_is_away(redis_address: str) -> None:
    lost = SharedHub("redis://127.0.0.1:1/0")
    assert not await lost.ready()
    with lost.watch("c") as watch:
        lost.tell("c", Event("typing", "c", who="bot"))
        assert (await asyncio.wait_for(watch.next(), 5)) == Event("typing", "c", who="bot")


async def test_it_stops_though_a_client_takes_the_end_for_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    connecting = asyncio.Event()

    async def subscribe(_self: PubSub, *_channels: str) -> None:
        connecting.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as end:
            raise ConnectionError("while connecting") from end

    monkeypatch.setattr(PubSub, "subscribe", subscribe)
    running = asyncio.ensure_future(SharedHub("redis://127.0.0.1:1/0").run())
    await connecting.wait()
    running.cancel()
    done, _ = await asyncio.wait({running}, timeout=10)
    assert done
    assert running.cancelled()
