"""The far end of a call on each transport, all used alike: what the contract of MediaSession is tested with."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from tests.fakes.clock import VirtualClock
from tests.fakes.media import FakeSession
from tests.fakes.phone import NUMBER, Phone
from tests.fakes.ticking import settle, until
from voice.media import CHAT, MediaSession
from voice.telephony.audiosocket.ari import Ari
from voice.telephony.audiosocket.frame import AUDIO, HANG_UP, IDENTITY, KEY, SocketFrame
from voice.telephony.audiosocket.server import AudioSocketServer
from voice.telephony.browser.answering import BrowserAnswering
from voice.telephony.metronome import Metronome
from voice.telephony.networks import Networks
from voice.telephony.sip.config import SipConfig
from voice.telephony.sip.server import SipServer
from voice.telephony.switchboard import Switchboard
from voice.telephony.websocket.answering import SocketAnswering

LOOPBACK = Networks.decode("127.0.0.0/8")
TRANSPORTS = ("fake", "sip", "audiosocket", "websocket", "browser")


class Line(Protocol):
    """A call that has been answered, seen by the caller."""

    session: MediaSession
    numbers: tuple[str, str]
    """Caller's and called, as far as the transport tells."""
    target: str
    """To which it can transfer."""

    def speak(self, pcm: bytes) -> None:
        """20 ms of sound."""

    def press(self, key: str) -> None:
        """A key."""

    async def leave(self) -> None:
        """Hang up."""

    @property
    def heard(self) -> bytes:
        """All that was said to us."""

    @property
    def ended(self) -> bool:
        """Whether the other side hung up on us."""

    async def settle_transfer(self, takes: bool) -> None:
        """Do our part of a transfer that was asked for."""


class Desk:
    """Answers one call, and keeps its line open until the test is done with it."""

    def __init__(self) -> None:
        self.sessions: list[MediaSession] = []
        self.done = asyncio.Event()

    async def answer(self, session: MediaSession) -> None:
        """For a switchboard."""
        self.sessions.append(session)
        await self.done.wait()


class Dialled:
    """Numbers are known, and can be transferred to."""

    numbers = (NUMBER, "12348")
    target = "8001"


class FakeLine(Dialled):
    """No network."""

    def __init__(self, session: FakeSession) -> None:
        self.session, self._fake = session, session

    def speak(self, pcm: bytes) -> None:
        self._fake.speak(pcm)

    def press(self, key: str) -> None:
        self._fake.press(key)

    async def leave(self) -> None:
        self._fake.leave()

    @property
    def heard(self) -> bytes:
        return b"".join(self._fake.heard)

    @property
    def ended(self) -> bool:
        return self._fake.over

    async def settle_transfer(self, takes: bool) -> None:
        """Was told beforehand."""


class SipLine(Dialled):
    """A phone."""

    def __init__(self, session: MediaSession, phone: Phone) -> None:
        self.session, self.phone = session, phone

    def speak(self, pcm: bytes) -> None:
        self.phone.speak(pcm)

    def press(self, key: str) -> None:
        self.phone.press(key)

    async def leave(self) -> None:
        self.phone.ask("BYE")

    @property
    def heard(self) -> bytes:
        return self.phone.heard

    @property
    def ended(self) -> bool:
        return any(message.method == "BYE" for message in self.phone.messages)

    async def settle_transfer(self, takes: bool) -> None:
        self.phone.answer(202)
        self.phone.notify("SIP/2.0 200 OK\r\n" if takes else "SIP/2.0 486 Busy Here\r\n")
        await settle()


class AsteriskLine(Dialled):
    """Asterisk's end of an AudioSocket."""

    def __init__(self, session: MediaSession, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.session, self._writer = session, writer
        self._frames: list[SocketFrame] = []
        self._reading = asyncio.create_task(self._read(reader))

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while not self.ended:
            self._frames.append(await SocketFrame.read(reader))

    def speak(self, pcm: bytes) -> None:
        self._writer.write(SocketFrame(AUDIO, pcm).encode())

    def press(self, key: str) -> None:
        self._writer.write(SocketFrame(KEY, key.encode()).encode())

    async def leave(self) -> None:
        self._writer.close()

    @property
    def heard(self) -> bytes:
        return b"".join(frame.payload for frame in self._frames if frame.kind == AUDIO)

    @property
    def ended(self) -> bool:
        return any(frame.kind == HANG_UP for frame in self._frames)

    async def settle_transfer(self, takes: bool) -> None:
        """The dial plan's part comes after the call."""


class Pipe:
    """Both ends of a WebSocket, without one."""

    def __init__(self) -> None:
        self.to_us: asyncio.Queue[str | bytes | None] = asyncio.Queue()
        self.sent: list[str | bytes] = []
        self.closed = False

    async def receive(self) -> str | bytes | None:
        return await self.to_us.get()

    async def send(self, message: str | bytes) -> None:
        self.sent.append(message)

    async def close(self) -> None:
        self.closed = True

    def told(self) -> list[dict[str, object]]:
        """What came as JSON."""
        return [json.loads(one) for one in self.sent if isinstance(one, str)]


class PipeLine(Dialled):
    """FreeSWITCH's end of a media WebSocket."""

    def __init__(self, session: MediaSession, pipe: Pipe) -> None:
        self.session, self.pipe = session, pipe

    def speak(self, pcm: bytes) -> None:
        self.pipe.to_us.put_nowait(pcm)

    def press(self, key: str) -> None:
        self.pipe.to_us.put_nowait(json.dumps({"event": "dtmf", "dtmf": key, "duration": "1600"}))

    async def leave(self) -> None:
        self.pipe.to_us.put_nowait(None)

    @property
    def heard(self) -> bytes:
        return b"".join(one for one in self.pipe.sent if isinstance(one, bytes))

    @property
    def ended(self) -> bool:
        return self.pipe.closed

    async def settle_transfer(self, takes: bool) -> None:
        if takes:
            await self.leave()
        else:
            self.pipe.to_us.put_nowait('{"event": "transfer_failed"}')
        await settle()


class PageLine(PipeLine):
    """The page's end of a call from its microphone."""

    numbers = ("", "")
    target = CHAT

    def press(self, key: str) -> None:
        self.pipe.to_us.put_nowait(json.dumps({"type": "key", "key": key}))

    async def settle_transfer(self, takes: bool) -> None:
        self.pipe.to_us.put_nowait(json.dumps({"type": "transferred", "taken": takes}))
        await settle()


class NoteTaker(Ari):
    """An Asterisk that keeps notes, or is out of order."""

    def __init__(self, works: bool) -> None:
        super().__init__("http://127.0.0.1:9/ari", "faxian", "secret")
        self._works = works
        self.notes: dict[str, str] = {}

    async def numbers(self, name: str) -> tuple[str, str]:
        return NUMBER, "12348"

    async def send_to(self, name: str, target: str) -> bool:
        self.notes[name] = target
        return self._works


@asynccontextmanager
async def line(transport: str, clock: VirtualClock, *, takes: bool = True) -> AsyncIterator[Line]:
    """An answered call; `takes`: whether a transfer will succeed."""
    desk = Desk()
    switchboard, metronome = Switchboard(desk.answer, 2), Metronome(clock)
    match transport:
        case "fake":
            session = FakeSession(clock, takes=takes)
            yield FakeLine(session)
            session.leave()
        case "sip":
            server = SipServer(SipConfig(), switchboard, metronome, clock)
            await server.start()
            phone = await Phone(server.port).plug_in()
            phone.ask("INVITE", phone.sdp())
            await until(clock, lambda: 200 in phone.statuses("INVITE"))
            phone.accept()
            await until(clock, lambda: desk.sessions)
            yield SipLine(desk.sessions[0], phone)
            desk.done.set()
            await _stopped(clock, server.stop())
            phone.unplug()
        case "audiosocket":
            asterisk = AudioSocketServer("127.0.0.1", 0, LOOPBACK, switchboard, metronome, clock, NoteTaker(takes))
            await asterisk.start()
            reader, writer = await asyncio.open_connection("127.0.0.1", asterisk.port)
            writer.write(SocketFrame(IDENTITY, uuid.uuid4().bytes).encode())
            await until(clock, lambda: desk.sessions)
            yield AsteriskLine(desk.sessions[0], reader, writer)
            desk.done.set()
            writer.close()
            await _stopped(clock, asterisk.stop())
        case "websocket":
            pipe, answering = Pipe(), SocketAnswering(switchboard, metronome, clock)
            pipe.to_us.put_nowait(json.dumps({"callId": "fs-1", "from": NUMBER, "to": "12348", "sampleRate": 8000}))
            carrying = asyncio.create_task(answering.answer(pipe))
            await until(clock, lambda: desk.sessions)
            yield PipeLine(desk.sessions[0], pipe)
            desk.done.set()
            pipe.to_us.put_nowait(None)
            await _stopped(clock, carrying)
        case "browser":
            pipe, browsers = Pipe(), BrowserAnswering(switchboard, metronome, clock)
            carrying = asyncio.create_task(browsers.answer(pipe, "the-chat"))
            await until(clock, lambda: desk.sessions)
            yield PageLine(desk.sessions[0], pipe)
            desk.done.set()
            pipe.to_us.put_nowait(None)
            await _stopped(clock, carrying)
    assert switchboard.calls == 0


async def _stopped(clock: VirtualClock, ending: object) -> None:
    """Stopping waits by the clock, which must therefore move."""
    task = asyncio.ensure_future(ending)  # type: ignore[call-overload]
    await until(clock, task.done)
    await task
