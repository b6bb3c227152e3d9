"""SIP over UDP and TCP on one port."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from voice.clock import Clock, within
from voice.telephony.sip.datagrams import Datagrams
from voice.telephony.sip.framing import read_message
from voice.telephony.sip.message import MAX_BYTES

_LOG = logging.getLogger(__name__)
FIRST_WITHIN = 32.0
"""Seconds a fresh connection has to say something."""
_BACKLOG = 1 << 20
"""Bytes unread by the other side at which it counts as gone."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Where a message came from or goes to."""

    protocol: Literal["udp", "tcp"]
    host: str
    port: int


class SipTransport:
    """Hands whole messages to `receive`; `admits` is asked of each connection: its host, how many others are open."""

    def __init__(
        self,
        host: str,
        port: int,
        clock: Clock,
        receive: Callable[[bytes, Peer], None],
        admits: Callable[[str, int], bool],
    ) -> None:
        self._host, self._port, self._clock = host, port, clock
        self._receive, self._admits = receive, admits
        self._udp: Datagrams | None = None
        self._tcp: asyncio.Server | None = None
        self._writers: dict[Peer, asyncio.StreamWriter] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """The port both listen on."""
        return self._port

    async def start(self) -> None:
        """Listen. Raises OSError."""
        for _ in range(20):  # a port that the system chose for UDP may be taken for TCP
            udp = Datagrams(self._host, self._port, self._datagram)
            try:
                self._tcp = await asyncio.start_server(self._connected, self._host, udp.port, limit=MAX_BYTES)
            except OSError as error:
                udp.close()
                if self._port or error.errno != errno.EADDRINUSE:
                    raise
                continue
            self._udp, self._port = udp, udp.port
            return
        raise OSError(errno.EADDRINUSE, "no port is free for both UDP and TCP")

    async def stop(self) -> None:
        """Let go of everything."""
        if self._tcp is not None:
            self._tcp.close()
        for writer in self._writers.values():
            writer.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._udp is not None:
            self._udp.close()
            self._udp = None

    def send(self, data: bytes, peer: Peer) -> None:
        """Send; what cannot be sent is lost, as on any network: the layers above repeat or give up."""
        if peer.protocol == "udp":
            if self._udp is not None:
                self._udp.send(data, (peer.host, peer.port))
            return
        writer = self._writers.get(peer)
        if writer is None or writer.is_closing():
            self._later(self._connect(data, peer))
        elif writer.transport.get_write_buffer_size() > _BACKLOG:
            writer.transport.abort()
        else:
            writer.write(data)

    def own_address(self, host: str) -> str:
        """The address by which `host` reaches this machine."""
        if self._host not in ("0.0.0.0", "::", ""):
            return self._host
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((host, 9))  # nothing is sent: the system only chooses the way
            except OSError:
                return "127.0.0.1"
            return str(probe.getsockname()[0])

    def _datagram(self, data: bytes, source: tuple[str, int]) -> None:
        self._receive(data, Peer("udp", *source))

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connect(self, data: bytes, peer: Peer) -> None:
        try:
            reader, writer = await asyncio.open_connection(peer.host, peer.port, limit=MAX_BYTES)
        except OSError as error:
            _LOG.info("no connection to %s: %s", peer.host, type(error).__name__)
            return
        writer.write(data)
        await self._serve(reader, writer, peer)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        name = writer.get_extra_info("peername")
        if not name or not self._admits(name[0], len(self._writers)):
            writer.close()
            return
        await self._serve(reader, writer, Peer("tcp", name[0], name[1]))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, peer: Peer) -> None:
        self._writers[peer] = writer
        try:
            first = asyncio.ensure_future(read_message(reader, writer))
            if not await within(self._clock, FIRST_WITHIN, first):
                first.cancel()
            data = await first
            while data is not None:
                self._receive(data, peer)
                data = await read_message(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            _LOG.debug("connection from %s ended", peer.host)
        finally:
            if self._writers.get(peer) is writer:
                del self._writers[peer]
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
