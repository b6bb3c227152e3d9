"""What tests do with a running service: open conversations, talk by API and by socket, sit at the desk."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse, ClientWebSocketResponse
from aiohttp.test_utils import TestClient


@dataclass
class Client:
    """A client of one service; `http` for anything not covered here."""

    http: TestClient[Any, Any]

    async def conversation(self) -> tuple[str, str]:
        """Id and token of a new API conversation."""
        response = await self.http.post("/api/v1/conversations")
        body = await response.json()
        return body["id"], body["token"]

    async def say(self, conversation: str, token: str, text: Any, message_id: Any = "m1") -> ClientResponse:
        """One message by the API."""
        return await self.http.post(
            f"/api/v1/conversations/{conversation}/messages",
            json={"message_id": message_id, "text": text},
            headers={"Authorization": f"Bearer {token}"},
        )

    async def page(self, token: str | None = None, last_seq: int = 0) -> Page:
        """An open web chat page, welcomed."""
        socket = await self.http.ws_connect("/channels/web/socket")
        await socket.send_json({"type": "hello", "token": token, "last_seq": last_seq})
        page = Page(socket)
        page.welcome = await page.until("welcome")
        return page

    async def stream(self, token: str | None = None, last_seq: int = 0) -> StreamPage:
        """An open page that reads events and sends by POST, welcomed."""
        hello = {"type": "hello", "token": token, "last_seq": last_seq}
        page = StreamPage(self.http, await self.http.post("/channels/web/events", json=hello))
        page.welcome = await page.until("welcome")
        return page

    async def sign_in(self, name: str, password: str) -> ClientResponse:
        """Send the login form as the page would."""
        form = await (await self.http.get("/desk/login")).text()
        found = re.search(r'name="csrf" value="([^"]+)"', form)
        assert found is not None
        data = {"username": name, "password": password, "csrf": found[1]}
        return await self.http.post("/desk/login", data=data, allow_redirects=False)

    async def csrf(self) -> str:
        """What changing requests of the signed-in seat must carry."""
        page = await (await self.http.get("/desk")).text()
        found = re.search(r'name="csrf" content="([^"]+)"', page)
        assert found is not None
        return found[1]


class Page:
    """One open socket."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.welcome: dict[str, Any] = {}
        self.seen: list[dict[str, Any]] = []
        """Every frame so far."""

    @property
    def token(self) -> str:
        """Who this page is."""
        token: str = self.welcome["token"]
        return token

    async def receive(self) -> dict[str, Any]:
        """The next frame."""
        return dict(await self.socket.receive_json(timeout=10))

    async def until(self, kind: str, **fields: Any) -> dict[str, Any]:
        """The next frame of this kind with these fields; what comes before is kept in `seen`."""
        while True:
            received = await self.receive()
            self.seen.append(received)
            if received["type"] == kind and all(received.get(name) == value for name, value in fields.items()):
                return received

    async def say(self, text: str, message_id: str) -> None:
        """Send one message."""
        await self.socket.send_json({"type": "message", "message_id": message_id, "text": text})

    def sequence(self) -> list[int]:
        """Sequence numbers of the messages shown, in the order they came."""
        return [received["seq"] for received in self.seen if received["type"] == "message"]

    async def close(self) -> None:
        """Cut it."""
        await self.socket.close()


class StreamPage(Page):
    """One open stream of events."""

    def __init__(self, http: TestClient[Any, Any], answer: ClientResponse) -> None:
        assert answer.content_type == "text/event-stream"
        self._http = http
        self._answer = answer
        self._told: list[dict[str, Any]] = []
        self.welcome = {}
        self.seen = []

    async def receive(self) -> dict[str, Any]:
        """The next frame, of those told in answer to a POST first."""
        while not self._told:
            async with asyncio.timeout(10):
                line = await self._answer.content.readline()
            if not line:
                raise ConnectionResetError("the stream has ended")
            if line.startswith(b"data: "):
                return dict(json.loads(line[6:]))
        return self._told.pop(0)

    async def say(self, text: str, message_id: str) -> None:
        """Send one message."""
        frame = {"type": "message", "message_id": message_id, "text": text}
        self._told += (await (await self.post(frame)).json())["frames"]

    async def post(self, frame: Any) -> ClientResponse:
        """One frame by POST."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return await self._http.post("/channels/web/frames", data=json.dumps(frame), headers=headers)

    async def close(self) -> None:
        """Cut it."""
        self._answer.close()
