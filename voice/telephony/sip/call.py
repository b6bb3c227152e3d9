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
from voice.telephony.sip import sdp
from voice.telephony.sip.address import Address, Uri
from voice.telephony.sip.dialog import Dialog
from voice.telephony.sip.infokeys import key_of
from voice.telephony.sip.message import Malformed, Message
from voice.telephony.sip.parts import Parts
from voice.telephony.sip.refer import Referral, refer_to
from voice.telephony.sip.requests import GIVE_UP, T1, T2
from voice.telephony.sip.responses import ALLOW, response, where
from voice.telephony.sip.transport import Peer

RATE = 8000
FAREWELL = 0.5
"""Seconds at most that hanging up waits for the last frames."""
_REMEMBERED = 32


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
        offer = sdp.body_of(invite.get("content-type"), invite.body)
        self._wanted = sdp.read(offer, peer.host) if offer else None
        self._call = Call(uuid.uuid4().hex, "sip", caller_of(invite, trusted), called_of(invite), self.dialog.call_id)
        self._ear, self._mouth = Ear(RATE), Mouth(RATE)
        self._keys_by = ""
        self._stream = RtpStream(
            sockets, parts.clock, parts.metronome, self._ear, self._mouth, self._rtp_key, self._silent
        )
        if self._wanted is not None:
            self._stream.aim(self._wanted.remote)
        self._session, self._version = secrets.randbits(31), 0
        self._acks: dict[int, asyncio.Future[None]] = {}
        self._answers: dict[tuple[int, str], Message] = {}
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
        if self._parts.config.ring:
            self.reply(self._invite, 180)
            if await within(self._parts.clock, self._parts.config.ring, self._cancelled):
                await self._until_acknowledged(self._invite, response(self._invite, 487, self.dialog.tag))
                self.finish()
                return False
        await self._stream.start()
        if await self._until_acknowledged(self._invite, self._agreement(self._invite)):
            self._ear.forget()  # what was heard before anybody listened would be behind for the whole call
            return not self.over
        self._bye()  # it never heard our answer, or we not its acknowledgement
        return False

    def cancel(self) -> None:
        """The caller gave up before we answered."""
        if not self._cancelled.done():
            self._cancelled.set_result(None)

    def request(self, message: Message, peer: Peer) -> None:
        """Something the other side sends within the call. Raises Malformed."""
        number, method = message.cseq
        if method == "ACK":
            self._acknowledged(number, message, peer)
            return
        if (known := self._answers.get((number, method))) is not None:
            self._parts.transport.send(known.encode(), where(message, peer))
            return
        if number < self.dialog.heard:
            self.reply(message, 500, peer=peer)
            return
        self.dialog.heard = number
        match message.method:
            case "INVITE" | "UPDATE":
                self._renegotiate(message, peer)
            case "BYE":
                self.reply(message, 200, peer=peer)
                if self._referral is not None:
                    self._referral.left()
                self.finish()
            case "INFO":
                self.reply(message, 200, peer=peer)
                if key := key_of(message):
                    self._press("info", key)
            case "NOTIFY" if self._referral is not None:
                self.reply(message, 200, peer=peer)
                self._referral.notified(message)
            case "NOTIFY":
                self.reply(message, 489, peer=peer)
            case "OPTIONS":
                self.reply(message, 200, peer=peer, headers=(("allow", ALLOW),))
            case _:
                self.reply(message, 405, peer=peer, headers=(("allow", ALLOW),))

    def again(self) -> None:
        """The INVITE came once more: so does what it was last told."""
        if (known := self._answers.get(self._invite.cseq)) is not None:
            self._parts.transport.send(known.encode(), where(self._invite, self.dialog.source))

    def reply(
        self,
        request: Message,
        status: int,
        *,
        peer: Peer | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        body: bytes = b"",
    ) -> None:
        """Answer, and remember the answer for when the question comes again."""
        made = response(request, status, self.dialog.tag, headers, body)
        self._remember(request, made)
        self._parts.transport.send(made.encode(), where(request, peer or self.dialog.source))

    def finish(self) -> None:
        """The call is over: nothing of it stays open."""
        self.over = True
        self.cancel()
        for ack in self._acks.values():
            if not ack.done():
                ack.set_result(None)
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

    def _remember(self, request: Message, made: Message) -> None:
        self._answers[request.cseq] = made
        if len(self._answers) > _REMEMBERED:
            del self._answers[next(iter(self._answers))]

    def _agreement(self, request: Message) -> Message:
        """200 with our half of what is agreed."""
        self._version += 1
        own = self._parts.own_address(self.dialog.source.host)
        body = sdp.write(own, self._stream.port, self._session, self._version, self._wanted)
        headers = (("contact", self.dialog.contact), ("allow", ALLOW), ("content-type", "application/sdp"))
        return response(request, 200, self.dialog.tag, headers, body)

    def _renegotiate(self, message: Message, peer: Peer) -> None:
        """Hold, resume, or a new place for the sound."""
        self.dialog.moved(message)
        offer = sdp.body_of(message.get("content-type"), message.body)
        if offer:
            try:
                self._wanted = sdp.read(offer, peer.host)
            except sdp.Unacceptable:
                self.reply(message, 488, peer=peer)
                return
            self._stream.aim(self._wanted.remote)
        elif message.method == "UPDATE":  # only refreshes: there is nothing to agree on
            self.reply(message, 200, peer=peer, headers=(("contact", self.dialog.contact),))
            return
        else:
            self._wanted = None
        made = self._agreement(message)
        if message.method == "INVITE":
            self._parts.spawn(self._confirm(message, made))
        else:
            self._remember(message, made)
            self._parts.transport.send(made.encode(), where(message, peer))

    async def _confirm(self, message: Message, made: Message) -> None:
        if not await self._until_acknowledged(message, made):
            self._bye()  # each side may now believe something else was agreed

    async def _until_acknowledged(self, request: Message, made: Message) -> bool:
        """Repeat a final answer to an INVITE until it is acknowledged, or the call is over."""
        ack = self._acks.setdefault(request.cseq[0], asyncio.get_running_loop().create_future())
        self._remember(request, made)
        pause, spent = T1, 0.0
        while spent < GIVE_UP and not ack.done():
            self._parts.transport.send(made.encode(), where(request, self.dialog.source))
            await within(self._parts.clock, pause, ack)
            spent += pause
            pause = min(2 * pause, T2)
        return ack.done()

    def _acknowledged(self, number: int, message: Message, peer: Peer) -> None:
        answer = sdp.body_of(message.get("content-type"), message.body)
        if self._wanted is None and answer:
            try:
                self._wanted = sdp.read(answer, peer.host)
            except sdp.Unacceptable:
                self._bye()
                return
            self._stream.aim(self._wanted.remote)
        if (ack := self._acks.get(number)) is not None and not ack.done():
            ack.set_result(None)

    def _rtp_key(self, key: str) -> None:
        self._press("rtp", key)

    def _press(self, way: str, key: str) -> None:
        """Some exchanges send each key both ways: the way that told the first is believed for the whole call."""
        self._keys_by = self._keys_by or way
        if self._keys_by == way:
            self._ear.press(key)


def caller_of(invite: Message, trusted: bool) -> str:
    """The number of who calls; what a network of ours asserts counts more than what the phone says."""
    asserted = [value for name, value in invite.headers if name == "p-asserted-identity"] if trusted else []
    for value in (*asserted, invite.get("from")):
        try:
            if number := Address.decode(value).uri.number:
                return number
        except Malformed:
            continue
    return ""


def called_of(invite: Message) -> str:
    """The number that was dialled: the address of the request, else To."""
    try:
        return Uri.decode(invite.uri).number or Address.decode(invite.get("to")).uri.number
    except Malformed:
        return ""
