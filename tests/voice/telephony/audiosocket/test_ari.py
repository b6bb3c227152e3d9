"""The notes that the dial plan and we leave each other, over a real HTTP server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from aiohttp import encode_basic_auth, web
from aiohttp.test_utils import TestServer

from voice.telephony.audiosocket.ari import DIALLED, FROM, TO, Ari


class Notes:
    """Asterisk's global variables behind its REST interface."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def allowed(self, request: web.Request) -> None:
        given = request.headers.get("Authorization", "")
        if given != encode_basic_auth("faxian", "密"):
            raise web.HTTPUnauthorized

    async def read(self, request: web.Request) -> web.Response:
        self.allowed(request)
        return web.json_response({"value": self.kept.get(request.query["variable"], "")})

    async def write(self, request: web.Request) -> web.Response:
        self.allowed(request)
        self.kept[request.query["variable"]] = request.query["value"]
        return web.Response(status=204)


@pytest_asyncio.fixture
async def asterisk() -> AsyncIterator[tuple[Notes, str]]:
    notes, app = Notes(), web.Application()
    app.router.add_get("/ari/asterisk/variable", notes.read)
    app.router.add_post("/ari/asterisk/variable", notes.write)
    async with TestServer(app) as server:
        yield notes, str(server.make_url("/ari"))


async def test_numbers_are_read_and_targets_noted(asterisk: tuple[Notes, str]) -> None:
    notes, url = asterisk
    notes.kept |= {FROM + "name": "13800138000", DIALLED + "name": "12348"}
    ari = Ari(url, "faxian", "密")
    assert await ari.numbers("name") == ("13800138000", "12348")
    assert await ari.numbers("other") == ("", "")
    assert await ari.send_to("name", "8001#")
    assert notes.kept[TO + "name"] == "8001#"


async def test_a_wrong_password_or_no_asterisk_is_no_transfer_and_no_number(asterisk: tuple[Notes, str]) -> None:
    _, url = asterisk
    for ari in (Ari(url, "faxian", "wrong"), Ari("http://127.0.0.1:9/ari", "faxian", "密")):
        assert await ari.numbers("name") == ("", "")
        assert not await ari.send_to("name", "8001")
