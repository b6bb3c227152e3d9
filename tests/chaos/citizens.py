"""Citizens who keep every message until it is answered and send it again with the same id, as our clients do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, WSMsgType

GONE = (ClientError, ConnectionError, asyncio.IncompleteReadError)
"""How a service that was killed looks from outside."""


class Cut(Exception):
    """The connection was lost."""


class Citizen(Protocol):
    """One conversation seen from the citizen's side."""

    said: list[str]
    """Every text ever sent, in order."""
    open: dict[str, str]
    """Message id → text of what has not been seen answered."""

    async def meet(self, http: ClientSession) -> None:
        """(Re)connect and send again what is open."""
        ...

    def add(self, text: str) -> str:
        """Intend one more message; its id."""
        ...

    async def send(self, message_id: str) -> None:
        """Send it now."""
        ...

    async def until(self, what: str, message_id: str) -> None:
        """Until "ack", "typing" or "reply" of that message was seen. Raises Cut."""
        ...

    async def transcript(self) -> list[dict[str, Any]]:
        """All messages from the first, as the service has them."""
        ...


@dataclass
class WebCitizen:
    """Talks by the web socket."""

    name: str
    said: list[str] = field(default_factory=list)
    open: dict[str, str] = field(default_factory=dict)
    unacknowledged: dict[str, None] = field(default_factory=dict)
    """Ids of `open` that the service has not confirmed, in order; as the page's outbox."""
    token: str | None = None
    seen: dict[int, dict[str, Any]] = field(default_factory=dict)
    _socket: ClientWebSocketResponse | None = None
    _http: ClientSession | None = None

    async def meet(self, http: ClientSession) -> None:
        """Say hello with what is known and send again what was not acknowledged; the rest the service must finish."""
        self._http = http
        self._socket = await http.ws_connect("/channels/web/socket")
        await self._socket.send_json({"type": "hello", "token": self.token, "last_seq": max(self.seen, default=0)})
        welcome = await self._receive()
        assert welcome["type"] == "welcome", welcome
        self.token = welcome["token"]
        for message_id in [*self.unacknowledged]:
            await self.send(message_id)

    def add(self, text: str) -> str:
        """Keep it in the queue."""
        message_id = f"{self.name}-{len(self.said)}"
        self.said.append(text)
        self.open[message_id] = text
        self.unacknowledged[message_id] = None
        return message_id

    async def send(self, message_id: str) -> None:
        """One message frame."""
        assert self._socket is not None
        try:
            await self._socket.send_json({"type": "message", "message_id": message_id, "text": self.open[message_id]})
        except GONE as error:
            raise Cut from error

    async def until(self, what: str, message_id: str) -> None:
        """Read frames until the one that is waited for."""
        while message_id in self.open:
            received = await self._receive()
            if what == "ack" and received["type"] == "ack" and received["message_id"] == message_id:
                return
            if what == "typing" and received["type"] == "typing":
                return

    async def transcript(self) -> list[dict[str, Any]]:
        """A fresh page that reads from the beginning."""
        assert self._http is not None
        messages: list[dict[str, Any]] = []
        async with self._http.ws_connect("/channels/web/socket") as page:
            await page.send_json({"type": "hello", "token": self.token, "last_seq": 0})
            await page.send_json({"type": "ping"})
            while (received := await page.receive_json(timeout=30))["type"] != "pong":
                if received["type"] == "message":
                    messages.append(received)
        return messages

    async def _receive(self) -> dict[str, Any]:
        assert self._socket is not None
        try:
            frame = await self._socket.receive(timeout=60)
        except GONE as error:
            raise Cut from error
        if frame.type is not WSMsgType.TEXT:
            raise Cut
        received: dict[str, Any] = frame.json()
        if received["type"] in ("ack", "message"):
            self.unacknowledged.pop(received["message_id"], None)
        if received["type"] == "message":
            assert self.seen.setdefault(received["seq"], received) == received, "a seq never changes its message"
            # The scripted engine repeats what it answers to.
            for message_id, text in list(self.open.items()):
                if received["from"] == "bot" and received["parts"][0]["text"].endswith(f"您说：{text}"):
                    del self.open[message_id]
        return received


@dataclass
class AppCitizen:
    """Talks by the app API."""

    name: str
    said: list[str] = field(default_factory=list)
    open: dict[str, str] = field(default_factory=dict)
    id: str = ""
    token: str = ""
    _http: ClientSession | None = None
    _asked: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def meet(self, http: ClientSession) -> None:
        """Open the conversation if there is none, then ask again what is open."""
        self._http = http
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)
        self._asked.clear()
        if not self.id:
            async with http.post("/api/v1/conversations") as answer:
                body = await answer.json()
            self.id, self.token = body["id"], body["token"]
        for message_id in list(self.open):
            await self.send(message_id)

    def add(self, text: str) -> str:
        """Keep it until it is answered."""
        message_id = f"{self.name}-{len(self.said)}"
        self.said.append(text)
        self.open[message_id] = text
        return message_id

    async def send(self, message_id: str) -> None:
        """Start the request; each waits for the one before, so that order is the citizen's."""
        before = next(reversed(self._asked.values()), None)
        self._asked[message_id] = asyncio.create_task(self._ask(message_id, before))

    async def _ask(self, message_id: str, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await before
        assert self._http is not None
        body = {"message_id": message_id, "text": self.open[message_id]}
        url = f"/api/v1/conversations/{self.id}/messages"
        try:
            async with self._http.post(url, json=body, headers=self._headers) as answer:
                told = await answer.json()
        except GONE as error:
            raise Cut from error
        assert answer.status == 200, told
        assert told["replies"][0]["text"].endswith(f"您说：{body['text']}")
        del self.open[message_id]

    async def until(self, what: str, message_id: str) -> None:
        """Only the answer can be seen by this channel."""
        task = self._asked.get(message_id)
        if task is not None and what == "reply":
            await asyncio.shield(task)

    async def transcript(self) -> list[dict[str, Any]]:
        """All pages of the transcript."""
        assert self._http is not None
        messages: list[dict[str, Any]] = []
        while True:
            after = str(messages[-1]["seq"]) if messages else "0"
            url = f"/api/v1/conversations/{self.id}/messages"
            async with self._http.get(url, params={"after": after}, headers=self._headers) as answer:
                page = (await answer.json())["messages"]
            if not page:
                return messages
            messages += page

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}
