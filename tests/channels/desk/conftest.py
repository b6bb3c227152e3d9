"""Two seats at the desk of the service under test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from bot.desk.seat import Role
from channels.services import SERVICES
from tests.fakes.client import Client
from tests.fakes.service import PASSWORD


@dataclass
class SeatClient:
    """A signed-in seat with its own cookies."""

    client: Client
    csrf: str

    async def get(self, path: str) -> ClientResponse:
        """Read."""
        return await self.client.http.get(path)

    async def do(self, conversation: str, action: str, body: Any = None) -> ClientResponse:
        """One action on a conversation."""
        return await self.client.http.post(
            f"/desk/api/conversations/{conversation}/{action}", json=body, headers={"X-CSRF": self.csrf}
        )


async def _seat(client: Client, name: str, role: Role = "lawyer") -> AsyncIterator[SeatClient]:
    app = client.http.app
    assert app is not None
    await app[SERVICES].accounts.add_staff(name, PASSWORD, role)
    http: TestClient[Any, Any] = TestClient(client.http.server)
    async with http:
        own = Client(http)
        response = await own.sign_in(name, PASSWORD)
        assert response.status == 303
        yield SeatClient(own, await own.csrf())


@pytest.fixture
async def seat(client: Client) -> AsyncIterator[SeatClient]:
    """周律师, signed in."""
    async for one in _seat(client, "周律师"):
        yield one


@pytest.fixture
async def other(client: Client) -> AsyncIterator[SeatClient]:
    """吴律师, signed in."""
    async for one in _seat(client, "吴律师"):
        yield one


@pytest.fixture
async def supervisor(client: Client) -> AsyncIterator[SeatClient]:
    """郑主管, signed in."""
    async for one in _seat(client, "郑主管", "supervisor"):
        yield one


@pytest.fixture(params=("sqlite", "postgresql"))
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh store: every test here runs on both databases."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'faxian.db'}"
