"""The served OpenAPI document against the running service: generated requests, good and bad, find no broken promise."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from channels.server import listen
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a service that runs in a thread of its own, as schemathesis calls it synchronously."""
    options = Settings(
        data_dir=Path(tmp_path_factory.mktemp("store")),
        port=0,
        rate_address_per_minute=0,
        rate_conversation_per_minute=0,
    )
    loop = asyncio.new_event_loop()

    async def start() -> tuple[object, str]:
        app = create_app(
            options,
            clock=SystemClock(),
            database=Database(options.store_url),
            engine=FakeEngine(),
            laws=FakeLaws(),
        )
        runner = await listen(app, options)
        return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"

    runner, address = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield address
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(30)  # type: ignore[attr-defined]
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture(scope="module")
def api(service: str) -> schemathesis.BaseSchema:
    """The document as served."""
    return schemathesis.openapi.from_url(f"{service}/api/v1/openapi.json")


schema = schemathesis.pytest.from_fixture("api").exclude(path_regex="/uploads")
"""Without files in pieces, whose headers depend on what came before: see test_uploads.py."""


@pytest.fixture(scope="module")
def opened(service: str) -> dict[str, str]:
    """A conversation whose token the generated requests carry, so that they get past the door."""
    body: dict[str, str] = requests.post(f"{service}/api/v1/conversations", timeout=10).json()
    return body


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_service_keeps_what_the_document_promises(case: schemathesis.Case[Any], opened: dict[str, str]) -> None:
    if "{id}" in case.path and case.path_parameters and case.meta and case.meta.generation.mode.is_positive:
        case.path_parameters["id"] = opened["id"]
    if case.query and "wait" in case.query and case.meta and case.meta.generation.mode.is_positive:
        case.query["wait"] = 0  # each would take as long as it says
    response = case.call(headers={"Authorization": f"Bearer {opened['token']}"})
    case.validate_response(response)
    assert "Traceback" not in response.text
