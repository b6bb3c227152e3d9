"""SIP messages out of a stream of bytes."""

from __future__ import annotations

import asyncio

from voice.telephony.sip.message import MAX_BYTES


async def read_message(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """The next message of a stream, told apart by its length; line ends sent to keep the way open are answered.

    Raises ValueError, IncompleteReadError, LimitOverrunError.
    """
    while True:
        head = await reader.readuntil(b"\r\n\r\n")
        if head.strip():
            break
        writer.write(b"\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() in (b"content-length", b"l"):
            length = int(value.strip())
    if not 0 <= length <= MAX_BYTES:
        raise ValueError("too long")
    return head.lstrip() + await reader.readexactly(length)
