"""What carries frames to one open page, whatever the connection is made of."""

from __future__ import annotations

from enum import IntEnum
from typing import Protocol


class Why(IntEnum):
    """Why we end a connection; the numbers are those of WebSocket close codes."""

    GOING_AWAY = 1001
    POLICY = 1008
    INTERNAL = 1011
    LATER = 1013


class Wire(Protocol):
    """Frames go out by `send`; one that is closed takes no more and says nothing about it."""

    @property
    def closed(self) -> bool:
        """Whether it is of no more use."""
        ...

    async def send(self, text: str) -> None:
        """One frame. Raises ConnectionResetError when the page has gone."""
        ...

    async def close(self, why: Why) -> None:
        """End it from our side."""
        ...


class Collected:
    """Keeps the frames instead: the answer to one frame that came by POST."""

    def __init__(self) -> None:
        self.frames: list[str] = []
        self.closed = False

    async def send(self, text: str) -> None:
        """Keep it."""
        self.frames.append(text)

    async def close(self, why: Why) -> None:
        """Take no more."""
        self.closed = True
