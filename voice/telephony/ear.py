"""What has come from the caller and waits to be received."""

from __future__ import annotations

import asyncio
from collections import deque

from voice.media import KEYS, Frame, Key, frame_bytes

MAX_FRAMES = 500
"""Ten seconds; who listens no sooner loses the oldest."""


class Ear:
    """Cuts sound of any length into frames and keeps keys in their place among them."""

    def __init__(self, rate: int) -> None:
        self._size = frame_bytes(rate)
        self._rest = b""
        self._waiting: deque[Frame | Key] = deque()
        self._frames = 0
        self._changed = asyncio.Event()
        self._closed = False

    def hear(self, pcm: bytes) -> None:
        """Sound as it comes, whole frames or not."""
        if self._closed:
            return
        data = self._rest + pcm if self._rest else pcm
        whole = len(data) - len(data) % self._size
        for start in range(0, whole, self._size):
            self._waiting.append(Frame(data[start : start + self._size]))
            self._frames += 1
        self._rest = data[whole:]
        if self._frames > MAX_FRAMES:
            # Half of it at once: to drop them singly would cost at every frame from here on.
            self._drop(self._frames - MAX_FRAMES // 2)
        self._changed.set()

    def press(self, key: str) -> None:
        """A key; what no telephone has is dropped."""
        key = key.upper()
        if not self._closed and len(key) == 1 and key in KEYS:
            self._waiting.append(Key(key))
            self._changed.set()

    def forget(self) -> None:
        """Drop the sound that waits."""
        self._drop(self._frames)

    def close(self) -> None:
        """Nothing comes any more; what waits can still be received."""
        self._closed = True
        self._changed.set()

    async def next(self) -> Frame | Key | None:
        """What came first; None at the end."""
        while not self._waiting:
            if self._closed:
                return None
            self._changed.clear()
            await self._changed.wait()
        first = self._waiting.popleft()
        self._frames -= isinstance(first, Frame)
        return first

    def _drop(self, frames: int) -> None:
        """The oldest, and no key."""
        self._frames -= frames
        kept: deque[Frame | Key] = deque()
        for one in self._waiting:
            if frames and isinstance(one, Frame):
                frames -= 1
            else:
                kept.append(one)
        self._waiting = kept
