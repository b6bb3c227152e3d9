"""The web chat's socket: resume, several tabs, bad frames, nothing lost or doubled."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import WSMsgType

from tests.fakes.client import Client
from tests.fakes.scripted_engine import FakeEngine


async def test_hello_opens_a_conversation_with_a_greeting(client: Client) -> None:
    page = await client.page()
    greeting = await page.until("message")
    assert page.welcome["state"] == "bot"
    assert page.welcome["matter"] == ""
    assert (greeting["seq"], greeting["from"]) == (1, "bot")


async def test_a_message_is_acknowledged_echoed_and_answered(client: Client) -> None:
    page = await client.page()
    await page.say("拖欠工资", "a1")
    answer = await page.until("message", seq=3)
    assert {"type": "ack", "message_id": "a1", "seq": 2} in page.seen
    assert page.sequence() == [1, 2, 3]
    assert any(frame["type"] == "typing" and frame["who"] == "bot" for frame in page.seen)
    assert any(frame["type"] == "state" and frame["matter"] for frame in page.seen), "the matter number is told"
    assert answer["parts"][1]["choices"] == ["单位员工", "给个人帮工", "不清楚"]


async def test_a_resent_message_is_acknowledged_with_the_same_seq_and_answered_once(
    client: Client, engine: FakeEngine
) -> None:
    page = await client.page()
    await page.say("你好", "a1")
    await page.until("message", seq=3)
    await page.say("你好", "a1")
    assert (await page.until("ack"))["seq"] == 2
    assert len(engine.turns) == 1
    assert page.sequence() == [1, 2, 3]


async def test_a_cut_connection_loses_and_repeats_nothing(client: Client, engine: FakeEngine) -> None:
    page = await client.page()
    engine.gate = asyncio.Event()
    await page.say("你好", "a1")
    await page.until("ack")
    await page.socket.close()
    engine.gate.set()
    back = await client.page(page.token, last_seq=max(page.sequence(), default=0))
    assert back.welcome["conversation"] == page.welcome["conversation"]
    await back.until("message", seq=3)
    assert page.sequence() + back.sequence() == [1, 2, 3]


@pytest.mark.parametrize("cut_after", range(1, 7))
async def test_cut_after_any_frame_the_transcript_is_the_same(client: Client, cut_after: int) -> None:
    page = await client.page()
    await page.say("你好", "a1")
    for _ in range(cut_after):
        page.seen.append(await page.socket.receive_json(timeout=10))
        if page.sequence()[-1:] == [3]:
            break
    await page.socket.close()
    back = await client.page(page.token, last_seq=max(page.sequence(), default=0))
    await back.say("你好", "a1")  # the page does not know whether it had arrived
    await back.until("ack")
    await back.say("再见", "a2")
    await back.until("message", seq=5)
    assert page.sequence() + back.sequence() == [1, 2, 3, 4, 5]


async def test_two_tabs_agree(client: Client) -> None:
    one = await client.page()
    two = await client.page(one.token)
    await one.say("你好", "a1")
    await one.until("message", seq=3)
    await two.until("message", seq=3)
    await two.say("再见", "b1")
    await two.until("message", seq=5)
    await one.until("message", seq=5)
    assert one.sequence() == two.sequence() == [1, 2, 3, 4, 5]


async def test_messages_of_one_instant_are_each_answered_in_order(client: Client, engine: FakeEngine) -> None:
    page = await client.page()
    for number in range(10):
        await page.say(f"第{number}句", f"m{number}")
    await page.until("message", seq=21)
    assert page.sequence() == list(range(1, 22))
    assert [turn.text for turn in engine.turns] == [f"第{number}句" for number in range(10)]


@pytest.mark.parametrize("token", ["wrong", "", "x" * 5000, "密"])
async def test_a_wrong_token_is_told_before_a_new_identity_is_given(client: Client, token: str) -> None:
    page = await client.page(token, last_seq=7)
    assert page.seen[0]["type"] == "error"
    assert page.seen[0]["code"] == "bad_token"
    assert page.token != token
    assert (await page.until("message"))["seq"] == 1


async def test_a_token_of_the_api_is_no_token_here(client: Client) -> None:
    _, token = await client.conversation()
    page = await client.page(token)
    assert page.seen[0]["code"] == "bad_token"


@pytest.mark.parametrize("frame", ["{", "[]", "null", '"x"', "[" * 50_000, "", '{"type":"nonsense"}', '{"type":[]}'])
async def test_broken_frames_get_an_error_and_the_page_goes_on(client: Client, frame: str) -> None:
    page = await client.page()
    await page.socket.send_str(frame)
    error = await page.until("error")
    assert error["code"] in ("broken_frame", "unknown_type")
    assert error["text"]
    await page.socket.send_json({"type": "ping"})
    assert await page.until("pong")


async def test_endless_nonsense_ends_the_connection(client: Client) -> None:
    page = await client.page()
    for _ in range(30):
        await page.socket.send_str("{")
    received = await page.socket.receive(timeout=10)
    while received.type is WSMsgType.TEXT:
        received = await page.socket.receive(timeout=10)
    assert received.type is WSMsgType.CLOSE
    assert received.data == 1008


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"message_id": "a", "text": ""}, "empty_text"),
        ({"message_id": "a", "text": "长" * 20_000}, "text_too_long"),
        ({"message_id": "a b", "text": "你好"}, "bad_message_id"),
        ({"message_id": 3, "text": "你好"}, "bad_message"),
        ({"text": "你好"}, "bad_message"),
        ({"message_id": "a"}, "bad_message"),
    ],
)
async def test_bad_messages_get_an_error_and_are_not_stored(
    client: Client, message: dict[str, object], code: str
) -> None:
    page = await client.page()
    await page.socket.send_json({"type": "message", **message})
    assert (await page.until("error"))["code"] == code
    await page.say("你好", "fine")
    assert (await page.until("ack"))["seq"] == 2


async def test_a_frame_too_large_is_refused_and_the_conversation_survives(client: Client) -> None:
    page = await client.page()
    await page.socket.send_str(json.dumps({"type": "message", "message_id": "a", "text": "x" * 400_000}))
    received = await page.socket.receive(timeout=10)
    while received.type is WSMsgType.TEXT:
        received = await page.socket.receive(timeout=10)
    assert received.type is WSMsgType.CLOSE
    assert received.data == 1009
    assert (await client.page(page.token)).welcome["conversation"] == page.welcome["conversation"]


async def test_whoever_does_not_say_hello_is_sent_away(client: Client) -> None:
    socket = await client.http.ws_connect("/channels/web/socket")
    await socket.send_json({"type": "message", "message_id": "a", "text": "你好"})
    assert (await socket.receive_json(timeout=10))["code"] == "hello_expected"
    assert (await socket.receive(timeout=10)).type is WSMsgType.CLOSE


async def test_a_store_that_fails_closes_the_page_so_that_it_comes_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await client.page()
    await page.until("message", seq=1)

    async def broken(*_args: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr("bot.store.conversations.ConversationStore.record", broken)
    await page.say("你好", "a1")
    received = await page.socket.receive(timeout=10)
    while received.type is WSMsgType.TEXT:
        received = await page.socket.receive(timeout=10)
    assert received.data == 1011
    monkeypatch.undo()
    back = await client.page(page.token, last_seq=1)
    await back.say("你好", "a1")
    await back.until("message", seq=3)
    assert back.sequence() == [2, 3]
