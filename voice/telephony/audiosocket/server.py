"""Takes Asterisk's connections: one is one call."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid

from voice.clock import Clock, within
from voice.media import Call
from voice.telephony.audiosocket.ari import Ari
from voice.telephony.audiosocket.frame import HANG_UP, IDENTITY, SocketFrame
from voice.telephony.audiosocket.session import AudioSocketSession
from voice.telephony.metronome import Metronome
from voice.telephony.networks import Networks
from voice.telephony.switchboard import Switchboard

_LOG = logging.getLogger(__name__)
NAMED_WITHIN = 5.0
"""Seconds a fresh connection has to say which call it is."""
LEAVING = 2.0


class AudioSocketServer:
    """The protocol has no password: only `networks` may connect."""

    def __init__(
        self,
        host: str,
        port: int,
        networks: Networks,
        switchboard: Switchboard,
        metronome: Metronome,
        clock: Clock,
        ari: Ari | None = None,
    ) -> None:
        self._host, self._port, self._networks = host, port, networks
        self._switchboard, self._metronome, self._clock, self._ari = switchboard, metronome, clock, ari
        self._server: asyncio.Server | None = None
        self._sessions: set[AudioSocketSession] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port

    async def start(self) -> None:
        """Listen. Raises OSError."""
        self._server = await asyncio.start_server(self._connected, self._host, self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Hang up every call and let go of the port."""
        if self._server is not None:
            self._server.close()
        await asyncio.gather(*(session.hang_up() for session in list(self._sessions)))
        if self._tasks:
            ending = asyncio.gather(*self._tasks, return_exceptions=True)
            await within(self._clock, LEAVING, ending)
            for task in list(self._tasks):
                task.cancel()
            await asyncio.gather(ending, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        name = writer.get_extra_info("peername")
        try:
            if not name or name[0] not in self._networks:
                return
            if (reference := await self._named(reader)) is None:
                return
            # Only now: closed with something unread, the connection would be reset and our word lost.
            if not self._switchboard.take_line():
                writer.write(SocketFrame(HANG_UP).encode())
                return
            try:
                await self._carry(reference, reader, writer)
            finally:
                self._switchboard.give_back()
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _named(self, reader: asyncio.StreamReader) -> str | None:
        """The UUID with which every connection begins."""
        first = asyncio.ensure_future(SocketFrame.read(reader))
        if not await within(self._clock, NAMED_WITHIN, first):
            first.cancel()
            return None
        named = first.result()
        if named.kind != IDENTITY or len(named.payload) != 16:
            _LOG.info("a connection that did not say which call it is was closed")
            return None
        return str(uuid.UUID(bytes=named.payload))

    async def _carry(self, reference: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A call from its name to its end."""
        caller, called = await self._ari.numbers(reference) if self._ari is not None else ("", "")
        call = Call(uuid.uuid4().hex, "audiosocket", caller, called, reference)
        session = AudioSocketSession(call, reader, writer, self._clock, self._metronome, self._ari)
        self._sessions.add(session)
        reading = asyncio.create_task(session.read())
        try:
            await self._switchboard.talk(session)
        finally:
            session.finish()
            self._sessions.discard(session)
            reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reading
