"""What a session needs of a WebSocket, whoever serves it."""

from __future__ import annotations

from typing import Protocol


class Socket(Protocol):
    """An accepted connection."""

    async def receive(self) -> str | bytes | None:
        """The next message; None when the other side has gone."""
        ...

    async def send(self, message: str | bytes) -> None:
        """Send one message; to a side that has gone nothing is sent, and nothing raised."""
        ...

    async def close(self) -> None:
        """End the connection."""
        ...
