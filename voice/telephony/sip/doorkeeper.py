"""Who may call, and how little a stranger may cost."""

from __future__ import annotations

from typing import Literal

from voice.clock import Clock
from voice.telephony.networks import Networks
from voice.telephony.sip.digest import Digest
from voice.telephony.sip.message import Message
from voice.telephony.sip.transport import Peer

STRANGERS_PER_SECOND = 50
"""Datagrams of strangers read a second, all strangers together; what is beyond is dropped unread."""
MAX_CONNECTIONS = 200
FOR_STRANGERS = 100
Admission = Literal["welcome", "ask", "ask again", "no"]


class Doorkeeper:
    """Known networks come in, others by password if there is any, and scanners are not worth an answer each."""

    def __init__(self, networks: Networks, digest: Digest | None, clock: Clock) -> None:
        self._networks = networks
        self._digest = digest
        self._clock = clock
        self._left = float(STRANGERS_PER_SECOND)
        self._counted = clock.monotonic()

    def known(self, host: str) -> bool:
        """Whether it needs no password."""
        return host in self._networks

    def hears(self, host: str) -> bool:
        """Whether what `host` sends is read at all."""
        if self.known(host):
            return True
        now = self._clock.monotonic()
        self._left = min(STRANGERS_PER_SECOND, self._left + (now - self._counted) * STRANGERS_PER_SECOND)
        self._counted = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def connects(self, host: str, others: int) -> bool:
        """Whether `host` may open a connection beside so many others: strangers never take the last."""
        return others < MAX_CONNECTIONS if self.known(host) else self._digest is not None and others < FOR_STRANGERS

    def admits(self, request: Message, peer: Peer) -> Admission:
        """Whether this request may begin a call."""
        if self.known(peer.host):
            return "welcome"
        if self._digest is None:
            return "no"
        if not request.get("authorization"):
            return "ask"
        verdict = self._digest.check(request, peer.host)
        return "welcome" if verdict == "good" else "ask again" if verdict == "stale" else "ask"

    def challenges(self, request: Message, peer: Peer, *, stale: bool) -> tuple[tuple[str, str], ...]:
        """Headers that ask for the password."""
        if self._digest is None:
            return ()
        return (("www-authenticate", self._digest.challenge(request.get("call-id"), peer.host, stale=stale)),)
