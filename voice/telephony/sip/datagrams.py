"""A UDP socket that is emptied in one go: asyncio reads one datagram a turn of the loop, which a flood outruns."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable

_LOG = logging.getLogger(__name__)
AT_ONCE = 32
"""Datagrams read before calls' sound gets its turn again."""
_BUFFER = 1 << 20
_LARGEST = 65_535


class Datagrams:
    """Begins to read at once. Raises OSError when the address is taken."""

    def __init__(self, host: str, port: int, receive: Callable[[bytes, tuple[str, int]], None]) -> None:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
        self._receive = receive
        self._socket = socket.socket(family, kind, protocol)
        try:
            self._socket.setblocking(False)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
            self._socket.bind(address)
        except OSError:
            self._socket.close()
            raise
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._socket, self._read)

    @property
    def port(self) -> int:
        """The port it has."""
        return int(self._socket.getsockname()[1])

    def send(self, data: bytes, place: tuple[str, int]) -> None:
        """Send, or lose it: UDP promises no more."""
        try:
            self._socket.sendto(data, place)
        except OSError as error:
            _LOG.debug("a datagram was not sent: %s", type(error).__name__)

    def close(self) -> None:
        """The port is free when this returns."""
        if self._socket.fileno() >= 0:
            self._loop.remove_reader(self._socket)
            self._socket.close()

    def _read(self) -> None:
        for _ in range(AT_ONCE):
            if self._socket.fileno() < 0:  # closed by what was just received
                return
            try:
                data, source = self._socket.recvfrom(_LARGEST)
            except BlockingIOError:
                return
            except OSError as error:  # of an earlier datagram of ours that nobody took
                _LOG.debug("a datagram was refused: %s", type(error).__name__)
                continue
            self._receive(data, (source[0], source[1]))
