"""Nothing that anybody sends makes the server fail, and nothing of it stays."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.clock import VirtualClock
from tests.fakes.lines import Desk
from tests.fakes.phone import Phone
from tests.fakes.sockets import sockets
from tests.fakes.ticking import settle, tick, until
from voice.telephony.metronome import Metronome
from voice.telephony.rtp.packet import Packet
from voice.telephony.sip.config import SipConfig
from voice.telephony.sip.message import Message
from voice.telephony.sip.server import SipServer
from voice.telephony.sip.transport import Peer
from voice.telephony.switchboard import Switchboard

METHODS = ("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "INFO", "UPDATE", "NOTIFY", "REFER", "REGISTER", "PRACK", "X")
HEADERS = ("via", "from", "to", "call-id", "cseq", "contact", "content-type", "record-route", "require", "event")
ODD = st.one_of(
    st.sampled_from(
        ["", ";", "<", ">", '"', "<>", "sip:", "SIP/2.0/UDP", "1 INVITE", "99999999999 BYE", "x" * 5000, "٣ BYE"]
    ),
    st.text(st.characters(exclude_characters="\r\n", exclude_categories=("Cs",)), max_size=60),
)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: b"v=0\r\n" + text.encode("utf-8", "replace")),
    st.sampled_from([b"v=0\r\nm=audio 1 RTP/AVP 8\r\n", b"Signal=5", b"SIP/2.0 200 OK", b"SIP/2.0 x", b""]),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(METHODS), st.dictionaries(st.sampled_from(HEADERS), ODD, max_size=2), st.none() | BODIES),
    max_size=6,
)


@pytest.fixture(scope="module", autouse=True)
def old_objects_aside() -> Iterator[None]:
    """Each example looks for tasks that failed unseen; what was there before is not looked through every time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def altered(message: Message, changes: dict[str, str]) -> Message:
    """With some headers replaced, or left out where the new value is empty."""
    kept = [(name, changes.get(name, value)) for name, value in message.headers]
    return replace(message, headers=tuple((name, value) for name, value in kept if value or name not in changes))


class Failures:
    """What the loop was told went wrong in a callback or a task."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, told: self.seen.append(str(told)))


async def hostile(steps: list[tuple[str, dict[str, str], bytes | None]], packets: list[bytes]) -> None:
    """One phone that calls, and sends these in its call and beside it."""
    failures, clock, desk = Failures(), VirtualClock(), Desk()
    switchboard = Switchboard(desk.answer, 3)
    server = SipServer(SipConfig(), switchboard, Metronome(clock), clock)
    before = sockets()
    await server.start()
    phone = await Phone(server.port).plug_in()
    phone.ask("INVITE", phone.sdp())
    await settle()
    phone.accept()
    await settle()
    peer = Peer("udp", "127.0.0.1", phone.port)
    for method, changes, body in steps:
        server._received(altered(phone.request(method, body or phone.sdp()), changes).encode(), peer)
        await settle()
    for data in packets:
        phone._rtp[0].sendto(data, ("127.0.0.1", phone.remote_rtp))
        await tick(clock)
    desk.done.set()
    stopping = asyncio.ensure_future(server.stop())
    await until(clock, stopping.done, 100, 0.5)
    await stopping
    phone.unplug()
    await settle()
    assert switchboard.calls == 0
    assert not server._calls
    assert not server._invites
    assert sockets() <= before
    gc.collect()  # a task that failed unseen is told when it goes
    assert not failures.seen


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.lists(st.binary(max_size=60), max_size=4))
def test_a_hostile_phone(steps: list[tuple[str, dict[str, str], bytes | None]], packets: list[bytes]) -> None:
    asyncio.run(hostile(steps, packets))


PACKETS = st.builds(
    lambda kind, sequence, timestamp, ssrc, payload, marker: Packet(
        kind, sequence, timestamp, ssrc, payload, marker
    ).encode(),
    st.sampled_from([0, 8, 101, 13, 72]),
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFFFFFF),
    st.integers(0, 2),
    st.binary(max_size=1200),
    st.booleans(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PACKETS, max_size=12))
def test_hostile_sound(packets: list[bytes]) -> None:
    asyncio.run(hostile([], packets))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_datagram(data: bytes) -> None:
    async def one() -> None:
        clock = VirtualClock()
        server = SipServer(SipConfig(), Switchboard(Desk().answer, 1), Metronome(clock), clock)
        server._received(b"OPTIONS sip:x SIP/2.0\r\nVia: SIP/2.0/UDP h\r\n" + data, Peer("udp", "127.0.0.1", 5060))

    asyncio.run(one())
