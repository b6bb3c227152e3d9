"""Whatever a page sends: well-formed answers, no failure of ours, and the next real message is taken."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from aiohttp import WSMsgType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.web.socket import MAX_ERRORS, parsed
from tests.fakes.client import Client

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["message_id", "text", "seq", "token", "last_seq", "code"])
KINDS = st.sampled_from(["hello", "message", "ping", "typing", "read", "ack", "welcome", ""])
FRAMES = st.builds(lambda kind, rest: {"type": kind, **rest}, KINDS | JSON, st.dictionaries(NAMES, JSON, max_size=4))
SENT = st.one_of(
    FRAMES.map(lambda frame: json.dumps(frame).encode()),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=200),
)
AS_JSON = {"Content-Type": "application/json"}
KNOWN = {"welcome", "message", "ack", "error", "pong", "state", "typing", "read"}


@pytest.fixture(autouse=True)
def nothing_failed(caplog: pytest.LogCaptureFixture) -> Any:
    """No failure is logged."""
    caplog.set_level(logging.WARNING)
    yield
    assert [record.message for record in caplog.records] == []


@given(SENT)
def test_any_bytes_are_an_object_or_nothing(sent: bytes) -> None:
    value = parsed(sent)
    assert value is None or isinstance(value, dict)


@SLOW
@given(st.lists(SENT, max_size=MAX_ERRORS - 2), st.booleans())
async def test_frames_of_every_kind_on_a_socket(client: Client, sent: list[bytes], as_text: bool) -> None:
    page = await client.page()
    for one in sent:
        if as_text:
            await page.socket.send_str(one.decode("utf-8", "replace"))
        else:
            await page.socket.send_bytes(one)
    await page.say("还在吗", "real-one")
    await page.until("ack", message_id="real-one")
    for frame in page.seen:
        assert frame["type"] in KNOWN
        if frame["type"] == "error":
            assert frame["code"]
            assert frame["text"]
            assert frame["message_id"] is None or len(frame["message_id"]) <= 64
    await page.close()


@SLOW
@given(SENT)
async def test_anything_as_the_first_frame_of_a_socket(client: Client, sent: bytes) -> None:
    socket = await client.http.ws_connect("/channels/web/socket")
    await socket.send_bytes(sent)
    await socket.send_json({"type": "hello", "token": None, "last_seq": 0})
    received = await socket.receive(timeout=10)
    assert received.type in (WSMsgType.TEXT, WSMsgType.CLOSE)
    if received.type is WSMsgType.TEXT:
        assert json.loads(received.data)["type"] in KNOWN
    await socket.close()


@SLOW
@given(FRAMES | JSON)
async def test_anything_as_a_hello_by_post(client: Client, sent: Any) -> None:
    answer = await client.http.post("/channels/web/events", data=json.dumps(sent), headers=AS_JSON)
    assert answer.status in (200, 400)
    if answer.status == 200:
        line = b""
        while not line.startswith(b"data: "):
            line = await answer.content.readline()
        assert json.loads(line[6:])["type"] in KNOWN
    answer.close()


@SLOW
@given(FRAMES | JSON)
async def test_anything_as_a_frame_by_post(client: Client, sent: Any) -> None:
    page = await client.stream()
    answer = await page.post(sent)
    assert answer.status in (200, 400)
    if answer.status == 200:
        assert {one["type"] for one in (await answer.json())["frames"]} <= KNOWN
    await page.close()
