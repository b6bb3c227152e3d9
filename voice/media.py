"""The seam between a call and whoever talks in it: sound and keys both ways, whatever carries them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

FRAME_SECONDS = 0.02
"""Every frame, heard or said, is this long."""
KEYS = "0123456789*#ABCD"
"""What a telephone can send; a `Key` is one of these."""

CHAT = "chat"
"""Where calls from a page are transferred to: it cannot be put through, but its visitor can go on in the chat."""

Transport = Literal["sip", "audiosocket", "websocket", "browser", "fake"]


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call when it is answered."""

    id: str
    """Ours, and no other call's."""
    transport: Transport
    caller: str = ""
    """Number the call comes from; empty when it is withheld or the transport does not tell."""
    called: str = ""
    """Number that was dialled; empty when the transport does not tell."""
    reference: str = ""
    """What the other side calls it (Call-ID, channel, session), for comparing with its call records."""


@dataclass(frozen=True, slots=True)
class Frame:
    """20 ms of the caller's sound: mono, signed 16 bits, little-endian, at the session's rate."""

    pcm: bytes


@dataclass(frozen=True, slots=True)
class Key:
    """One press of one key, told once however often the network repeats it."""

    key: str


class CallEnded(Exception):
    """There is nobody to speak to any more."""


class MediaSession(Protocol):
    """One answered call. All of it is used from one event loop; one task at a time receives."""

    @property
    def call(self) -> Call:
        """Who calls whom."""
        ...

    @property
    def rate(self) -> int:
        """Samples a second, both ways: 8000 or 16000."""
        ...

    async def receive(self) -> Frame | Key | None:
        """What comes next from the caller; None once the call is over and all was received.

        Frames follow each other every 20 ms where the transport has a clock (lost ones are patched, silence while the
        caller is on hold). Who does not listen for seconds loses the oldest frames, never a key.
        """
        ...

    async def send(self, pcm: bytes) -> None:
        """Say 20 ms; returns as soon as no more than three frames wait, so a loop over frames runs at their pace.

        Raises CallEnded, and ValueError for a frame of another length.
        """
        ...

    def interrupt(self) -> None:
        """Forget what waits to be said."""
        ...

    async def hang_up(self) -> None:
        """End the call when what waits has been said; does nothing when it is over."""
        ...

    async def transfer(self, target: str) -> bool:
        """Hand the caller to `target`, a number or address of the other side's.

        True: the other side has taken the caller, and the call is over here. False: it has not, and the call goes on.
        """
        ...


def frame_bytes(rate: int) -> int:
    """Bytes in 20 ms at `rate`."""
    return rate // 50 * 2
