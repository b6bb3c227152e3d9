"""The unit of AudioSocket: a kind, a length, a payload."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

HANG_UP, IDENTITY, KEY, AUDIO, FAILED = 0x00, 0x01, 0x03, 0x10, 0xFF


@dataclass(frozen=True, slots=True)
class SocketFrame:
    """`AUDIO` is signed linear, 8 kHz, mono, little-endian; `IDENTITY` a UUID of 16 bytes; `KEY` one letter."""

    kind: int
    payload: bytes = b""

    def encode(self) -> bytes:
        """As it goes over the wire."""
        return bytes([self.kind]) + len(self.payload).to_bytes(2, "big") + self.payload

    @classmethod
    async def read(cls, reader: asyncio.StreamReader) -> SocketFrame:
        """The next one; the end of the stream, even amid a frame, is a hang-up, for Asterisk may just close."""
        try:
            head = await reader.readexactly(3)
            payload = await reader.readexactly(int.from_bytes(head[1:], "big"))
        except (asyncio.IncompleteReadError, OSError):
            return cls(HANG_UP)
        return cls(head[0], payload)
