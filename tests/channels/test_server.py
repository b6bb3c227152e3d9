"""The listening server: a whole talk, good and broken, leaves nothing personal in the log."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database, StoreError
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
            for path in ("/healthz", "/channels/web/static/css/base.css"):
                await http.get(path)
            matter = (await answer.json())["matter"]
            ticket = (await (await http.post(f"/channels/web/opinion/{matter}/ticket", headers=headers)).json())[
                "ticket"
            ]
            for params in ({"ticket": ticket}, {"token": opened["token"]}):
                downloaded = await http.get(f"/channels/web/opinion/{matter}.pdf", params=params)
                assert downloaded.status == (200 if "ticket" in params else 401)
        reader, writer = await asyncio.open_connection(host, port)
        writer.write("张三 拖欠 13800000000\r\n\r\n".encode())
        assert b" 400 " in await reader.readline()
        writer.close()
    finally:
        await runner.cleanup()
    for secret in (*SECRETS, opened["token"], opened["id"], ticket, matter):
        assert secret not in caplog.text
        for record in caplog.records:
            assert secret not in repr(record.__dict__), record.name
    assert "GET /api/v1/laws/search 200" in caplog.text
    assert "GET /channels/web/opinion/{matter}.{kind} 200" in caplog.text
    assert "ValueError" in caplog.text
    assert "/healthz" not in caplog.text
    assert "/channels/web/static" not in caplog.text


async def test_an_address_that_is_taken_is_an_error_and_leaves_nothing_open(tmp_path: Path) -> None:
    holder = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    settings = Settings(data_dir=tmp_path, port=holder.sockets[0].getsockname()[1])
    database = Database(settings.store_url)
    app = create_app(settings, clock=SystemClock(), database=database, engine=FakeEngine(), laws=FakeLaws())
    with pytest.raises(OSError, match="address"):
        await listen(app, settings)
    assert not await database.ready()
    holder.close()


async def test_a_store_that_cannot_be_used_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "faxian.db").write_text("this is no database, but long enough to be taken for one " * 20)
    settings = Settings(data_dir=tmp_path, port=0)
    database = Database(settings.store_url)
    app = create_app(settings, clock=SystemClock(), database=database, engine=FakeEngine(), laws=FakeLaws())
    with pytest.raises(StoreError, match="not a database") as failed:
        await listen(app, settings)
    assert "\n" not in str(failed.value)
    assert "move it away" in str(failed.value)
    assert not await database.ready()
