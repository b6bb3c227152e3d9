"""The example clients of docs/clients against the real service."""

from __future__ import annotations

import asyncio
import base64
import importlib.util
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from playwright._impl._driver import compute_driver_executable

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.api.webhook import sign
from channels.app import create_app
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine

CLIENTS = Path(__file__).parents[2] / "docs" / "clients"
PYTHON, JAVASCRIPT = CLIENTS / "python" / "faxian_client.py", CLIENTS / "javascript" / "faxian.mjs"
SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()

NODE = compute_driver_executable()[0]
"""The one that the browser tests bring along, so that there always is one."""


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[str]:
    """Its address."""
    settings = Settings(data_dir=tmp_path)
    app = create_app(
        settings,
        clock=SystemClock(),
        database=Database(settings.store_url),
        engine=FakeEngine(),
        laws=FakeLaws(),
    )
    async with TestClient(TestServer(app)) as client:
        yield str(client.make_url("")).rstrip("/")


async def run(*command: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(90):
        out, wrong = await process.communicate()
    assert process.returncode == 0, wrong.decode()
    return out.decode()


@pytest.mark.parametrize(
    "command",
    [
        pytest.param((sys.executable, str(PYTHON)), id="python"),
        pytest.param((NODE, str(JAVASCRIPT)), id="javascript"),
    ],
)
async def test_it_opens_talks_sends_a_file_and_waits(service: str, command: tuple[str, ...]) -> None:
    printed = await run(*command, service)
    lines = dict(line.split("： ", 1) for line in printed.splitlines() if "： " in line)
    assert lines["问候"].startswith("您好，我是法线")
    assert lines["回答"]
    assert lines["状态"] == "waiting"
    assert int(lines["文件"]) == 6
    assert lines["消息"].replace(",", "").strip("[]") == "1 2 3 4 5 6"


def signed(body: bytes, at: int) -> dict[str, str]:
    return {"webhook-id": "c.1", "webhook-timestamp": str(at), "webhook-signature": sign((SECRET,), "c.1", at, body)}


CASES = [
    pytest.param(lambda told: told, True, id="right"),
    pytest.param(lambda told: told | {"webhook-timestamp": "1000301"}, False, id="another time"),
    pytest.param(lambda told: told | {"webhook-signature": "v1,AAAA"}, False, id="another signature"),
    pytest.param(lambda told: told | {"webhook-signature": told["webhook-signature"] + " v1,AAAA"}, True, id="two"),
    pytest.param(lambda told: told | {"webhook-signature": ""}, False, id="none"),
]


@pytest.mark.parametrize(("change", "right"), CASES)
def test_python_tells_a_forged_webhook(change: Any, right: bool) -> None:
    spec = importlib.util.spec_from_file_location("faxian_client", PYTHON)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    body = json.dumps({"type": "message"}).encode()
    found = module.verified(SECRET, change(signed(body, 1_000_000)), body, now=1_000_300)
    assert (found == {"type": "message"}) is right
    assert module.verified(SECRET, signed(body, 1_000_000), body, now=1_000_301) is None


@pytest.mark.parametrize(("change", "right"), CASES)
async def test_javascript_tells_a_forged_webhook(change: Any, right: bool) -> None:
    body = json.dumps({"type": "message"})
    headers = json.dumps(change(signed(body.encode(), 1_000_000)))
    program = (
        f"import {{ verified }} from {json.dumps(JAVASCRIPT.as_uri())};"
        f"console.log(JSON.stringify(await verified({json.dumps(SECRET)}, {headers}, {json.dumps(body)}, 1000300)));"
    )
    printed = await run(NODE, "--input-type=module", "-e", program)
    assert (printed.strip() == body.replace(" ", "")) is right
