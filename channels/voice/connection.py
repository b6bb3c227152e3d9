"""aiohttp's WebSocket as the telephone wants it."""

from __future__ import annotations

import contextlib

from aiohttp import WSMsgType, web


class Connection:
    """A `voice.telephony.websocket.socket.Socket`."""

    def __init__(self, connection: web.WebSocketResponse) -> None:
        self._connection = connection

    async def receive(self) -> str | bytes | None:
        """The next message; None when the other side has gone."""
        message = await self._connection.receive()
        if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
            data: str | bytes = message.data
            return data
        return None

    async def send(self, message: str | bytes) -> None:
        """Send one message."""
        with contextlib.suppress(ConnectionError):  # gone: `receive` tells
            if isinstance(message, bytes):
                await self._connection.send_bytes(message)
            else:
                await self._connection.send_str(message)

    async def close(self) -> None:
        """End the connection."""
        await self._connection.close()
