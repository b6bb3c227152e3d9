"""Asterisk's connections: how they begin, end, and misbehave; the rest is in the contract of MediaSession."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.clock import VirtualClock
from tests.fakes.lines import LOOPBACK, Desk
from tests.fakes.sockets import sockets
from tests.fakes.ticking import settle, tick, until
from voice.media import Frame, Key
from voice.telephony.audiosocket.frame import AUDIO, FAILED, HANG_UP, IDENTITY, KEY, SocketFrame
from voice.telephony.audiosocket.server import NAMED_WITHIN, AudioSocketServer
from voice.telephony.audiosocket.session import SILENT_FOR
from voice.telephony.metronome import Metronome
from voice.telephony.networks import Networks
from voice.telephony.switchboard import Switchboard

NAME = uuid.UUID("40325ec2-5efd-4bd3-805f-53576e581d13")
NAMED = SocketFrame(IDENTITY, NAME.bytes).encode()


class Asterisk:
    """A server of ours and connections to it."""

    def __init__(self, clock: VirtualClock, lines: int = 2, networks: Networks = LOOPBACK) -> None:
        self.clock, self.desk = clock, Desk()
        self.switchboard = Switchboard(self.desk.answer, lines)
        self.server = AudioSocketServer("127.0.0.1", 0, networks, self.switchboard, Metronome(clock), clock)
        self.writers: list[asyncio.StreamWriter] = []

    async def connect(self, *frames: bytes) -> asyncio.StreamReader:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        writer.writelines(frames)
        self.writers.append(writer)
        await settle()
        return reader

    async def stop(self) -> None:
        self.desk.done.set()
        stopping = asyncio.ensure_future(self.server.stop())
        await until(self.clock, stopping.done, 50, 0.5)
        await stopping
        for writer in self.writers:
            writer.close()
        await settle()
        assert self.switchboard.calls == 0


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest_asyncio.fixture
async def asterisk(clock: VirtualClock) -> AsyncIterator[Asterisk]:
    made = Asterisk(clock)
    await made.server.start()
    yield made
    await made.stop()


async def test_a_call_is_known_by_asterisks_name(asterisk: Asterisk) -> None:
    await asterisk.connect(NAMED)
    call = asterisk.desk.sessions[0].call
    assert call.reference == str(NAME)
    assert call.id != call.reference
    assert (call.caller, call.called) == ("", "")


async def test_frames_of_any_length_in_any_pieces_become_20_ms(asterisk: Asterisk, clock: VirtualClock) -> None:
    await asterisk.connect(NAMED)
    sound = bytes(range(1, 251)) * 8
    stream = b"".join(SocketFrame(AUDIO, sound[at : at + 500]).encode() for at in range(0, 2000, 500))
    for at in range(0, len(stream), 7):
        asterisk.writers[0].write(stream[at : at + 7])
        await asyncio.sleep(0)
    await tick(clock, 2)
    session = asterisk.desk.sessions[0]
    frames = [await session.receive() for _ in range(6)]
    assert b"".join(frame.pcm for frame in frames if isinstance(frame, Frame)) == sound[:1920]


@pytest.mark.parametrize(
    "end",
    [
        SocketFrame(HANG_UP).encode(),
        SocketFrame(FAILED, b"\1").encode(),
        b"",
        SocketFrame(AUDIO, bytes(320)).encode()[:9],
    ],
)
async def test_every_way_to_end(asterisk: Asterisk, end: bytes) -> None:
    await asterisk.connect(NAMED, SocketFrame(KEY, b"5").encode(), end)
    asterisk.writers[0].close()
    await settle()
    session = asterisk.desk.sessions[0]
    assert await session.receive() == Key("5")
    assert await session.receive() is None


async def test_what_a_later_protocol_sends_is_passed_over(asterisk: Asterisk) -> None:
    await asterisk.connect(NAMED, SocketFrame(0x7E, b"new").encode(), SocketFrame(KEY, b"#").encode())
    assert await asterisk.desk.sessions[0].receive() == Key("#")


@pytest.mark.parametrize(
    "first", [SocketFrame(AUDIO, bytes(320)), SocketFrame(IDENTITY, b"short"), SocketFrame(HANG_UP)]
)
async def test_a_connection_that_does_not_say_its_name_is_closed(asterisk: Asterisk, first: SocketFrame) -> None:
    reader = await asterisk.connect(first.encode())
    assert await reader.read() == b""
    assert not asterisk.desk.sessions


async def test_a_connection_that_says_nothing_is_closed(asterisk: Asterisk, clock: VirtualClock) -> None:
    reader = await asterisk.connect()
    await until(clock, reader.at_eof, 20, NAMED_WITHIN)
    assert not asterisk.desk.sessions


async def test_a_connection_that_falls_silent_is_closed(asterisk: Asterisk, clock: VirtualClock) -> None:
    reader = await asterisk.connect(NAMED)
    await until(clock, reader.at_eof, 20, SILENT_FOR / 4)
    assert await asterisk.desk.sessions[0].receive() is None


async def test_more_calls_than_lines_are_hung_up_on(clock: VirtualClock) -> None:
    asterisk = Asterisk(clock, lines=1)
    await asterisk.server.start()
    await asterisk.connect(NAMED)
    reader = await asterisk.connect(NAMED)
    assert await reader.read() == SocketFrame(HANG_UP).encode()
    assert len(asterisk.desk.sessions) == 1
    await asterisk.stop()


async def test_strangers_cannot_connect(clock: VirtualClock) -> None:
    asterisk = Asterisk(clock, networks=Networks.decode("10.0.0.0/8"))
    await asterisk.server.start()
    reader = await asterisk.connect()
    assert await reader.read() == b""
    assert not asterisk.desk.sessions
    await asterisk.stop()


async def test_without_ari_nobody_is_transferred_and_the_call_goes_on(asterisk: Asterisk) -> None:
    await asterisk.connect(NAMED)
    assert await asterisk.desk.sessions[0].transfer("8001") is False
    asterisk.writers[0].write(SocketFrame(KEY, b"1").encode())
    assert await asterisk.desk.sessions[0].receive() == Key("1")
    with pytest.raises(ValueError, match="extension"):
        await asterisk.desk.sessions[0].transfer("8001;x")


async def noise(chunks: list[bytes]) -> None:
    clock = VirtualClock()
    before = sockets()
    asterisk = Asterisk(clock)
    await asterisk.server.start()
    await asterisk.connect(NAMED, *chunks)
    await tick(clock, 3)
    await asterisk.stop()
    asterisk.server = None  # type: ignore[assignment]
    await settle()
    assert sockets() <= before


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.binary(max_size=400), max_size=6))
def test_noise_ends_or_is_passed_over_and_leaves_nothing(chunks: list[bytes]) -> None:
    asyncio.run(noise(chunks))
