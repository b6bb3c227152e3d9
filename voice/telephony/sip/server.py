"""The SIP user agent server: takes calls, and is cheap to everybody who has no business here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from voice.clock import Clock, within
from voice.telephony.metronome import Metronome
from voice.telephony.rtp.ports import NoPort, Ports
from voice.telephony.sip.address import Address
from voice.telephony.sip.call import SipCall
from voice.telephony.sip.config import SipConfig
from voice.telephony.sip.digest import Digest
from voice.telephony.sip.doorkeeper import Doorkeeper
from voice.telephony.sip.message import Malformed, Message
from voice.telephony.sip.parts import Parts
from voice.telephony.sip.requests import Requests
from voice.telephony.sip.responses import ALLOW, invite_key, stamped
from voice.telephony.sip.sdp import Unacceptable
from voice.telephony.sip.transport import Peer, SipTransport
from voice.telephony.switchboard import Switchboard

_LOG = logging.getLogger(__name__)
LEAVING = 2.0
"""Seconds that stopping waits for talks to end and goodbyes to be heard."""
_GONE = 1000
"""Ended calls remembered, for a BYE that is repeated because our answer was lost."""


class SipServer:
    """Everything but an accepted call is answered without keeping anything: a flood leaves no trace."""

    def __init__(self, config: SipConfig, switchboard: Switchboard, metronome: Metronome, clock: Clock) -> None:
        self._config, self._switchboard, self._clock = config, switchboard, clock
        digest = Digest(config.users, clock) if config.users else None
        self._door = Doorkeeper(config.networks, digest, clock)
        self._ports = Ports(config.host, *config.rtp)
        transport = SipTransport(config.host, config.port, clock, self._received, self._door.connects)
        requests = Requests(transport, clock)
        self._parts = Parts(config, clock, metronome, transport, requests, self._spawn)
        self._calls: dict[tuple[str, str], SipCall] = {}
        self._invites: dict[tuple[str, ...], SipCall] = {}
        self._gone: dict[tuple[str, str], None] = {}
        self._tasks: set[asyncio.Task[object]] = set()

    @property
    def port(self) -> int:
        """The port it listens on, UDP and TCP."""
        return self._parts.transport.port

    async def start(self) -> None:
        """Listen. Raises OSError."""
        await self._parts.transport.start()

    async def stop(self) -> None:
        """Hang up every call and let go of the ports."""
        for call in list(self._calls.values()):
            self._spawn(call.hang_up())
        until = self._clock.monotonic() + LEAVING
        while self._tasks and (left := until - self._clock.monotonic()) > 0:  # each may begin another: its goodbye
            await within(self._clock, left, asyncio.gather(*self._tasks, return_exceptions=True))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for call in self._calls.values():
            call.finish()
        await self._parts.transport.stop()

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _received(self, data: bytes, peer: Peer) -> None:
        if len(data) < 20 or not self._door.hears(peer.host):
            return
        try:
            message = Message.decode(data)
            if message.status:
                self._parts.requests.answered(message)
                return
            request = stamped(message, peer)
        except Malformed:
            return  # no telling whom to answer
        try:
            if request.cseq[1] != request.method or not request.get("call-id"):
                raise Malformed("CSeq and request differ")
            to, _ = Address.decode(request.get("to")), Address.decode(request.get("from"))
            self._dispatch(request, to.tag, peer)
        except Malformed:
            self._parts.refuse(request, 400, peer)

    def _dispatch(self, request: Message, tag: str, peer: Peer) -> None:
        if tag:
            name = (request.get("call-id"), tag)
            call = self._calls.get(name)
            if call is not None and Address.decode(request.get("from")).tag == call.dialog.remote_tag:
                call.request(request, peer)
            elif request.method == "BYE" and name in self._gone:
                self._parts.refuse(request, 200, peer)
            elif request.method != "ACK":
                self._parts.refuse(request, 481, peer)
            return
        match request.method:
            case "INVITE":
                self._invite(request, peer)
            case "ACK":
                return  # of a refusal, kept nowhere
            case "CANCEL":
                call = self._invites.get(invite_key(request))
                self._parts.refuse(request, 481 if call is None else 200, peer)
                if call is not None:
                    call.cancel()
            case "OPTIONS" if self._door.admits(request, peer) == "welcome":
                self._parts.refuse(request, 200, peer, (("allow", ALLOW), ("accept", "application/sdp")))
            case "BYE":
                self._parts.refuse(request, 481, peer)
            case _ if self._door.known(peer.host):
                self._parts.refuse(request, 405, peer, (("allow", ALLOW),))
            case _:
                self._parts.refuse(request, 403, peer)

    def _invite(self, request: Message, peer: Peer) -> None:
        key = invite_key(request)
        if (known := self._invites.get(key)) is not None:
            known.again()
            return
        admission = self._door.admits(request, peer)
        if admission == "no":
            self._parts.refuse(request, 403, peer)
        elif admission != "welcome":
            challenges = self._door.challenges(request, peer, stale=admission == "ask again")
            self._parts.refuse(request, 401, peer, challenges)
        elif required := [name for name in request.all("require") if name.lower() != "timer"]:
            self._parts.refuse(request, 420, peer, (("unsupported", ", ".join(required)),))
        elif not self._switchboard.take_line():
            self._parts.refuse(request, 486, peer, (("retry-after", "30"),))
        elif (call := self._new_call(request, peer)) is None:
            self._switchboard.give_back()
        else:
            # At once: the same INVITE may be waiting in the socket already.
            self._calls[call.dialog.call_id, call.dialog.tag] = self._invites[key] = call
            self._spawn(self._carry(call, key))

    def _new_call(self, request: Message, peer: Peer) -> SipCall | None:
        """A call that may be answered; None, and refused, where it cannot."""
        try:
            sockets = self._ports.open()
        except NoPort:
            _LOG.warning("a call was refused: every RTP port is taken")
            self._parts.refuse(request, 503, peer, (("retry-after", "30"),))
            return None
        try:
            return SipCall(self._parts, request, peer, sockets, self._door.known(peer.host))
        except (Malformed, Unacceptable) as error:
            for one in sockets:
                one.close()
            self._parts.refuse(request, 488 if isinstance(error, Unacceptable) else 400, peer)
            return None

    async def _carry(self, call: SipCall, key: tuple[str, ...]) -> None:
        """A call from its answer to its end."""
        name = (call.dialog.call_id, call.dialog.tag)
        try:
            if await call.establish():
                await self._switchboard.talk(call)
        finally:
            call.finish()
            self._switchboard.give_back()
            del self._calls[name], self._invites[key]
            self._gone[name] = None
            if len(self._gone) > _GONE:
                del self._gone[next(iter(self._gone))]
