"""Download tickets: an address that opens the papers of one matter for a few minutes, and nothing else of anyone."""

from __future__ import annotations

import hashlib
import hmac

from bot.clock import Clock

LIFE = 300
"""Seconds a ticket is good for; long enough for a phone that asks twice, short enough for an address passed on."""


class Tickets:
    """Issues tickets and tells whether one opens a matter; every process with the key knows those of the others."""

    def __init__(self, clock: Clock, key: bytes) -> None:
        self._clock = clock
        self._key = key

    def issue(self, matter: str) -> str:
        """A ticket for this matter, safe to put in an address."""
        ends = int(self._clock.now().timestamp()) + LIFE
        return f"{ends}.{self._seal(matter, ends)}"

    def opens(self, ticket: str, matter: str) -> bool:
        """Whether the ticket is ours, for this matter, and still good."""
        ends, _, seal = ticket.partition(".")
        if not (ends.isascii() and ends.isdigit() and len(ends) < 15 and seal.isascii()):
            return False
        genuine = hmac.compare_digest(seal, self._seal(matter, int(ends)))
        return genuine and self._clock.now().timestamp() < int(ends)

    def _seal(self, matter: str, ends: int) -> str:
        return hmac.new(self._key, f"{ends}\n{matter}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
