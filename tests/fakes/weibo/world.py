"""A service with Weibo on, and its provider beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from aiohttp.test_utils import TestServer

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.weibo.provider import APP_KEY, SECRET, TOKEN, Provider


@asynccontextmanager
async def world(
    settings: Settings, engine: Any = None, processes: int = 1
) -> AsyncIterator[tuple[Provider, list[str]]]:
    """The provider, and the addresses of the service's processes, as far as one process can be two."""
    provider, servers = Provider(), list[TestServer]()
    api = await provider.start()
    on = replace(
        settings,
        weibo_app_key=APP_KEY,
        weibo_secret=SECRET,
        weibo_token=TOKEN,
        weibo_api_base=api,
        weibo_upload_base=api,
    )
    try:
        for _ in range(processes):
            app = create_app(
                on,
                clock=SystemClock(),
                database=Database(on.store_url),
                engine=engine or FakeEngine(),
                laws=FakeLaws(),
            )
            server = TestServer(app)
            await server.start_server()
            servers.append(server)
        addresses = [str(server.make_url("/channels/weibo")) for server in servers]
        provider.service_url = addresses[0]
        yield provider, addresses
    finally:
        for server in servers:
            await server.close()
        await provider.stop()
