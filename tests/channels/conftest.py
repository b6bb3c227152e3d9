"""A whole service on loopback, with a scripted engine, for every test of the channels."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from tests.fakes.client import Client
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine


@pytest.fixture
def engine() -> FakeEngine:
    """The engine of `client`'s service, to steer."""
    return FakeEngine()


@pytest.fixture
def settings(tmp_path: Path, store_url: str) -> Settings:
    """Settings of `client`'s service; without rate limits, as tests come fast."""
    return Settings(
        data_dir=tmp_path,
        database_url=store_url,
        rate_address_per_minute=0,
        rate_conversation_per_minute=0,
        staff_totp_roles="none",
    )


@pytest.fixture
async def client(settings: Settings, engine: FakeEngine) -> AsyncIterator[Client]:
    """A client of a started service."""
    database = Database(settings.store_url)
    app = create_app(settings, clock=SystemClock(), database=database, engine=engine, laws=FakeLaws())
    async with TestClient(TestServer(app)) as inner:
        yield Client(inner)
