"""The provider's side of customer service: an enterprise whose messages are fetched behind a cursor."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientSession, web

from channels.wechat.account import Account
from channels.wechat.simulator.phone import Phone
from channels.wechat.simulator.pushing import Pushed, Pushing

NEW, ASSISTANT, POOL, PERSON, OVER = range(5)


class KfProvider:
    """One enterprise with one account."""

    def __init__(
        self, account: Account, service_url: str, kf: str = "wkSimulator", now: Callable[[], float] = time.time
    ) -> None:
        self.account = account
        self.service_url = service_url
        self.kf = kf
        self.phones: dict[str, Phone] = {}
        self.faults: dict[str, deque[int]] = {}
        self.calls: Counter[str] = Counter()
        self.called = asyncio.Event()
        self.media: dict[str, tuple[bytes, str]] = {}
        self.page = 2
        """Messages that one fetch gives, at most."""
        self.url = ""
        self._now = now
        self._log: list[dict[str, Any]] = []
        self._sent: set[str] = set()
        self._tokens: set[str] = set()
        self._runner: web.AppRunner | None = None
        self._http: ClientSession | None = None

    async def start(self) -> str:
        """Listen on loopback; the address of the API."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/cgi-bin/gettoken", self._token),
                web.post("/cgi-bin/kf/sync_msg", self._asked(self._sync)),
                web.post("/cgi-bin/kf/service_state/get", self._asked(self._state)),
                web.post("/cgi-bin/kf/service_state/trans", self._asked(self._trans)),
                web.post("/cgi-bin/kf/send_msg", self._asked(self._send)),
                web.get("/cgi-bin/media/get", self._asked(self._media)),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._http = ClientSession()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        """No more."""
        if self._http is not None:
            await self._http.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def phone(self, citizen: str) -> Phone:
        """Theirs."""
        return self.phones.setdefault(citizen, Phone(citizen))

    def write(self, citizen: str, kind: str = "text", **inside: Any) -> str:
        """The citizen sends something; nobody is called yet. Its id."""
        phone = self.phone(citizen)
        phone.wrote(self._now())
        if phone.state == OVER:
            phone.state = NEW
        return self._note(external_userid=citizen, origin=3, msgtype=kind, **{kind: inside})

    def enter(self, citizen: str) -> str:
        """The citizen opens the session."""
        event = {"event_type": "enter_session", "open_kfid": self.kf, "external_userid": citizen}
        self.phone(citizen)
        return self._note(origin=4, msgtype="event", event=event)

    async def call(self) -> Pushed:
        """Tell the service that there is something."""
        assert self._http is not None, "start it first"
        pushing = Pushing(self.account, "safe", self._http)
        fields: dict[str, str | int] = {
            "ToUserName": self.account.appid,
            "CreateTime": int(self._now()),
            "MsgType": "event",
            "Event": "kf_msg_or_event",
            "Token": secrets.token_hex(8),
            "OpenKfId": self.kf,
        }
        return await pushing.push(self.service_url, "", fields)

    def _note(self, **fields: Any) -> str:
        msgid = secrets.token_hex(12)
        self._log.append({"msgid": msgid, "open_kfid": self.kf, "send_time": int(self._now()), **fields})
        return msgid

    def _asked(self, answer: Callable[[Any], Awaitable[web.Response]]) -> Callable[[web.Request], Awaitable[Any]]:
        async def handler(request: web.Request) -> Any:
            self.calls[request.path] += 1
            self.called.set()
            due = self.faults.get(request.path)
            code = due.popleft() if due else 0
            if not code and request.query.get("access_token", "") not in self._tokens:
                code = 42001
            if code:
                return _error(code)
            return await answer(await request.json() if request.method == "POST" else request)

        return handler

    async def _token(self, request: web.Request) -> web.Response:
        self.calls[request.path] += 1
        if (request.query["corpid"], request.query["corpsecret"]) != (self.account.appid, self.account.secret):
            return _error(40001)
        token = secrets.token_urlsafe(32)
        self._tokens = {token}
        return web.json_response({"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": 7200})

    async def _sync(self, body: Any) -> web.Response:
        start = int(body.get("cursor") or 0)
        found = self._log[start : start + self.page]
        after = start + len(found)
        told = {"msg_list": found, "next_cursor": str(after), "has_more": int(after < len(self._log))}
        return web.json_response({"errcode": 0, "errmsg": "ok", **told})

    async def _state(self, body: Any) -> web.Response:
        return web.json_response({"errcode": 0, "service_state": self.phone(body["external_userid"]).state})

    async def _trans(self, body: Any) -> web.Response:
        phone = self.phone(body["external_userid"])
        wanted = int(body["service_state"])
        if phone.state == OVER or wanted < phone.state:
            return _error(95016)
        phone.state = wanted
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    async def _send(self, body: Any) -> web.Response:
        phone = self.phone(body["touser"])
        if phone.state not in (NEW, ASSISTANT):
            return _error(95018)
        if self._now() > phone.until:
            return _error(95002)
        if body["msgid"] not in self._sent:
            if not phone.allowed:
                return _error(95001)
            phone.allowed -= 1
            self._sent.add(body["msgid"])
            phone.show(body["text"]["content"], "kf", self._now())
        return web.json_response({"errcode": 0, "errmsg": "ok", "msgid": body["msgid"]})

    async def _media(self, request: web.Request) -> web.Response:
        found = self.media.get(request.query.get("media_id", ""))
        return _error(40007) if found is None else web.Response(body=found[0], content_type=found[1])


def _error(code: int) -> web.Response:
    return web.Response(text=json.dumps({"errcode": code, "errmsg": "simulated"}), content_type="application/json")
