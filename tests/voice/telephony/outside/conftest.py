"""Our server in real time, and a skip where other people's programs are not installed."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio

from bot.clock import SystemClock
from tests.fakes.echo import echo
from voice.media import MediaSession
from voice.telephony.metronome import Metronome
from voice.telephony.sip.config import SipConfig
from voice.telephony.sip.server import SipServer
from voice.telephony.switchboard import Switchboard

PACKAGES = {"sipp": "sip-tester", "baresip": "baresip-core", "kamailio": "kamailio"}


@pytest.fixture(autouse=True)
def _installed(request: pytest.FixtureRequest) -> None:
    for program in request.node.get_closest_marker("programs").args:
        if shutil.which(program) is None and shutil.which(f"/usr/sbin/{program}") is None:
            pytest.skip(f"needs the package {PACKAGES[program]}")


@dataclass
class Running:
    """A server that answers for real."""

    sessions: list[MediaSession] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    """Some call has."""
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """Some call has."""
    switchboard: Any = None
    server: Any = None

    async def start(
        self, answer: Callable[[MediaSession], Awaitable[None]] = echo, lines: int = 50, **more: Any
    ) -> int:
        clock = SystemClock()

        async def answered(session: MediaSession) -> None:
            self.sessions.append(session)
            self.begun.set()
            try:
                await answer(session)
            finally:
                self.ended.set()

        self.switchboard = Switchboard(answered, lines)
        self.server = SipServer(SipConfig(**more), self.switchboard, Metronome(clock), clock)
        await self.server.start()
        return int(self.server.port)


@pytest_asyncio.fixture
async def running() -> AsyncIterator[Running]:
    made = Running()
    yield made
    await made.server.stop()
    assert made.switchboard.calls == 0
    assert not made.server._calls
