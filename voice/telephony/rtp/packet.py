"""One RTP packet (RFC 3550, section 5.1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = struct.Struct("!BBHII")


class BadPacket(ValueError):
    """What came is no RTP packet."""


@dataclass(frozen=True, slots=True)
class Packet:
    """The fields that matter to a telephone; contributing sources and extensions are skipped over."""

    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    marker: bool = False

    def encode(self) -> bytes:
        """As it goes over the wire."""
        second = self.payload_type | (0x80 if self.marker else 0)
        return _HEADER.pack(0x80, second, self.sequence, self.timestamp, self.ssrc) + self.payload

    @classmethod
    def decode(cls, data: bytes) -> Packet:
        """Read what came. Raises BadPacket."""
        if len(data) < _HEADER.size:
            raise BadPacket("too short")
        first, second, sequence, timestamp, ssrc = _HEADER.unpack_from(data)
        if first >> 6 != 2:
            raise BadPacket("not version 2")
        start, end = _HEADER.size + 4 * (first & 0x0F), len(data)
        if first & 0x10:
            if start + 4 > end:
                raise BadPacket("cut off")
            start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4], "big")
        if first & 0x20:
            end -= data[-1]
        if start > end:
            raise BadPacket("cut off")
        return cls(second & 0x7F, sequence, timestamp, ssrc, data[start:end], bool(second & 0x80))


def newer(one: int, other: int, bits: int) -> int:
    """How far `one` is ahead of `other`, both counters of so many bits that wrap; negative when behind."""
    half = 1 << (bits - 1)
    return ((one - other + half) & ((1 << bits) - 1)) - half
