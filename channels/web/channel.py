"""The way out to pages that are open."""

from __future__ import annotations

from bot.events import Event
from bot.message import Message
from channels.capabilities import Capabilities
from channels.hub import Hub


class WebChannel:
    """Delivers to open sockets. A closed page fetches by sequence number when it is back, so this cannot fail."""

    capabilities = Capabilities()

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def send(self, message: Message, _address: str) -> None:
        """Show the message on every open page of its conversation."""
        self._hub.tell(message.conversation, Event("message", message.conversation, message=message))
