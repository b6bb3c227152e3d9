"""Requests of our own: repeated until answered (RFC 3261, section 17.1.2)."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace

from voice.clock import Clock, within
from voice.telephony.sip.address import Via
from voice.telephony.sip.message import Malformed, Message
from voice.telephony.sip.transport import Peer, SipTransport

T1, T2 = 0.5, 4.0
"""Seconds: first and longest pause between repeats."""
GIVE_UP = 64 * T1


class Requests:
    """Never an INVITE: this service is called and does not call."""

    def __init__(self, transport: SipTransport, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock
        self._open: dict[str, asyncio.Future[Message]] = {}

    async def send(self, request: Message, peer: Peer, own: str) -> Message | None:
        """The final response, None if there is none. `own`: host and port to be answered at."""
        branch = "z9hG4bK" + secrets.token_hex(12)
        via = f"SIP/2.0/{peer.protocol.upper()} {own};branch={branch};rport"
        data = replace(request, headers=(("via", via), *request.headers)).encode()
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._open[branch] = future
        try:
            pause, spent = T1 if peer.protocol == "udp" else GIVE_UP, 0.0
            while spent < GIVE_UP:
                self._transport.send(data, peer)
                if await within(self._clock, pause, future):
                    return future.result()
                spent += pause
                pause = min(2 * pause, T2)
            return None
        finally:
            del self._open[branch]

    def answered(self, message: Message) -> None:
        """A response has come; one that nobody waits for, or that is not final, is dropped."""
        try:
            branch = Via.decode((message.all("via") or [""])[0]).branch
        except Malformed:
            return
        future = self._open.get(branch)
        if future is not None and not future.done() and message.status >= 200:
            future.set_result(message)
