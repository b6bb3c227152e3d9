"""A telephone that speaks SIP and RTP over loopback: as much of one as tests need."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import Any

from voice.telephony.rtp.g711 import PCMA, Codec
from voice.telephony.rtp.packet import Packet
from voice.telephony.sip.message import Message

NUMBER = "13800138000"


class _Socket(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.came: list[tuple[bytes, tuple[str, int]]] = []

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self.came.append((data, addr))


@dataclass(slots=True)
class Phone:
    """Calls the SIP server at `server` from 127.0.0.1."""

    server: int
    codec: Codec = PCMA
    number: str = NUMBER
    """That it calls from."""
    call_id: str = field(default_factory=lambda: secrets.token_hex(8))
    tag: str = field(default_factory=lambda: secrets.token_hex(4))
    to: str = "<sip:12348@127.0.0.1>"
    sequence: int = 0
    branch: str = ""
    ssrc: int = 77
    rtp_sequence: int = 0
    timestamp: int = 8000
    port: int = 0
    rtp_port: int = 0
    remote_rtp: int = 0
    _sip: Any = None
    _rtp: Any = None

    async def plug_in(self) -> Phone:
        """Open both sockets."""
        loop = asyncio.get_running_loop()
        self._sip = await loop.create_datagram_endpoint(_Socket, local_addr=("127.0.0.1", 0))
        self._rtp = await loop.create_datagram_endpoint(_Socket, local_addr=("127.0.0.1", 0))
        self.port, self.rtp_port = (one[0].get_extra_info("sockname")[1] for one in (self._sip, self._rtp))
        return self

    def unplug(self) -> None:
        """Close both sockets."""
        for transport, _ in (self._sip, self._rtp):
            transport.close()

    @property
    def messages(self) -> list[Message]:
        """All that came by SIP."""
        return [Message.decode(data) for data, _ in self._sip[1].came]

    @property
    def packets(self) -> list[Packet]:
        """All that came by RTP."""
        return [Packet.decode(data) for data, _ in self._rtp[1].came]

    def statuses(self, method: str) -> list[int]:
        """Of the responses to our requests of this kind."""
        return [message.status for message in self.messages if message.status and message.cseq[1] == method]

    def sdp(self, direction: str = "sendrecv", host: str = "127.0.0.1") -> bytes:
        """Our offer."""
        codec = self.codec
        return (
            f"v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n"
            f"m=audio {self.rtp_port} RTP/AVP {codec.payload_type} 101\r\n"
            f"a=rtpmap:{codec.payload_type} {codec.name}/8000\r\na=rtpmap:101 telephone-event/8000\r\na={direction}\r\n"
        ).encode()

    def request(self, method: str, body: bytes = b"", kind: str = "application/sdp", **more: str) -> Message:
        """The next request of this call."""
        if method not in ("ACK", "CANCEL"):
            self.sequence += 1
        if method != "CANCEL":
            self.branch = "z9hG4bK" + secrets.token_hex(8)
        headers = [
            ("via", f"SIP/2.0/UDP 127.0.0.1:{self.port};branch={self.branch};rport"),
            ("max-forwards", "70"),
            ("from", f"<sip:{self.number}@127.0.0.1:{self.port}>;tag={self.tag}"),
            ("to", self.to),
            ("call-id", self.call_id),
            ("cseq", f"{self.sequence} {method}"),
            ("contact", f"<sip:{self.number}@127.0.0.1:{self.port}>"),
            *((name.replace("_", "-"), value) for name, value in more.items()),
        ]
        if body:
            headers.append(("content-type", kind))
        return Message(method, "sip:12348@127.0.0.1", headers=tuple(headers), body=body)

    def send(self, message: Message | bytes) -> None:
        """Put it on the wire."""
        data = message if isinstance(message, bytes) else message.encode()
        self._sip[0].sendto(data, ("127.0.0.1", self.server))

    def ask(self, method: str, body: bytes = b"", **more: str) -> None:
        """Send the next request."""
        self.send(self.request(method, body, **more))

    def accept(self) -> None:
        """Take in the answer to our INVITE, and acknowledge it."""
        answer = next(one for one in self.messages if one.status == 200 and one.cseq[1] == "INVITE")
        self.to = answer.get("to")
        line = next(line for line in answer.body.decode().splitlines() if line.startswith("m=audio"))
        self.remote_rtp = int(line.split()[1])
        self.ask("ACK")

    def answer(self, status: int, reason: str = "OK") -> None:
        """Answer the last request that came."""
        asked = [one for one in self.messages if one.method][-1]
        copied = tuple(pair for pair in asked.headers if pair[0] in ("via", "from", "to", "call-id", "cseq"))
        self.send(Message(status=status, reason=reason, headers=copied))

    def notify(self, line: str, state: str = "terminated;reason=noresource") -> None:
        """Tell how far a transfer has come."""
        self.ask("NOTIFY", line.encode(), kind="message/sipfrag", event="refer", subscription_state=state)

    def packet(self, payload: bytes, payload_type: int | None = None, **more: Any) -> None:
        """One RTP packet."""
        kind = self.codec.payload_type if payload_type is None else payload_type
        made = Packet(kind, self.rtp_sequence & 0xFFFF, self.timestamp, self.ssrc, payload, **more)
        self.rtp_sequence += 1
        self._rtp[0].sendto(made.encode(), ("127.0.0.1", self.remote_rtp))

    def speak(self, pcm: bytes) -> None:
        """20 ms of sound."""
        self.packet(self.codec.encode(pcm))
        self.timestamp += 160

    def press(self, key: str) -> None:
        """A key as phones send it: several packets while it is down, the last three times."""
        event = bytes(["0123456789*#ABCD".index(key)])
        for length, end in ((160, 0), (320, 0), (480, 0x80), (480, 0x80), (480, 0x80)):
            self.packet(event + bytes([end | 10]) + length.to_bytes(2, "big"), 101, marker=length == 160)
        self.timestamp += 480

    @property
    def heard(self) -> bytes:
        """What was said to us, the silence between included."""
        return b"".join(self.codec.decode(packet.payload) for packet in self.packets)
