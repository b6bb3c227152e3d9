"""One call by SIP, from INVITE to BYE."""

from __future__ import annotations

import asyncio
import secrets
import socket
import uuid

from voice.clock import within
from voice.media import Call, Frame, Key
from voice.telephony.ear import Ear
from voice.telephony.mouth import Mouth
from voice.telephony.rtp.rtcp import Quality
from voice.telephony.rtp.stream import RtpStream
from voice.telephony.sip.address import Address
from voice.telephony.sip.agreement import Agreement
from voice.telephony.sip.answers import Answers
from voice.telephony.sip.dialog import Dialog
from voice.telephony.sip.infokeys import key_of
from voice.telephony.sip.message import Message
from voice.telephony.sip.parties import parties
from voice.telephony.sip.parts import Parts
from voice.telephony.sip.refer import Referral, refer_to
from voice.telephony.sip.responses import ALLOW
from voice.telephony.sip.sdp import Unacceptable
from voice.telephony.sip.transport import Peer

RATE = 8000
FAREWELL = 0.5
"""Seconds at most that hanging up waits for the last frames."""


class SipCall:
    """A MediaSession once `establish` has returned True."""

    def __init__(
        self, parts: Parts, invite: Message, peer: Peer, sockets: tuple[socket.socket, socket.socket], trusted: bool
    ) -> None:
        """Raises Malformed or Unacceptable; the sockets are then still the caller's. `trusted`: what the other side
        asserts of the caller is believed."""
        self._parts, self._invite = parts, invite
        self.dialog = Dialog.of(invite, secrets.token_hex(8), peer)
        place = parts.own_place(peer.host)
        self.dialog.contact = f"<sip:{place}{';transport=tcp' if peer.protocol == 'tcp' else ''}>"
        self._answers = Answers(self.dialog, parts.transport, parts.clock)
        self._agreement = Agreement()
        remote = self._agreement.heard(invite, peer.host)
        self._call = Call(uuid.uuid4().hex, "sip", *parties(invite, trusted), self.dialog.call_id)
        self._ear, self._mouth = Ear(RATE), Mouth(RATE)
        self._keys_by = ""
        self._stream = RtpStream(
            sockets, parts.clock, parts.metronome, self._ear, self._mouth, self._rtp_key, self._silent
        )
        if remote is not None:
            self._stream.aim(remote)
        self._cancelled: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._referral: Referral | None = None
        self.over = False
        """Whether the call has ended, by whomever."""

    @property
    def call(self) -> Call:
        """Who calls whom."""
        return self._call

    @property
    def rate(self) -> int:
        """G.711 is all we speak by SIP."""
        return RATE

    @property
    def quality(self) -> Quality:
        """How the caller's sound has come."""
        return self._stream.quality

    async def receive(self) -> Frame | Key | None:
        """What comes next from the caller."""
        return await self._ear.next()

    async def send(self, pcm: bytes) -> None:
        """Say one frame."""
        await self._mouth.say(pcm)

    def interrupt(self) -> None:
        """Forget what waits to be said."""
        self._mouth.forget()

    async def hang_up(self) -> None:
        """Let the last frames go out, then say BYE."""
        if not self.over:
            await within(self._parts.clock, FAREWELL, asyncio.ensure_future(self._mouth.finished()))
            self._bye()

    async def transfer(self, target: str) -> bool:
        """REFER the other side to `target` and wait until it tells how that went."""
        if self.over:
            return False
        self._referral = Referral(self._parts.clock)
        wanted = refer_to(target, Address.decode(self.dialog.remote).uri, self.dialog.target)
        request = self.dialog.request("REFER", (("refer-to", wanted), ("referred-by", self.dialog.contact)))
        taken = await self._referral.outcome(await self._send(request))
        if taken:
            self._bye()
        return taken

    async def establish(self) -> bool:
        """Ring and answer; whether the call stands."""
        source = self.dialog.source
        if self._parts.config.ring:
            self._answers.reply(self._invite, 180, source)
            if await within(self._parts.clock, self._parts.config.ring, self._cancelled):
                await self._answers.confirmed(self._invite, 487, source)
                self.finish()
                return False
        await self._stream.start()
        if self.over:
            return False
        if await self._answers.confirmed(self._invite, 200, source, *self._ours()):
            self._ear.forget()  # what was heard before anybody listened would be behind for the whole call
            return not self.over
        self._bye()  # it never heard our answer, or we not its acknowledgement
        return False

    def cancel(self) -> None:
        """The caller gave up before we answered."""
        if not self._cancelled.done():
            self._cancelled.set_result(None)

    def again(self) -> None:
        """The INVITE came once more: so does what it was last told."""
        self._answers.again(self._invite, self.dialog.source)

    def request(self, message: Message, peer: Peer) -> None:
        """Something the other side sends within the call. Raises Malformed."""
        number, method = message.cseq
        if method == "ACK":
            self._acknowledged(number, message, peer)
        elif self._answers.again(message, peer):
            return
        elif self.over:  # but for what is still being written down of it
            self._answers.reply(message, 481, peer)
        elif number < self.dialog.heard:
            self._answers.reply(message, 500, peer)
        else:
            self.dialog.heard = number
            self._act(message, peer)

    def _act(self, message: Message, peer: Peer) -> None:
        match message.method:
            case "INVITE" | "UPDATE":
                self._renegotiate(message, peer)
            case "BYE":
                self._answers.reply(message, 200, peer)
                if self._referral is not None:
                    self._referral.left()
                self.finish()
            case "INFO":
                self._answers.reply(message, 200, peer)
                if key := key_of(message):
                    self._press("info", key)
            case "NOTIFY" if self._referral is not None:
                self._answers.reply(message, 200, peer)
                self._referral.notified(message)
            case "NOTIFY":
                self._answers.reply(message, 489, peer)
            case "OPTIONS":
                self._answers.reply(message, 200, peer, (("allow", ALLOW),))
            case _:
                self._answers.reply(message, 405, peer, (("allow", ALLOW),))

    def finish(self) -> None:
        """The call is over: nothing of it stays open."""
        self.over = True
        self.cancel()
        self._answers.finish()
        self._stream.stop()
        self._ear.close()
        self._mouth.close()

    def _bye(self) -> None:
        if not self.over:
            self.finish()
            self._parts.spawn(self._send(self.dialog.request("BYE")))

    def _silent(self) -> None:
        """No packet for long: on hold, without a microphone, or gone."""
        if not self.over:
            self._parts.spawn(self._still_there())

    async def _still_there(self) -> None:
        answer = await self._send(self.dialog.request("OPTIONS"))
        if answer is None or answer.status in (408, 481):
            self._bye()

    async def _send(self, request: Message) -> Message | None:
        peer = self.dialog.next_hop()
        return await self._parts.requests.send(request, peer, self._parts.own_place(peer.host))

    def _ours(self) -> tuple[tuple[tuple[str, str], ...], bytes]:
        """Headers and body of our half of what is agreed."""
        own = self._parts.own_address(self.dialog.source.host)
        headers = (("contact", self.dialog.contact), ("allow", ALLOW), ("content-type", "application/sdp"))
        return headers, self._agreement.ours(own, self._stream.port)

    def _renegotiate(self, message: Message, peer: Peer) -> None:
        """Hold, resume, or a new place for the sound."""
        self.dialog.moved(message)
        try:
            remote = self._agreement.heard(message, peer.host)
        except Unacceptable:
            self._answers.reply(message, 488, peer)
            return
        if remote is not None:
            self._stream.aim(remote)
        elif message.method == "UPDATE":  # only refreshes: there is nothing to agree on
            self._answers.reply(message, 200, peer, (("contact", self.dialog.contact),))
            return
        else:
            self._agreement.forget()
        if message.method == "INVITE":
            self._parts.spawn(
                self._confirm(message, peer, self._ours())
            )  # ours of now: it may be over before that runs
        else:
            self._answers.reply(message, 200, peer, *self._ours())

    async def _confirm(self, message: Message, peer: Peer, ours: tuple[tuple[tuple[str, str], ...], bytes]) -> None:
        if self.over:
            self._answers.reply(message, 487, peer)
            return
        if not await self._answers.confirmed(message, 200, peer, *ours):
            self._bye()  # each side may now believe something else was agreed

    def _acknowledged(self, number: int, message: Message, peer: Peer) -> None:
        if self._agreement.open:
            try:
                remote = self._agreement.heard(message, peer.host)
            except Unacceptable:
                self._bye()
                return
            if remote is not None:
                self._stream.aim(remote)
        self._answers.acknowledged(number)

    def _rtp_key(self, key: str) -> None:
        self._press("rtp", key)

    def _press(self, way: str, key: str) -> None:
        """Some exchanges send each key both ways: the way that told the first is believed for the whole call."""
        self._keys_by = self._keys_by or way
        if self._keys_by == way:
            self._ear.press(key)
