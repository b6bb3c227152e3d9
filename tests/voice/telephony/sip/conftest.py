"""A SIP server on a virtual clock, and phones that call it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio

from tests.fakes.clock import VirtualClock
from tests.fakes.lines import Desk
from tests.fakes.phone import Phone
from tests.fakes.ticking import settle, until
from voice.media import MediaSession
from voice.telephony.metronome import Metronome
from voice.telephony.sip.config import SipConfig
from voice.telephony.sip.server import SipServer
from voice.telephony.switchboard import Switchboard


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@dataclass
class Exchange:
    """One server; what it is told can be chosen before `start`."""

    clock: VirtualClock
    desk: Desk = field(default_factory=Desk)
    phones: list[Phone] = field(default_factory=list)
    server: Any = None
    switchboard: Any = None

    async def start(
        self, lines: int = 5, answer: Callable[[MediaSession], Awaitable[None]] | None = None, **more: Any
    ) -> None:
        self.switchboard = Switchboard(answer or self.desk.answer, lines)
        self.server = SipServer(SipConfig(**more), self.switchboard, Metronome(self.clock), self.clock)
        await self.server.start()

    async def phone(self, **more: Any) -> Phone:
        phone = await Phone(self.server.port, **more).plug_in()
        self.phones.append(phone)
        return phone

    async def calling(self, **more: Any) -> Phone:
        """A phone in an answered call."""
        phone, before = await self.phone(**more), len(self.desk.sessions)
        phone.ask("INVITE", phone.sdp())
        await until(self.clock, lambda: 200 in phone.statuses("INVITE"))
        phone.accept()
        await until(self.clock, lambda: len(self.desk.sessions) > before)
        return phone

    async def stop(self) -> None:
        self.desk.done.set()
        stopping = asyncio.ensure_future(self.server.stop())
        await until(self.clock, stopping.done, 100, 0.5)
        await stopping
        for phone in self.phones:
            phone.unplug()
        await settle()


@pytest_asyncio.fixture
async def exchange(clock: VirtualClock) -> AsyncIterator[Exchange]:
    made = Exchange(clock)
    yield made
    await made.stop()
    assert made.switchboard.calls == 0
