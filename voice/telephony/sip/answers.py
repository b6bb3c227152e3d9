"""What was answered within one call: for when a question comes again, or an answer is not acknowledged."""

from __future__ import annotations

import asyncio

from voice.clock import Clock, within
from voice.telephony.sip.dialog import Dialog
from voice.telephony.sip.message import Message
from voice.telephony.sip.requests import GIVE_UP, T1, T2
from voice.telephony.sip.responses import response, where
from voice.telephony.sip.transport import Peer, SipTransport

_REMEMBERED = 32


class Answers:
    """The server transactions of RFC 3261, as far as one call needs them."""

    def __init__(self, dialog: Dialog, transport: SipTransport, clock: Clock) -> None:
        self._dialog, self._transport, self._clock = dialog, transport, clock
        self._given: dict[tuple[int, str], Message] = {}
        self._acks: dict[int, asyncio.Future[None]] = {}

    def reply(
        self,
        request: Message,
        status: int,
        peer: Peer,
        headers: tuple[tuple[str, str], ...] = (),
        body: bytes = b"",
    ) -> None:
        """Answer once, and the same each time it is asked again."""
        self._send(response(request, status, self._dialog.tag, headers, body), request, peer)

    def again(self, request: Message, peer: Peer) -> bool:
        """Whether it was answered before, and now once more."""
        known = self._given.get(request.cseq)
        if known is not None:
            self._transport.send(known.encode(), where(request, peer))
        return known is not None

    async def confirmed(
        self,
        invite: Message,
        status: int,
        peer: Peer,
        headers: tuple[tuple[str, str], ...] = (),
        body: bytes = b"",
    ) -> bool:
        """Repeat a final answer to an INVITE; whether it is acknowledged, or the call over, before we give up."""
        ack = self._acks.setdefault(invite.cseq[0], asyncio.get_running_loop().create_future())
        made = response(invite, status, self._dialog.tag, headers, body)
        pause, spent = T1, 0.0
        while spent < GIVE_UP and not ack.done():
            self._send(made, invite, peer)
            await within(self._clock, pause, ack)
            spent += pause
            pause = min(2 * pause, T2)
        return ack.done()

    def acknowledged(self, number: int) -> None:
        """The answer to the INVITE of this number has arrived."""
        if (ack := self._acks.get(number)) is not None and not ack.done():
            ack.set_result(None)

    def finish(self) -> None:
        """The call is over: nobody waits for an acknowledgement any more."""
        for number in self._acks:
            self.acknowledged(number)

    def _send(self, made: Message, request: Message, peer: Peer) -> None:
        self._given[request.cseq] = made
        if len(self._given) > _REMEMBERED:
            del self._given[next(iter(self._given))]
        self._transport.send(made.encode(), where(request, peer))
