"""sipp calls us, with scenarios of our own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.voice.telephony.outside.conftest import Running
from tests.voice.telephony.outside.tools import kamailio, sipp
from voice.media import Key, MediaSession
from voice.telephony.networks import Networks

pytestmark = pytest.mark.programs("sipp")


async def refer(session: MediaSession) -> None:
    """Send the caller to a seat; a caller who comes back is hung up on."""
    await session.transfer("8001")


@pytest.mark.parametrize(
    "scenario", ["call", "offerless", "hold", "keys", "options", "register", "malformed", "unacceptable"]
)
@pytest.mark.parametrize("transport", ["u1", "t1"])
async def test_against_an_echo(running: Running, tmp_path: Path, scenario: str, transport: str) -> None:
    port = await running.start()
    assert await sipp(scenario, port, tmp_path, "-t", transport) == ""


async def test_on_every_address(running: Running, tmp_path: Path) -> None:
    port = await running.start(host="0.0.0.0")
    assert await sipp("call", port, tmp_path) == ""
    assert await sipp("call", port, tmp_path, "-t", "t1") == ""


async def test_keys_arrive(running: Running, tmp_path: Path) -> None:
    keys: list[str] = []

    async def listen(session: MediaSession) -> None:
        while (came := await session.receive()) is not None:
            keys.extend([came.key] if isinstance(came, Key) else [])

    port = await running.start(listen)
    assert await sipp("keys", port, tmp_path) == ""
    assert keys == ["5", "#"]


@pytest.mark.parametrize("transport", ["u1", "t1"])
@pytest.mark.parametrize("scenario", ["transfer", "transfer_refused"])
async def test_transfer(running: Running, tmp_path: Path, scenario: str, transport: str) -> None:
    port = await running.start(refer)
    assert await sipp(scenario, port, tmp_path, "-t", transport) == ""


async def test_we_hang_up(running: Running, tmp_path: Path) -> None:
    async def brief(session: MediaSession) -> None:
        await session.send(bytes(320))

    port = await running.start(brief)
    assert await sipp("hung_up", port, tmp_path) == ""


async def test_a_caller_who_gives_up(running: Running, tmp_path: Path) -> None:
    port = await running.start(ring=3.0)
    assert await sipp("cancel", port, tmp_path) == ""
    assert not running.sessions


async def test_a_password(running: Running, tmp_path: Path) -> None:
    port = await running.start(networks=Networks.decode(""), users={"trunk": "secret"})
    assert await sipp("password", port, tmp_path) == ""


async def test_calls_survive_a_network_that_loses_a_tenth(running: Running, tmp_path: Path) -> None:
    port = await running.start()
    assert await sipp("call", port, tmp_path, "-m", "40", "-r", "20", "-d", "3000", "-lost", "10") == ""
    assert len(running.sessions) >= 36  # a caller may say goodbye before its acknowledgement has come through


async def test_a_flood_gets_busy_while_a_call_goes_on(running: Running, tmp_path: Path) -> None:
    talking, over = asyncio.Event(), asyncio.Event()

    async def answer(session: MediaSession) -> None:
        talking.set()
        await over.wait()

    port = await running.start(answer, lines=1)
    (tmp_path / "call").mkdir()
    (tmp_path / "flood").mkdir()
    call = asyncio.create_task(sipp("hung_up", port, tmp_path / "call", "-recv_timeout", "50000"))
    await asyncio.wait_for(talking.wait(), 20)
    assert await sipp("busy", port, tmp_path / "flood", "-m", "400", "-r", "200") == ""
    assert not call.done()
    over.set()
    assert await call == ""
    assert len(running.sessions) == 1


@pytest.mark.programs("sipp", "kamailio")
async def test_by_a_proxy(running: Running, tmp_path: Path) -> None:
    port = await running.start()
    async with kamailio(tmp_path / "proxy", port) as proxy:
        assert await sipp("proxied", proxy, tmp_path, "-m", "10", "-r", "10") == ""
    assert len(running.sessions) == 10
