"""RTP packets: what is ours comes back, what is nobody's is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.telephony.rtp.packet import BadPacket, Packet, newer
from voice.telephony.rtp.rtcp import Reception, report


@settings(deadline=None)
@given(
    st.integers(0, 127),
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFFFFFF),
    st.integers(0, 0xFFFFFFFF),
    st.binary(max_size=400),
    st.booleans(),
)
def test_it_comes_back(kind: int, sequence: int, timestamp: int, ssrc: int, payload: bytes, marker: bool) -> None:
    packet = Packet(kind, sequence, timestamp, ssrc, payload, marker)
    assert Packet.decode(packet.encode()) == packet


def test_sources_extension_and_padding_are_skipped() -> None:
    head = bytes([0x80 | 0x20 | 0x10 | 2, 8]) + bytes(10)
    extension = bytes([0xBE, 0xDE, 0, 1]) + bytes(4)
    assert Packet.decode(head + bytes(8) + extension + b"sound" + b"\0\0\3").payload == b"sound"


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_anything_is_read_or_refused(data: bytes) -> None:
    try:
        packet = Packet.decode(data)
    except BadPacket:
        return
    assert packet.payload in data


@settings(deadline=None)
@given(st.binary(max_size=120))
def test_any_report_is_survived(data: bytes) -> None:
    reception = Reception()
    reception.heard_report(data, 1.0)
    assert (reception.quality().received, reception.quality().lost) == (0, 0)


@pytest.mark.parametrize(("one", "other", "ahead"), [(5, 3, 2), (3, 5, -2), (2, 0xFFFE, 4), (0xFFFE, 2, -4)])
def test_counters_are_compared_across_their_wrap(one: int, other: int, ahead: int) -> None:
    assert newer(one, other, 16) == ahead


def test_a_report_tells_what_was_lost() -> None:
    reception = Reception()
    for number in range(100):
        if number % 10 != 5:
            reception.packet(Packet(8, number, 160 * number, 42, b""), 0.02 * number)
    quality = reception.quality()
    assert (quality.received, quality.lost) == (90, 10)
    assert quality.jitter < 0.001
    block = reception.block(2.0)
    assert int.from_bytes(block[:4], "big") == 42
    assert block[4] == 256 * 10 // 100
    assert int.from_bytes(block[5:8], "big") == 10


def test_a_report_says_goodbye_when_it_does() -> None:
    parting = report(1, 100.5, 8000, 10, 1600, b"", bye=True)
    assert len(parting) % 4 == 0
    assert Reception().heard_report(parting, 1.0)
    assert not Reception().heard_report(report(1, 100.5, 8000, 10, 1600, b"", bye=False), 1.0)
