"""Weibo as its documentation describes it: pushes with five seconds and three tries, replies, files, error codes."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import unquote

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer

APP_KEY, SECRET, TOKEN = "1234567890", "secret of the tests", "2.00token-of-the-tests"
ACCOUNT = 1902538057
PATIENCE = 5.0
TRIES = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on a citizen's screen."""

    how: Literal["response", "reply"]
    text: str


@dataclass(slots=True)
class Push:
    """What became of one callback."""

    status: int
    answer: str
    """Of the response; "" where it was empty."""
    tries: int
    seconds: float


@dataclass
class Provider:
    """`service_url` is where it pushes to."""

    service_url: str = ""
    patience: float = PATIENCE
    shown: defaultdict[str, list[Shown]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, bytes] = field(default_factory=dict)
    refusals: list[int] = field(default_factory=list)
    """Error numbers given to the next calls, in turn."""
    calls: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)
    unfollowed: set[str] = field(default_factory=set)
    _server: TestServer | None = None

    async def start(self) -> str:
        """Address of the API."""
        app = web.Application()
        app.router.add_post("/2/messages/reply.json", self._reply)
        app.router.add_get("/2/mss/msget", self._file)
        self._server = TestServer(app)
        await self._server.start_server()
        return str(self._server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.close()

    def signed(self, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
        """A query as Weibo signs it, in milliseconds."""
        timestamp, nonce = str(int((time.time() if at is None else at) * 1000)), secrets.token_hex(4)
        mark = hashlib.sha1("".join(sorted((secret, timestamp, nonce))).encode()).hexdigest()
        return {"signature": mark, "timestamp": timestamp, "nonce": nonce}

    @staticmethod
    def message(
        citizen: int, text: str = "", kind: str = "text", at: datetime | None = None, **data: Any
    ) -> dict[str, Any]:
        """The JSON of a callback."""
        return {
            "type": kind,
            "receiver_id": ACCOUNT,
            "sender_id": citizen,
            "created_at": (at or datetime.now(UTC)).strftime("%a %b %d %H:%M:%S +0000 %Y"),
            "text": text,
            "data": data,
        }

    async def push(self, told: Mapping[str, Any] | bytes, query: Mapping[str, str] | None = None) -> Push:
        """Call the service, again where it does not answer in time."""
        body = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
        began, tries = time.monotonic(), 0
        async with ClientSession(timeout=ClientTimeout(self.patience)) as session:
            for tries in range(1, TRIES + 1):
                try:
                    async with session.post(self.service_url, params=query or self.signed(), data=body) as response:
                        said = self._heard(await response.text(), told)
                        return Push(response.status, said, tries, time.monotonic() - began)
                except (ClientError, TimeoutError):
                    continue
        return Push(0, "", tries, time.monotonic() - began)

    async def say(self, citizen: int, text: str) -> Push:
        return await self.push(self.message(citizen, text))

    async def happens(self, citizen: int, subtype: str, key: str = "") -> Push:
        if subtype == "unfollow":
            self.unfollowed.add(str(citizen))
        return await self.push(self.message(citizen, "事件消息", "event", subtype=subtype, key=key))

    async def until_shown(self, citizen: int, many: int) -> list[Shown]:
        async with asyncio.timeout(15):
            while len(self.shown[str(citizen)]) < many:
                self.came.clear()
                await self.came.wait()
        return self.shown[str(citizen)]

    async def until_says(self, citizen: int, ending: str) -> list[Shown]:
        """All that was shown, once something that ends so was."""
        many = 1
        while not any(one.text.endswith(ending) for one in await self.until_shown(citizen, many)):
            many = len(self.shown[str(citizen)]) + 1
        return self.shown[str(citizen)]

    def _heard(self, raw: str, told: Mapping[str, Any] | bytes) -> str:
        """What stands in the response, which must be as Weibo reads it."""
        if not raw or isinstance(told, bytes):
            return ""
        answer = json.loads(raw)
        assert answer["result"] is True
        assert (answer["sender_id"], answer["receiver_id"]) == (told["receiver_id"], told["sender_id"])
        assert answer["type"] == "text"
        text: str = json.loads(unquote(answer["data"]))["text"]
        self._show(str(told["sender_id"]), "response", text)
        return text

    def _show(self, citizen: str, how: Literal["response", "reply"], text: str) -> None:
        assert len(text) < 300, "longer than Weibo takes"
        self.shown[citizen].append(Shown(how, text))
        self.came.set()

    async def _reply(self, request: web.Request) -> web.Response:
        self.calls += 1
        form = await request.post()
        if self.refusals:
            return self._refused(self.refusals.pop(0))
        if form["access_token"] != TOKEN:
            return self._refused(21332)
        citizen = str(form["receiver_id"])
        if citizen in self.unfollowed:
            return self._refused(20000)
        self._show(citizen, "reply", json.loads(str(form["data"]))["text"])
        return web.json_response({"result": True, "sender_id": ACCOUNT, "receiver_id": citizen})

    async def _file(self, request: web.Request) -> web.Response:
        found = self.files.get(request.query["fid"])
        if request.query["access_token"] != TOKEN or found is None:
            return self._refused(20001)
        return web.Response(body=found, content_type="image/jpeg")

    @staticmethod
    def _refused(code: int) -> web.Response:
        told = {"error": "not taken", "error_code": code, "request": "/2/messages/reply.json"}
        return web.json_response(told, status=400)
