"""The web chat without a socket: events one way, POST the other, the same frames and the same promises."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from channels.web import events
from tests.fakes.client import Client
from tests.fakes.scripted_engine import FakeEngine


async def test_a_consultation_goes_on_without_a_socket(client: Client) -> None:
    page = await client.stream()
    await page.say("拖欠工资", "a1")
    assert (await page.until("ack"))["seq"] == 2
    answer = await page.until("message", seq=3)
    assert page.sequence() == [1, 2, 3]
    assert answer["parts"][1]["choices"] == ["单位员工", "给个人帮工", "不清楚"]
    assert any(frame["type"] == "state" and frame["matter"] for frame in page.seen)


async def test_socket_and_stream_are_the_same_conversation(client: Client) -> None:
    page = await client.page()
    stream = await client.stream(page.token)
    assert stream.welcome["conversation"] == page.welcome["conversation"]
    await page.say("你好", "a1")
    await stream.until("message", seq=3)
    await stream.say("再见", "b1")
    await page.until("message", seq=5)
    await stream.until("message", seq=5)
    assert page.sequence() == stream.sequence() == [1, 2, 3, 4, 5]


async def test_a_repeated_post_is_one_message(client: Client, engine: FakeEngine) -> None:
    page = await client.stream()
    for _ in range(3):
        await page.say("你好", "a1")
        assert (await page.until("ack"))["seq"] == 2
    await page.until("message", seq=3)
    assert len(engine.turns) == 1


async def test_a_wrong_token_is_told_before_a_new_identity_is_given(client: Client) -> None:
    page = await client.stream("wrong", last_seq=7)
    assert page.seen[0]["code"] == "bad_token"
    assert (await page.until("message"))["seq"] == 1


async def test_frames_need_the_token_of_a_web_conversation(client: Client) -> None:
    _, other = await client.conversation()
    for headers in ({}, {"Authorization": "Bearer nobody"}, {"Authorization": f"Bearer {other}"}):
        answer = await client.http.post("/channels/web/frames", json={"type": "ping"}, headers=headers)
        assert answer.status == 401


async def test_a_post_that_is_no_hello_ends_the_stream(client: Client) -> None:
    answer = await client.http.post("/channels/web/events", json={"type": "message"})
    assert "hello_expected" in await answer.text()
    assert (await client.http.post("/channels/web/events", data=b"{")).status == 415


@pytest.mark.parametrize("frame", [{}, {"type": "nonsense"}, {"type": []}, {"type": "message"}])
async def test_a_bad_frame_is_answered_by_an_error(client: Client, frame: dict[str, Any]) -> None:
    page = await client.stream()
    told = (await (await page.post(frame)).json())["frames"]
    assert [one["type"] for one in told] == ["error"]
    assert (await (await page.post({"type": "ping"})).json())["frames"] == [{"type": "pong"}]


async def test_a_quiet_stream_shows_that_it_lives(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "BEAT", 0.05)
    hello = {"type": "hello", "token": None, "last_seq": 0}
    answer = await client.http.post("/channels/web/events", json=hello)
    assert answer.headers["X-Accel-Buffering"] == "no"
    seen = b""
    async with asyncio.timeout(10):
        while seen.count(b": alive") < 2:
            seen += await answer.content.readany()
    answer.close()


async def test_who_comes_back_hears_what_changed_meanwhile(client: Client) -> None:
    page = await client.stream()
    await page.say("人工", "a1")
    await page.until("state", state="waiting")
    await page.close()
    back = await client.stream(page.token, last_seq=max(page.sequence()))
    assert back.welcome["state"] == "waiting"
