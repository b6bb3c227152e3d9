"""Says back what it hears: to try a line out, and to measure one."""

from __future__ import annotations

import asyncio
from collections import deque

from voice.media import Frame, MediaSession

BEHIND = 5
"""Frames it may fall behind; older ones are left out, or a single stall would delay the rest of the call."""


async def echo(session: MediaSession) -> None:
    """Until the caller hangs up."""
    waiting: deque[bytes] = deque(maxlen=BEHIND)
    came = asyncio.Event()

    async def speak() -> None:
        while True:
            await came.wait()
            came.clear()
            while waiting:
                await session.send(waiting.popleft())

    speaking = asyncio.create_task(speak())
    try:
        while (heard := await session.receive()) is not None:
            if isinstance(heard, Frame):
                waiting.append(heard.pcm)
                came.set()
    finally:
        speaking.cancel()
        await asyncio.gather(speaking, return_exceptions=True)
