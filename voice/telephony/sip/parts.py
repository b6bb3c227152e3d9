"""What every call of the SIP server uses."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from voice.clock import Clock
from voice.telephony.metronome import Metronome
from voice.telephony.sip.config import SipConfig
from voice.telephony.sip.message import Message
from voice.telephony.sip.requests import Requests
from voice.telephony.sip.responses import refusal, where
from voice.telephony.sip.transport import Peer, SipTransport


@dataclass(frozen=True, slots=True)
class Parts:
    """Shared, and longer-lived than any call."""

    config: SipConfig
    clock: Clock
    metronome: Metronome
    transport: SipTransport
    requests: Requests
    spawn: Callable[[Coroutine[Any, Any, object]], None]
    """Runs something to its end in the background, and not past the end of the server."""

    def own_address(self, host: str) -> str:
        """The address `host` is told to reach us at."""
        return self.config.address or self.transport.own_address(host)

    def own_place(self, host: str) -> str:
        """The same with our port, as SIP writes it."""
        address = self.own_address(host)
        return f"[{address}]:{self.transport.port}" if ":" in address else f"{address}:{self.transport.port}"

    def refuse(self, request: Message, status: int, peer: Peer, headers: tuple[tuple[str, str], ...] = ()) -> None:
        """Answer something that belongs to no call, and forget it."""
        if request.method != "ACK":
            self.transport.send(refusal(request, status, headers).encode(), where(request, peer))
