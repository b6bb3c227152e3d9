"""The listening server: a whole talk, good and broken, leaves nothing personal in the log."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from channels.server import listen
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine

SECRETS = ("张三", "110101199001011234", "拖欠", "13800000000")


async def test_the_log_of_a_whole_talk_holds_no_personal_data(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    settings = Settings(data_dir=tmp_path, port=0)
    engine = FakeEngine()
    app = create_app(
        settings, clock=SystemClock(), database=Database(settings.store_url), engine=engine, laws=FakeLaws()
    )
    runner = await listen(app, settings)
    try:
        host, port = runner.addresses[0][:2]
        async with ClientSession(f"http://{host}:{port}") as http:
            opened = await (await http.post("/api/v1/conversations")).json()
            url, headers = (
                f"/api/v1/conversations/{opened['id']}/messages",
                {"Authorization": f"Bearer {opened['token']}"},
            )
            for number, text in enumerate(("我叫张三，身份证 110101199001011234，被拖欠工资", "意见")):
                answer = await http.post(url, json={"message_id": f"m{number}", "text": text}, headers=headers)
                assert answer.status == 200
            engine.failing = ValueError("张三 13800000000")
            await http.post(url, json={"message_id": "m9", "text": "张三的电话 13800000000"}, headers=headers)
            await http.get("/api/v1/laws/search", params={"q": "张三拖欠工资"})
            await http.get("/channels/web/opinion/20261123-0001.pdf", params={"token": opened["token"]})
        reader, writer = await asyncio.open_connection(host, port)
        writer.write("张三 拖欠 13800000000\r\n\r\n".encode())
        assert b" 400 " in await reader.readline()
        writer.close()
    finally:
        await runner.cleanup()
    for secret in (*SECRETS, opened["token"], opened["id"]):
        assert secret not in caplog.text
    assert "GET /api/v1/laws/search 200" in caplog.text
    assert "ValueError" in caplog.text


async def test_an_address_that_is_taken_is_an_error_and_leaves_nothing_open(tmp_path: Path) -> None:
    holder = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    settings = Settings(data_dir=tmp_path, port=holder.sockets[0].getsockname()[1])
    database = Database(settings.store_url)
    app = create_app(settings, clock=SystemClock(), database=database, engine=FakeEngine(), laws=FakeLaws())
    with pytest.raises(OSError, match="address"):
        await listen(app, settings)
    assert not await database.ready()
    holder.close()
