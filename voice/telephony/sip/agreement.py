"""What both ends of a call have agreed to send each other, from the first offer to the last change."""

from __future__ import annotations

import secrets

from voice.telephony.rtp.stream import Remote
from voice.telephony.sip import sdp
from voice.telephony.sip.message import Message


class Agreement:
    """Ours is the same each time: the offer decides."""

    def __init__(self) -> None:
        self._theirs: sdp.Description | None = None
        self._session, self._version = secrets.randbits(31), 0

    def heard(self, message: Message, source: str) -> Remote | None:
        """What `message` offers or answers; None when it has no description. Raises Unacceptable."""
        body = sdp.body_of(message.get("content-type"), message.body)
        if not body:
            return None
        self._theirs = sdp.read(body, source)
        return self._theirs.remote

    def forget(self) -> None:
        """The other side leaves the next offer to us."""
        self._theirs = None

    @property
    def open(self) -> bool:
        """Whether our offer waits for an answer."""
        return self._theirs is None

    def ours(self, host: str, port: int) -> bytes:
        """Our answer, or the offer if it is up to us."""
        self._version += 1
        return sdp.write(host, port, self._session, self._version, self._theirs)
