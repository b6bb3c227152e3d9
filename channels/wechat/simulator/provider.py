"""The provider's API and its phones: tokens, messages out, media, menu, QR codes, with its limits and its errors."""

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
from channels.wechat.simulator.pushing import Mode, Pushed, Pushing

TEXT_BYTES = 2048
TOKEN_LIVES = 7200


class Provider:
    """One official account. `faults` are error codes that the next calls of a path get, whatever they ask."""

    def __init__(
        self,
        account: Account,
        service_url: str,
        mode: Mode = "plain",
        now: Callable[[], float] = time.time,
        patience: float = 5.0,
    ) -> None:
        self.account = account
        self.service_url = service_url
        self.phones: dict[str, Phone] = {}
        self.faults: dict[str, deque[int]] = {}
        self.calls: Counter[str] = Counter()
        self.called = asyncio.Event()
        self.media: dict[str, tuple[bytes, str]] = {}
        self.menu: dict[str, Any] = {}
        self.slow: float = 0.0
        """Seconds that each call takes."""
        self.url = ""
        """Where the API is, once it has started."""
        self._mode = mode
        self._now = now
        self._patience = patience
        self._tokens: dict[str, float] = {}
        self._runner: web.AppRunner | None = None
        self._http: ClientSession | None = None
        self._last_id = int(now() * 1000) * 1000
        self._scenes: dict[str, str] = {}

    async def start(self, port: int = 0) -> str:
        """Listen on loopback; the address of the API."""
        app = web.Application()
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self._http = ClientSession()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        """No more."""
        if self._http is not None:
            await self._http.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def routes(self) -> list[web.RouteDef]:
        """What the API answers."""
        return [
            web.post("/cgi-bin/stable_token", self._token),
            web.post("/cgi-bin/message/custom/send", self._asked(self._send)),
            web.post("/cgi-bin/message/subscribe/bizsend", self._asked(self._notify)),
            web.post("/cgi-bin/menu/create", self._asked(self._menu)),
            web.post("/cgi-bin/qrcode/create", self._asked(self._qr_code)),
            web.get("/cgi-bin/media/get", self._asked(self._media)),
        ]

    def phone(self, openid: str) -> Phone:
        """Theirs."""
        return self.phones.setdefault(openid, Phone(openid))

    async def until_called(self, path: str, count: int, within: float = 20.0) -> None:
        """Until the service has called `path` so often. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while self.calls[path] < count:
                self.called.clear()
                await self.called.wait()

    def expire_tokens(self) -> None:
        """All that were given out are refused from now on."""
        self._tokens.clear()

    def scene_of(self, url: str) -> str:
        """What the QR code with this address stands for."""
        return self._scenes[url]

    # What citizens do

    async def say(self, openid: str, text: str, msgid: str = "") -> Pushed:
        """Write something; `msgid` of an earlier message pushes that one again."""
        return await self.message(openid, "text", msgid, Content=text)

    async def message(self, openid: str, kind: str, msgid: str = "", **fields: str) -> Pushed:
        """Send a message of any kind."""
        self.phone(openid).wrote(self._now())
        return await self._push(openid, {"MsgType": kind, **fields, "MsgId": msgid or self.next_id()})

    async def event(self, openid: str, name: str, key: str = "", at: int | None = None, **fields: str) -> Pushed:
        """Do something."""
        phone = self.phone(openid)
        if name == "unsubscribe":
            phone.subscribed, phone.allowed = False, 0
        elif name in ("subscribe", "CLICK", "SCAN"):
            phone.subscribed = True
            phone.acted(self._now())
        return await self._push(openid, {"MsgType": "event", "Event": name, "EventKey": key, **fields}, at)

    async def allow_notice(self, openid: str, template: str, status: str = "accept") -> Pushed:
        """Allow one subscribe message of this template, or refuse them."""
        if status == "accept":
            self.phone(openid).notices += 1
        rows = {"TemplateId": template, "SubscribeStatusString": status, "PopupScene": "1"}
        return await self._push(openid, {"MsgType": "event", "Event": "subscribe_msg_popup_event"}, nested=rows)

    def next_id(self) -> str:
        """An id for a message."""
        self._last_id += 1
        return str(self._last_id)

    async def _push(
        self, openid: str, inside: dict[str, str], at: int | None = None, nested: dict[str, str] | None = None
    ) -> Pushed:
        fields: dict[str, str | int] = {"ToUserName": "gh_simulator", "FromUserName": openid}
        fields |= {"CreateTime": int(self._now()) if at is None else at, **inside}
        assert self._http is not None, "start it first"
        pushing = Pushing(self.account, self._mode, self._http, self._patience)
        pushed = await pushing.push(self.service_url, openid, fields, nested)
        if pushed.answer:
            self.phone(openid).show(pushed.answer, "passive", self._now())
        return pushed

    # What the service asks for

    def _asked(self, answer: Callable[[web.Request], Awaitable[Any]]) -> Callable[[web.Request], Awaitable[Any]]:
        """With a token, unless a fault is due."""

        async def handler(request: web.Request) -> Any:
            self.calls[request.path] += 1
            self.called.set()
            due = self.faults.get(request.path)
            code = due.popleft() if due else 0
            if code == 500:
                return web.Response(status=500)
            if not code and self._tokens.get(request.query.get("access_token", ""), 0.0) < self._now():
                code = 40001
            return _error(code) if code else await answer(request)

        return handler

    async def _token(self, request: web.Request) -> web.Response:
        """The same while it lives, as the stable one is."""
        self.calls[request.path] += 1
        due = self.faults.get(request.path)
        if due:
            return _error(due.popleft())
        body = await request.json()
        if (body.get("appid"), body.get("secret")) != (self.account.appid, self.account.secret):
            return _error(40125)
        alive = [token for token, until in self._tokens.items() if until - 300 > self._now()]
        token = alive[0] if alive else secrets.token_urlsafe(32)
        until = self._tokens.setdefault(token, self._now() + TOKEN_LIVES)
        return web.json_response({"access_token": token, "expires_in": int(until - self._now())})

    async def _send(self, request: web.Request) -> web.Response:
        body = json.loads(await request.text())
        phone = self.phones.get(body["touser"])
        text = body["text"]["content"]
        if phone is None:
            return _error(40003)
        if not phone.subscribed or self._now() > phone.until:
            return _error(45015)
        if not phone.allowed:
            return _error(45047)
        if len(text.encode()) > TEXT_BYTES:
            return _error(45002)
        phone.allowed -= 1
        phone.show(text, "custom", self._now())
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    async def _notify(self, request: web.Request) -> web.Response:
        body = await request.json()
        phone = self.phones.get(body["touser"])
        if phone is None or not phone.notices:
            return _error(43101)
        phone.notices -= 1
        phone.show("；".join(one["value"] for one in body["data"].values()), "notice", self._now())
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    async def _menu(self, request: web.Request) -> web.Response:
        self.menu = json.loads(await request.text())
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    async def _qr_code(self, request: web.Request) -> web.Response:
        body = await request.json()
        url = f"http://weixin.qq.com/q/{secrets.token_hex(8)}"
        self._scenes[url] = body["action_info"]["scene"]["scene_str"]
        return web.json_response({"ticket": secrets.token_hex(16), "expire_seconds": 2592000, "url": url})

    async def _media(self, request: web.Request) -> web.Response:
        found = self.media.get(request.query.get("media_id", ""))
        if found is None:
            return _error(40007)
        content, kind = found
        return web.Response(body=content, content_type=kind)


def _error(code: int) -> web.Response:
    """As the provider says it: with status 200, and not always as JSON."""
    told = {"errcode": code, "errmsg": f"error {code} rid: simulated"}
    return web.Response(text=json.dumps(told), content_type="text/plain" if code % 2 else "application/json")
