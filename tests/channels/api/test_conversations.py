"""The app API's conversations, with good and bad input."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.fakes.client import Client
from tests.fakes.scripted_engine import FakeEngine


async def test_a_conversation_is_opened_with_a_greeting(client: Client) -> None:
    response = await client.http.post("/api/v1/conversations")
    body = await response.json()
    assert response.status == 201
    assert set(body) == {"id", "token", "state", "replies"}
    assert body["state"] == "bot"
    assert "法线" in body["replies"][0]["text"]


async def test_a_message_is_answered_and_its_repeat_the_same(client: Client, engine: FakeEngine) -> None:
    conversation, token = await client.conversation()
    first = await (await client.say(conversation, token, "拖欠工资")).json()
    again = await (await client.say(conversation, token, "拖欠工资")).json()
    assert first["replies"] == again["replies"]
    assert first["replies"][-1]["kind"] == "choices"
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert len(engine.turns) == 1


async def test_a_hundred_duplicates_at_once_are_one_turn(client: Client, engine: FakeEngine) -> None:
    conversation, token = await client.conversation()
    responses = await asyncio.gather(*(client.say(conversation, token, "你好") for _ in range(100)))
    bodies = [await response.json() for response in responses]
    assert {response.status for response in responses} == {200}
    assert len(engine.turns) == 1
    assert len({str(body["replies"]) for body in bodies}) == 1


async def test_a_person_takes_over_and_answers_are_fetched(client: Client) -> None:
    conversation, token = await client.conversation()
    handed = await (await client.say(conversation, token, "转人工")).json()
    waiting = await (await client.say(conversation, token, "在吗", "m2")).json()
    assert (handed["state"], waiting["state"]) == ("waiting", "waiting")
    assert waiting["replies"], "nobody is on duty: the bot goes on"
    headers = {"Authorization": f"Bearer {token}"}
    read = await (
        await client.http.get(f"/api/v1/conversations/{conversation}/messages?after=2", headers=headers)
    ).json()
    assert [message["from"] for message in read["messages"]] == ["bot", "citizen", "bot"]


@pytest.mark.parametrize(
    ("text", "message_id", "status", "code"),
    [
        ("", "m", 422, "empty_text"),
        ("  \n ", "m", 422, "empty_text"),
        ("长" * 20_000, "m", 422, "text_too_long"),
        ("你好", "", 422, "bad_message_id"),
        ("你好", "x y", 422, "bad_message_id"),
        (7, "m", 400, "missing_field"),
        (None, "m", 400, "missing_field"),
        ("你好", None, 400, "missing_field"),
    ],
)
async def test_bad_messages_get_a_clear_error(
    client: Client, text: Any, message_id: Any, status: int, code: str
) -> None:
    conversation, token = await client.conversation()
    response = await client.say(conversation, token, text, message_id)
    body = await response.json()
    assert (response.status, body["error"]["code"]) == (status, code)
    assert body["error"]["message"]


@pytest.mark.parametrize(
    "text",
    ["😀", "What can I do?", "老闆欠薪", "１２３", "<img src=x onerror=alert(1)>", "' OR 1=1 --", "{{7*7}}"],
)
async def test_odd_messages_are_answered(client: Client, text: str) -> None:
    conversation, token = await client.conversation()
    response = await client.say(conversation, token, text)
    assert response.status == 200
    assert (await response.json())["replies"]


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "broken_json"),
        (b"\xff\xfe", "application/json", 400, "broken_json"),
        (b"[" * 100_000, "application/json", 400, "broken_json"),
        (b"[]", "application/json", 400, "not_an_object"),
        (b"{}", "application/json", 400, "missing_field"),
        (b'{"message_id":"m","text":"x"}', "text/plain", 415, "unsupported_media_type"),
        (b'{"message_id":"m","text":"x"}', "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (b'"' + b"x" * 300_000 + b'"', "application/json", 413, "body_too_large"),
    ],
)
async def test_bad_bodies_get_a_clear_error(
    client: Client, body: bytes, content_type: str, status: int, code: str
) -> None:
    conversation, token = await client.conversation()
    response = await client.http.post(
        f"/api/v1/conversations/{conversation}/messages",
        data=body,
        headers={"Authorization": f"Bearer {token}", "Content-Type": content_type},
    )
    assert response.status == status
    assert (await response.json())["error"]["code"] == code


async def test_only_the_token_of_the_conversation_opens_it(client: Client) -> None:
    conversation, token = await client.conversation()
    _, other = await client.conversation()
    url = f"/api/v1/conversations/{conversation}/messages"
    body = {"message_id": "m", "text": "你好"}
    assert (await client.http.post(url, json=body)).status == 401
    assert (await client.say(conversation, other, "你好")).status == 403
    assert (await client.say(conversation, "wrong", "你好")).status == 403
    assert (await client.say("0" * 32, token, "你好")).status == 404
    basic = await client.http.post(url, json=body, headers={"Authorization": "Basic eDp5"})
    assert basic.status == 401
    assert basic.headers["WWW-Authenticate"] == "Bearer"


async def test_an_id_used_twice_for_different_words_is_a_conflict(client: Client) -> None:
    conversation, token = await client.conversation()
    await client.say(conversation, token, "你好")
    response = await client.say(conversation, token, "再见")
    assert response.status == 409
    assert (await response.json())["error"]["code"] == "message_id_reused"


async def test_an_engine_that_is_down_is_told_truthfully(client: Client, engine: FakeEngine) -> None:
    engine.failing = RuntimeError("boom at /secret/path")
    conversation, token = await client.conversation()
    response = await client.say(conversation, token, "你好")
    body = await response.json()
    assert response.status == 200
    assert body["state"] == "waiting"
    assert "用不了" in body["replies"][0]["text"]
    assert "secret" not in await response.text()
