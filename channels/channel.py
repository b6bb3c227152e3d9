"""Whoever can bring a message to the citizen, by whatever way."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from bot.message import Message
from channels.capabilities import Capabilities
from channels.rendering import Piece


class Channel(Protocol):
    """Whoever can bring a message to the citizen. A channel that takes several calls for one message is better a
    `PieceChannel`: what has arrived of a message is then not sent again after a crash."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can show."""
        ...

    async def send(self, message: Message, address: str) -> None:
        """Deliver to the citizen with this id at the provider ("" where there is none).

        Raises DeliveryFailed when it did not arrive. May be called twice for one message.
        """
        ...


@runtime_checkable
class PieceChannel(Protocol):
    """A channel that is handed a message piece by piece, rendered by its capabilities."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can show."""
        ...

    async def send_piece(self, piece: Piece, address: str, key: str) -> None:
        """Deliver one piece; `key` is the same each time it is tried, for providers that count twice as once.

        Raises DeliveryFailed.
        """
        ...
