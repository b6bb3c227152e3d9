"""Pairs of UDP ports for sound and its reports."""

from __future__ import annotations

import random
import socket


class NoPort(OSError):
    """Every pair of the range is taken."""


class Ports:
    """Even and next odd port, out of a range a firewall can be told of."""

    def __init__(self, host: str, first: int, last: int) -> None:
        """Ports `first` to `last`, both counted in."""
        self._host = host
        self._pairs = list(range(first + first % 2, last, 2))
        random.shuffle(self._pairs)  # two services on one machine would else run after each other
        self._next = 0

    def open(self) -> tuple[socket.socket, socket.socket]:
        """Two bound sockets. Raises NoPort."""
        for _ in range(len(self._pairs)):
            port = self._pairs[self._next]
            self._next = (self._next + 1) % len(self._pairs)
            if (sound := self._bound(port)) is None:
                continue
            if (control := self._bound(port + 1)) is not None:
                return sound, control
            sound.close()
        raise NoPort(f"no free pair of RTP ports on {self._host}")

    def _bound(self, port: int) -> socket.socket | None:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        made = socket.socket(family, socket.SOCK_DGRAM)
        try:
            made.setblocking(False)
            made.bind((self._host, port))
        except OSError:
            made.close()
            return None
        return made
