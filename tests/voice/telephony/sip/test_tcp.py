"""SIP over TCP: messages cut out of a stream, and connections that are no use."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.clock import VirtualClock
from tests.fakes.ticking import settle, until
from tests.voice.telephony.sip.conftest import Exchange
from voice.telephony.networks import Networks
from voice.telephony.sip.doorkeeper import FOR_STRANGERS
from voice.telephony.sip.message import MAX_BYTES, Message
from voice.telephony.sip.transport import FIRST_WITHIN

OPTIONS = Message(
    "OPTIONS",
    "sip:x",
    headers=(
        ("via", "SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1"),
        ("from", "<sip:a@b>;tag=1"),
        ("to", "<sip:c@d>"),
        ("call-id", "one"),
        ("cseq", "1 OPTIONS"),
    ),
    body=b"some body",
).encode()


class Caller:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def of(cls, exchange: Exchange) -> Caller:
        return cls(*await asyncio.open_connection("127.0.0.1", exchange.server.port))

    async def answers(self, count: int) -> list[int]:
        """Statuses of the next responses."""
        found = []
        for _ in range(count):
            head = await self.reader.readuntil(b"\r\n\r\n")
            found.append(Message.decode(head).status)
        return found


async def test_messages_in_any_pieces(exchange: Exchange) -> None:
    await exchange.start()
    caller = await Caller.of(exchange)
    stream = OPTIONS * 3
    for at in range(0, len(stream), 50):
        caller.writer.write(stream[at : at + 50])
        await asyncio.sleep(0)
    assert await caller.answers(3) == [200, 200, 200]
    caller.writer.close()


async def test_a_knock_to_keep_the_way_open_is_answered(exchange: Exchange) -> None:
    await exchange.start()
    caller = await Caller.of(exchange)
    caller.writer.write(b"\r\n\r\n")
    assert await caller.reader.readexactly(2) == b"\r\n"
    caller.writer.write(b"\r\n\r\n" + OPTIONS)
    assert await caller.reader.readexactly(2) == b"\r\n"
    assert await caller.answers(1) == [200]
    caller.writer.close()


@pytest.mark.parametrize(
    "data",
    [
        OPTIONS.replace(b"Content-Length: 9", b"Content-Length: -9"),
        OPTIONS.replace(b"Content-Length: 9", b"Content-Length: nine"),
        OPTIONS.replace(b"Content-Length: 9", f"Content-Length: {MAX_BYTES + 1}".encode()),
        b"x" * (2 * MAX_BYTES),
    ],
)
async def test_a_stream_that_cannot_be_cut_is_closed(exchange: Exchange, data: bytes) -> None:
    await exchange.start()
    caller = await Caller.of(exchange)
    caller.writer.write(data)
    await settle()
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await caller.answers(1)
    caller.writer.close()


async def test_who_says_nothing_is_let_go(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    caller = await Caller.of(exchange)
    await settle()
    clock.advance(FIRST_WITHIN + 1)
    await until(clock, caller.reader.at_eof)
    caller.writer.close()


async def test_strangers_connect_only_where_there_is_a_password_and_never_take_the_last(exchange: Exchange) -> None:
    await exchange.start(networks=Networks.decode(""))
    caller = await Caller.of(exchange)
    assert await caller.reader.read() == b""
    caller.writer.close()
    await exchange.stop()

    other = Exchange(exchange.clock)
    await other.start(networks=Networks.decode(""), users={"trunk": "secret"})
    callers = []
    for _ in range(FOR_STRANGERS + 1):
        callers.append(await Caller.of(other))
        await settle()
    assert await callers[-1].reader.read() == b""
    assert not callers[-2].reader.at_eof()
    for one in callers:
        one.writer.close()
    await other.stop()
