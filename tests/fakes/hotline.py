"""12348 whole: SIP on loopback, desk and database as they are, on a clock that moves when nothing else does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Connection, select

from bot.desk.profile import Profile
from bot.desk.seat import Role, Seat
from bot.dialogue.engine import DialogueEngine, Reply, Turn
from bot.settings import Settings
from bot.store.call_schema import calls
from bot.store.database import Database
from bot.store.desk_schema import callbacks
from bot.store.schema import conversations, matters, messages
from channels.app import create_app
from channels.services import SERVICES, Services
from channels.voice.wiring import answering
from tests.fakes.client import Client
from tests.fakes.clock import VirtualClock
from tests.fakes.laws import FakeLaws
from tests.fakes.phone import Phone
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.service import PASSWORD
from tests.fakes.talking import LOUD, QUIET, Loudness, ScriptedRecognizer, ScriptedSynthesizer
from tests.fakes.ticking import settle
from voice.telephony.metronome import Metronome
from voice.telephony.sip.config import SipConfig
from voice.telephony.sip.server import SipServer
from voice.telephony.switchboard import Switchboard

T = TypeVar("T")


class Watched(Database):
    """Knows when it or the engine works: a clock that moved meanwhile would make every transaction take seconds."""

    engine: DialogueEngine | None = None

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self._busy = 0
        self._idle = asyncio.Event()

    async def write(self, work: Callable[[Connection], T], *, together: bool = False) -> T:
        """As ever."""
        return await self._counted(super().write(work, together=together))

    async def read(self, work: Callable[[Connection], T]) -> T:
        """As ever."""
        return await self._counted(super().read(work))

    async def respond(self, turn: Turn) -> Reply:
        """The engine's answer, for which the clock waits too."""
        assert self.engine is not None
        answer: Reply = await self._counted(self.engine.respond(turn))
        return answer

    async def rest(self) -> None:
        """Until nothing is under way."""
        while self._busy:
            self._idle.clear()
            await self._idle.wait()
            await settle()

    async def _counted(self, work: Any) -> Any:
        self._busy += 1
        try:
            return await work
        finally:
            self._busy -= 1
            self._idle.set()


class Hotline:
    """The service with its telephone; `said` is what callers were told, in order."""

    def __init__(self, parts: Services, clock: VirtualClock, database: Watched, server: TestServer, ears: int) -> None:
        self.parts, self.clock, self.database, self.web = parts, clock, database, server
        self.voice, self.ears = ScriptedSynthesizer(), [ScriptedRecognizer() for _ in range(ears)]
        self.phone = answering(parts, self.voice, self.ears, Loudness)
        self.switchboard = Switchboard(self.phone.answer, 20)
        self.sip = SipServer(SipConfig(), self.switchboard, Metronome(clock), clock)
        self.microphones: list[Callable[[], None]] = []
        """Called with every beat."""
        self._phones: list[Phone] = []
        self._browsers: list[TestClient[Any, Any]] = []

    @property
    def said(self) -> list[str]:
        """What callers were told, in order."""
        return self.voice.said

    async def beat(self, beats: int = 1, seconds: float = 0.02) -> None:
        """So many beats of the clock, each with all that it brings about."""
        for _ in range(beats):
            self.clock.advance(seconds)
            for phone in self._phones:  # a telephone's own clock goes on, though it sends nothing
                phone.timestamp += round(seconds * 8000)
            for microphone in self.microphones:  # a page has no other clock than what it sends
                microphone()
            await settle()
            await self.database.rest()

    async def until(self, happened: Callable[[], object], beats: int = 1500, seconds: float = 0.02) -> None:
        """Move the clock until it has happened; fails when that takes too long."""
        await settle()
        await self.database.rest()
        for _ in range(beats):
            if happened():
                return
            await self.beat(seconds=seconds)
        raise AssertionError(f"it did not happen; said: {self.said}")

    async def call(self, phone: Phone | None = None) -> Caller:
        """A phone in an answered call."""
        phone = await (phone or Phone(self.sip.port)).plug_in()
        self._phones.append(phone)
        phone.ask("INVITE", phone.sdp())
        await self.until(lambda: 200 in phone.statuses("INVITE"))
        phone.accept()
        await settle()
        return Caller(self, phone)

    async def seat(self, name: str = "周律师", role: Role = "lawyer", extension: str = "8001") -> Seat:
        """Somebody at the desk who can be called."""
        seat = await self.parts.accounts.add_staff(name, PASSWORD, profile=Profile(role, extension=extension))
        await self.parts.presence.beat(seat, "online")
        return seat

    async def signed_in(self, seat: Seat) -> tuple[Client, dict[str, str]]:
        """A browser of that seat's, and the headers of its changes."""
        http: TestClient[Any, Any] = TestClient(self.web)
        await http.start_server()
        self._browsers.append(http)
        client = Client(http)
        assert (await client.sign_in(seat.name, PASSWORD)).status == 303
        return client, {"X-CSRF": await client.csrf()}

    async def rows(self, table: Any) -> Sequence[Any]:
        """All of a table."""
        return await self.database.read(lambda connection: connection.execute(select(table)).all())

    async def all_over(self) -> None:
        """Every call has ended, and each has exactly one matter, closed unless a person goes on with it."""
        await self.until(lambda: self.switchboard.calls == 0, seconds=0.5)
        talks, kept = await self.rows(conversations), await self.rows(matters)
        ended = await self.rows(calls)
        assert len(talks) == len(kept) == len(ended)
        assert {one.conversation_id for one in ended} == {one.id for one in talks}
        assert {one.matter for one in talks} == {one.number for one in kept}
        for one in ended:
            talk = next(row for row in talks if row.id == one.conversation_id)
            matter = next(row for row in kept if row.number == talk.matter)
            assert one.ended_at is not None
            assert one.outcome
            assert (talk.state == "closed") == (one.outcome != "transferred"), one.outcome
            assert matter.state == talk.state
            owed = [row for row in await self.rows(callbacks) if row.matter == matter.number]
            if talk.state == "closed" and not owed and matter.owner_id is None:
                assert matter.status == "closed"

    async def transcript(self) -> list[tuple[str, str]]:
        """Who said what, of all conversations."""
        rows = sorted(await self.rows(messages), key=lambda row: row.id)
        return [(row.sender, "\n".join(part["text"] for part in row.parts)) for row in rows]

    async def stop(self) -> None:
        """As the service stops its telephone."""
        stopping = asyncio.ensure_future(self.sip.stop())
        await self.until(stopping.done, seconds=0.5)
        await stopping
        for phone in self._phones:
            phone.unplug()
        self._phones.clear()

    async def close(self) -> None:
        """All of it."""
        await self.stop()
        for http in self._browsers:
            await http.close()
        await self.web.close()


class Caller:
    """Somebody with a telephone."""

    def __init__(self, hotline: Hotline, phone: Phone) -> None:
        self._hotline, self.phone = hotline, phone

    async def hears(self, part: str, after: int = 0) -> None:
        """Until that has been said to its end."""
        voice = self._hotline.voice
        await self._hotline.until(lambda: any(part in one for one in voice.said[after:]))
        await self._hotline.until(lambda: not voice.speaking)
        await self._hotline.beat(5)

    async def says(self, words: str) -> None:
        """Something that is understood so."""
        self._hotline.ears[0].words.append(words)
        for sound in [LOUD] * 10 + [QUIET] * 8:
            self.phone.packet(self.phone.codec.encode(sound))
            await self._hotline.beat()

    async def presses(self, keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            self.phone.press(key)
            await self._hotline.beat(4)

    async def hangs_up(self) -> None:
        """At once."""
        self.phone.ask("BYE")
        await settle()

    @property
    def asked_to_call(self) -> list[str]:
        """Where the exchange was asked to put the call through."""
        return [one.get("refer-to") for one in self.phone.messages if one.method == "REFER"]

    async def put_through(self, taken: bool = True) -> None:
        """The exchange does it, or cannot."""
        count = len(self.asked_to_call)
        self.phone.answer(202)
        self.phone.notify("SIP/2.0 200 OK\r\n" if taken else "SIP/2.0 486 Busy Here\r\n")
        await self._hotline.beat(10)
        assert len(self.asked_to_call) == count


@asynccontextmanager
async def hotline(
    folder: Path,
    engine: DialogueEngine | None = None,
    *,
    ears: int = 1,
    clock: VirtualClock | None = None,
    **more: Any,
) -> AsyncIterator[Hotline]:
    """The service, started and stopped."""
    settings = Settings(data_dir=folder, staff_totp_roles="none", **more)
    clock, database = clock or VirtualClock(), Watched(settings.store_url)
    database.engine = FakeEngine() if engine is None else engine
    app = create_app(settings, clock=clock, database=database, engine=database, laws=FakeLaws())
    server = TestServer(app)
    await server.start_server()
    made = Hotline(app[SERVICES], clock, database, server, ears)
    await made.sip.start()
    try:
        yield made
    finally:
        await made.close()
