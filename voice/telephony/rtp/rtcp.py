"""Sender and receiver reports (RFC 3550, section 6): enough for the other side to see how its sound arrives."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from voice.telephony.rtp.packet import Packet, newer

_SENDER, _RECEIVER, _SOURCE, _BYE = 200, 201, 202, 203
_CNAME = 1


@dataclass(frozen=True, slots=True)
class Quality:
    """How the caller's sound has come so far."""

    received: int
    lost: int
    """Packets that never came, as far as numbers tell; repeats count against it, as the standard wants."""
    jitter: float
    """Seconds, the standard's running estimate."""


class Reception:
    """Keeps the counts that a report block needs."""

    def __init__(self) -> None:
        self._ssrc: int | None = None
        self._base = self._highest = 0
        self._received = 0
        self._before = (0, 0)
        self._transit: int | None = None
        self._jitter = 0.0
        self._report = 0
        self._report_came = 0.0

    def packet(self, packet: Packet, now: float) -> None:
        """Count one packet that came at `now`."""
        if packet.ssrc != self._ssrc:
            self.__init__()  # type: ignore[misc]
            self._ssrc, self._base, self._highest = packet.ssrc, packet.sequence, packet.sequence
        ahead = newer(packet.sequence, self._highest & 0xFFFF, 16)
        self._highest += max(0, ahead)
        self._received += 1
        transit = int(now * 8000) - packet.timestamp
        if self._transit is not None:
            self._jitter += (abs(newer(transit & 0xFFFFFFFF, self._transit & 0xFFFFFFFF, 32)) - self._jitter) / 16
        self._transit = transit

    def heard_report(self, data: bytes, now: float) -> bool:
        """Take in what came on the control port; whether the other side says goodbye."""
        goodbye, start = False, 0
        while start + 8 <= len(data):
            kind, words = data[start + 1], int.from_bytes(data[start + 2 : start + 4], "big")
            if data[start] >> 6 != 2:
                break
            if kind == _SENDER and start + 20 <= len(data):
                self._report, self._report_came = int.from_bytes(data[start + 10 : start + 14], "big"), now
            goodbye = goodbye or kind == _BYE
            start += 4 * (words + 1)
        return goodbye

    def quality(self) -> Quality:
        """The figures so far."""
        expected = self._highest - self._base + 1 if self._ssrc is not None else 0
        return Quality(self._received, expected - self._received, self._jitter / 8000)

    def block(self, now: float) -> bytes:
        """The report block about this stream; empty when nothing has come."""
        if self._ssrc is None:
            return b""
        expected = self._highest - self._base + 1
        lost = expected - self._received
        since, came = expected - self._before[0], self._received - self._before[1]
        self._before = (expected, self._received)
        fraction = max(0, min(255, 256 * (since - came) // since)) if since > 0 else 0
        waited = int((now - self._report_came) * 65536) if self._report else 0
        total = max(-0x800000, min(0x7FFFFF, lost)) & 0xFFFFFF
        return struct.pack(
            "!IIIIII",
            self._ssrc,
            fraction << 24 | total,
            self._highest & 0xFFFFFFFF,
            int(self._jitter),
            self._report,
            waited & 0xFFFFFFFF,
        )


def report(ssrc: int, ntp: float, timestamp: int, packets: int, octets: int, block: bytes, *, bye: bool) -> bytes:
    """A compound packet: sender report, who we are, and goodbye when it ends. `ntp` is in seconds of that scale."""
    whole, part = int(ntp), int(ntp % 1 * (1 << 32))
    sender = struct.pack(
        "!IIIIII", ssrc, whole & 0xFFFFFFFF, part, timestamp, packets & 0xFFFFFFFF, octets & 0xFFFFFFFF
    )
    name = b"line"
    items = struct.pack("!I", ssrc) + bytes([_CNAME, len(name)]) + name + bytes(4 - (2 + len(name)) % 4)
    made = _compound(_SENDER, 1 if block else 0, sender + block) + _compound(_SOURCE, 1, items)
    return made + (_compound(_BYE, 1, struct.pack("!I", ssrc)) if bye else b"")


def _compound(kind: int, count: int, body: bytes) -> bytes:
    return struct.pack("!BBH", 0x80 | count, kind, len(body) // 4) + body
