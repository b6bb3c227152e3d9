"""The bad input of the requirements, against the listening service by API, socket and bare TCP."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from channels.server import listen
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine

KEPT = {
    "emoji only": "😭😭😭🙏",
    "English": "My boss owes me three months of wages.",
    "traditional characters": "老闆拖欠薪資三個月，該怎麼辦",
    "full-width digits": "１２３４５元，２０２６年９月",
    "HTML": "<b>张三</b><img src=x onerror=alert(1)>",
    "script": "<script>fetch('/desk')</script>",
    "SQL": "'; DROP TABLE messages; -- \" OR 1=1",
    "template": "{{7*7}} ${7*7} #{7*7} %s %(x)s {0}",
    "path": "../../../../etc/passwd\\..\\",
    "right to left": "\u202e你好\u202c",
    "zero width": "老\u200b板\u200d欠薪",
    "only one character": "？",
    "longest": "长" * 4000,
    "fullwidth space inside": "欠\u3000薪",
}
REFUSED = {"empty": "", "blank": " \t\n\u3000", "too long": "长" * 20_000, "NUL only": "\x00\x00"}


class Listening:
    """The service on a real port."""

    def __init__(self, http: ClientSession, host: str, port: int, engine: FakeEngine) -> None:
        self.http, self.host, self.port, self.engine = http, host, port, engine
        self.id = self.token = ""

    async def open(self) -> None:
        """A conversation of the app API."""
        body = await (await self.http.post("/api/v1/conversations")).json()
        self.id, self.token = body["id"], body["token"]

    @property
    def url(self) -> str:
        """Where its messages go."""
        return f"/api/v1/conversations/{self.id}/messages"

    async def say(self, text: Any, message_id: str = "m1") -> tuple[int, dict[str, Any]]:
        """One message."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.http.post(self.url, json={"message_id": message_id, "text": text}, headers=headers) as answer:
            return answer.status, await answer.json()

    async def stored(self) -> list[str]:
        """What the citizen said, as the service has it."""
        async with self.http.get(self.url, headers={"Authorization": f"Bearer {self.token}"}) as answer:
            messages = (await answer.json())["messages"]
        return [message["parts"][0]["text"] for message in messages if message["from"] == "citizen"]

    async def raw(self, data: bytes) -> bytes:
        """What comes back for these bytes."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        writer.write(data)
        try:
            async with asyncio.timeout(20):
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: *([0-9]+)", head)
                return head + await reader.readexactly(int(length[1]) if length else 0)
        finally:
            writer.close()


@pytest.fixture
async def service(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Listening]:
    """A service; whatever a test did to it, it still answers afterwards and its log holds no words of anyone."""
    caplog.set_level(logging.DEBUG)
    settings = Settings(data_dir=tmp_path, port=0, rate_address_per_minute=0, rate_conversation_per_minute=0)
    engine = FakeEngine()
    app = create_app(
        settings, clock=SystemClock(), database=Database(settings.store_url), engine=engine, laws=FakeLaws()
    )
    runner = await listen(app, settings)
    host, port = runner.addresses[0][:2]
    async with ClientSession(f"http://{host}:{port}") as http:
        listening = Listening(http, host, port, engine)
        await listening.open()
        yield listening
        await listening.open()
        status, body = await listening.say("最后一句")
        assert status == 200
        assert body["replies"]
    await runner.cleanup()
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("asyncio"))
    for words in (*KEPT.values(), "最后一句", listening.token, "Traceback"):
        if len(words) > 1:
            assert words not in ours


@pytest.mark.parametrize("name", KEPT)
async def test_odd_words_are_kept_as_they_are_and_answered_by_api(service: Listening, name: str) -> None:
    status, body = await service.say(KEPT[name])
    assert status == 200
    assert body["replies"][0]["text"].endswith(KEPT[name])
    assert await service.stored() == [KEPT[name]]


@pytest.mark.parametrize("name", KEPT)
async def test_odd_words_are_kept_as_they_are_and_answered_by_socket(service: Listening, name: str) -> None:
    async with service.http.ws_connect("/channels/web/socket") as page:
        await page.send_json({"type": "hello", "token": None, "last_seq": 0})
        await page.send_json({"type": "message", "message_id": "a", "text": KEPT[name]})
        texts: dict[int, str] = {}
        while len(texts) < 3:
            frame = await page.receive_json(timeout=20)
            if frame["type"] == "message":
                texts[frame["seq"]] = frame["parts"][0]["text"]
    assert texts[2] == KEPT[name]
    assert texts[3].endswith(KEPT[name])


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_no_message_gets_a_kind_error_and_is_not_stored(service: Listening, name: str) -> None:
    status, body = await service.say(REFUSED[name])
    assert status == 422
    assert body["error"]["code"] == ("text_too_long" if name == "too long" else "empty_text")
    assert "消息" in body["error"]["message"]
    assert await service.stored() == []
    async with service.http.ws_connect("/channels/web/socket") as page:
        await page.send_json({"type": "hello", "token": None, "last_seq": 0})
        await page.send_json({"type": "message", "message_id": "a", "text": REFUSED[name]})
        while (frame := await page.receive_json(timeout=20))["type"] != "error":
            assert frame["type"] in ("welcome", "message")
        assert (frame["code"], frame["message_id"]) == (body["error"]["code"], "a")


async def test_a_nul_inside_is_taken_out_and_the_rest_is_kept(service: Listening) -> None:
    assert (await service.say("老板\x00欠\x08薪"))[0] == 200
    assert await service.stored() == ["老板欠薪"]


async def test_identical_messages_are_each_answered(service: Listening) -> None:
    for number in range(5):
        status, body = await service.say("在吗", f"m{number}")
        assert (status, body["replies"][0]["text"]) == (200, f"（第 {number + 1} 句）您说：在吗")
    assert await service.stored() == ["在吗"] * 5


async def test_messages_50_ms_apart_are_answered_in_order(service: Listening) -> None:
    # Every 50 ms without a pause: each is sent while the turn of the one before still runs.
    service.engine.slow = 0.05
    asked = []
    for number in range(10):
        asked.append(asyncio.ensure_future(service.say(f"慢{number}", f"m{number}")))
        await asyncio.wait(asked, timeout=0.05)
    answers = await asyncio.gather(*asked)
    assert {status for status, _ in answers} == {200}
    assert await service.stored() == [f"慢{number}" for number in range(10)]
    assert [turn.text for turn in service.engine.turns] == [f"慢{number}" for number in range(10)]


def _request(service: Listening, body: bytes, *, method: str = "POST", more: str = "", kind: str = "application/json",
             token: str | None = None, path: str | None = None) -> bytes:  # fmt: skip
    head = (
        f"{method} {path or service.url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {kind}\r\n"
        f"Authorization: Bearer {token or service.token}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    )
    return head.encode() + body


GOOD = json.dumps({"message_id": "m1", "text": "你好"}).encode()
BODIES = {
    "broken JSON": (b'{"message_id": "m1", "text": "', 400, "broken_json"),
    "no JSON": (b"hello", 400, "broken_json"),
    "nothing": (b"", 400, "broken_json"),
    "a list": (b"[]", 400, "not_an_object"),
    "null": (b"null", 400, "not_an_object"),
    "deep lists": (b"[" * 200_000, 400, "broken_json"),
    "deep objects": (b'{"a":' * 40_000 + b"1" + b"}" * 40_000, 400, "broken_json"),
    "invalid UTF-8": (b'{"message_id":"m1","text":"\xff\xfe\xc3("}', 400, "broken_json"),
    "a lone surrogate is mended": (b'{"message_id":"m1","text":"x\\ud800"}', 200, ""),
    "a bare NUL": (b'{"message_id":"m1","text":"a\x00b"}', 400, "broken_json"),
    "NaN for text": (b'{"message_id":"m1","text":NaN}', 400, "missing_field"),
    "a huge number": (b'{"message_id":"m1","text":' + b"9" * 5000 + b"}", 400, None),
    "a list for text": (b'{"message_id":"m1","text":["x"]}', 400, "missing_field"),
    "too large": (b'{"message_id":"m1","text":"' + b"x" * 300_000 + b'"}', 413, "body_too_large"),
}


def _parsed(answer: bytes) -> tuple[int, dict[str, Any]]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Traceback" not in answer
    assert b".py" not in body
    status = int(head.split()[1])
    return status, json.loads(body) if b"application/problem+json" in head or b"application/json" in head else {}


@pytest.mark.parametrize("name", BODIES)
async def test_bad_bodies(service: Listening, name: str) -> None:
    body, wanted, code = BODIES[name]
    status, told = _parsed(await service.raw(_request(service, body)))
    assert status == wanted
    if wanted != 200:
        assert code is None or told["error"]["code"] == code
        assert told["error"]["message"]
        assert await service.stored() == []


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/xml", "", "x" * 200])
async def test_a_wrong_content_type(service: Listening, kind: str) -> None:
    status, told = _parsed(await service.raw(_request(service, GOOD, kind=kind)))
    assert (status, told["error"]["code"]) == (415, "unsupported_media_type")
    assert await service.stored() == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
async def test_a_wrong_method(service: Listening, method: str) -> None:
    status, told = _parsed(await service.raw(_request(service, GOOD, method=method)))
    assert (status, told["error"]["code"]) == (405, "method_not_allowed")
    assert await service.stored() == []


async def test_an_unknown_conversation_and_a_wrong_token(service: Listening) -> None:
    unknown = _request(service, GOOD, path=f"/api/v1/conversations/{'0' * 32}/messages")
    assert _parsed(await service.raw(unknown))[1]["error"]["code"] == "unknown_conversation"
    status, told = _parsed(await service.raw(_request(service, GOOD, token="wrong")))
    assert (status, told["error"]["code"]) == (403, "wrong_token")
    assert await service.stored() == []
    async with service.http.ws_connect("/channels/web/socket") as page:
        await page.send_json({"type": "hello", "token": "wrong", "last_seq": 0})
        assert (await page.receive_json(timeout=20))["code"] == "bad_token"


HARDLY_HTTP = {
    "a long header": b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 100_000 + b"\r\n\r\n",
    "a long address": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(40_000)) + b"\r\n",
    "NUL in a header": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
    "NUL in the path": b"GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "invalid UTF-8 in the path": b"GET /%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "bytes in the path": b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "NUL in a question": b"GET /api/v1/laws/search?q=%ff%00&as_of=%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "a path that climbs": b"GET /channels/web/static/..%2f..%2fpages.py HTTP/1.1\r\nHost: x\r\n\r\n",
    "no method at all": b"BREW /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "a negative length": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "NULs": b"\x00" * 1000,
}


@pytest.mark.parametrize("name", HARDLY_HTTP)
async def test_what_is_hardly_http_gets_a_4xx_and_no_inside(service: Listening, name: str) -> None:
    answer = await service.raw(HARDLY_HTTP[name])
    status, told = _parsed(answer)
    assert 400 <= status < 500
    assert told["error"]["message"]
    assert b"aiohttp" not in answer.lower()
    assert b"aaaa" not in answer, "what was sent is not repeated"


@pytest.mark.parametrize("data", [b"\xff\xfe", b'{"type":"message","text":"\xff"}'])
async def test_invalid_utf8_by_socket_ends_the_connection_only(service: Listening, data: bytes) -> None:
    async with service.http.ws_connect("/channels/web/socket") as page:
        await page.send_json({"type": "hello", "token": None, "last_seq": 0})
        token = (await page.receive_json(timeout=20))["token"]
        await page.send_bytes(data)
        while (frame := await page.receive(timeout=20)).type.name == "TEXT" and frame.json()["type"] != "error":
            assert frame.json()["type"] in ("welcome", "message")
    async with service.http.ws_connect("/channels/web/socket") as page:
        await page.send_json({"type": "hello", "token": token, "last_seq": 1})
        assert (await page.receive_json(timeout=20))["token"] == token
