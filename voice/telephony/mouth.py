"""What is said and waits for its 20 ms."""

from __future__ import annotations

import asyncio
from collections import deque

from voice.media import CallEnded, frame_bytes

MAX_WAITING = 3
"""Frames: enough to ride out a busy loop, few enough that a caller who speaks up is met by silence at once."""


class Mouth:
    """Between a speaker that is faster than sound and a line that takes one frame each 20 ms."""

    def __init__(self, rate: int) -> None:
        self._size = frame_bytes(rate)
        self._waiting: deque[bytes] = deque()
        self._room = asyncio.Event()
        self._room.set()
        self._empty = asyncio.Event()
        self._empty.set()
        self._closed = False

    async def say(self, pcm: bytes) -> None:
        """Queue one frame, waiting for room. Raises CallEnded, and ValueError for another length."""
        if len(pcm) != self._size:
            raise ValueError(f"a frame has {self._size} bytes here, not {len(pcm)}")
        while not self._closed and len(self._waiting) >= MAX_WAITING:
            self._room.clear()
            await self._room.wait()
        if self._closed:
            raise CallEnded
        self._waiting.append(pcm)
        self._empty.clear()

    def take(self) -> bytes | None:
        """The frame whose time has come; None for silence."""
        if not self._waiting:
            self._empty.set()
            return None
        first = self._waiting.popleft()
        self._room.set()
        return first

    def forget(self) -> None:
        """Drop what waits."""
        self._waiting.clear()
        self._room.set()
        self._empty.set()

    def close(self) -> None:
        """Nobody listens any more; who waits to speak is told."""
        self._closed = True
        self.forget()

    async def finished(self) -> None:
        """Return when the last frame has been taken and its 20 ms are over, or nobody listens."""
        await self._empty.wait()
