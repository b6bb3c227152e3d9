"""What the SIP server is told when it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice.telephony.networks import Networks


@dataclass(frozen=True, slots=True)
class SipConfig:
    """Defaults suit a trial on one machine."""

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 0
    """UDP and TCP; 0 lets the system choose."""
    address: str = ""
    """Address by which the other side reaches us, where that is another: behind a router, in a container."""
    networks: Networks = Networks.decode("127.0.0.0/8, ::1")
    """Who may call without a password."""
    users: Mapping[str, str] = field(default_factory=dict)
    """Passwords by name, with which anybody may call."""
    rtp: tuple[int, int] = (10_000, 10_999)
    """First and last port for sound; each call takes two."""
    ring: float = 0.0
    """Seconds before a call is answered."""
