"""A phone that calls by SIP and notes when each packet of sound arrived."""

from __future__ import annotations

import secrets
import socket
import struct
import time
from dataclasses import dataclass, field

from voice.telephony.rtp.packet import Packet
from voice.telephony.sip.message import Message

_SO_TIMESTAMPNS = 35
"""Linux stamps each packet when it arrives: how busy this program is does not show in the figures."""


@dataclass
class SipPhone:
    """One call from one phone, PCMA."""

    sip: socket.socket
    rtp: socket.socket
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    """Its Call-ID."""
    to: str = "<sip:12348@127.0.0.1>"
    target: tuple[str, int] = ("", 0)
    sequence: int = 0

    def request(self, method: str, number: int, body: bytes = b"") -> bytes:
        """As it is sent."""
        own = f"127.0.0.1:{self.sip.getsockname()[1]}"
        headers = (
            ("via", f"SIP/2.0/UDP {own};branch=z9hG4bK{secrets.token_hex(8)};rport"),
            ("from", f"<sip:13800138000@{own}>;tag={self.name}"), ("to", self.to), ("call-id", self.name),
            ("cseq", f"{number} {method}"), ("contact", f"<sip:13800138000@{own}>"),
            *([("content-type", "application/sdp")] if body else []),
        )  # fmt: skip
        return Message(method, "sip:12348@127.0.0.1", headers=headers, body=body).encode()

    def dial(self, server: tuple[str, int]) -> None:
        """Call and be answered."""
        port = self.rtp.getsockname()[1]
        offer = f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 8\r\n"
        self.sip.sendto(self.request("INVITE", 1, offer.encode()), server)
        answer = Message.decode(self.sip.recv(65535))
        if answer.status != 200:
            raise RuntimeError(f"the call was answered with {answer.status}")
        self.to = answer.get("to")
        line = next(line for line in answer.body.decode().splitlines() if line.startswith("m=audio"))
        self.target = ("127.0.0.1", int(line.split()[1]))
        self.sip.sendto(self.request("ACK", 1), server)

    def send(self, payload: bytes) -> None:
        """The next 20 ms."""
        packet = Packet(8, self.sequence & 0xFFFF, 160 * self.sequence, 7, payload)
        self.rtp.sendto(packet.encode(), self.target)
        self.sequence += 1

    def receive(self) -> tuple[float, Packet]:
        """One packet, and when it arrived, by the machine's clock."""
        data, extra, _, _ = self.rtp.recvmsg(2048, 256)
        at = next(
            (second + nano / 1e9 for _, kind, stamp in extra if kind == _SO_TIMESTAMPNS
             for second, nano in [struct.unpack("qq", stamp[:16])]),
            time.time(),
        )  # fmt: skip
        return at, Packet.decode(data)

    def close(self) -> None:
        """The sockets."""
        self.sip.close()
        self.rtp.close()


def udp() -> socket.socket:
    """A socket on this machine whose packets are stamped."""
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind(("127.0.0.1", 0))
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    made.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
    return made


def wait_for(server: tuple[str, int]) -> None:
    """Until the SIP server answers. Raises TimeoutError."""
    with udp() as probe:
        probe.settimeout(0.2)
        phone = SipPhone(probe, probe)
        for _ in range(150):
            probe.sendto(phone.request("OPTIONS", 1), server)
            try:
                probe.recv(65535)
            except (TimeoutError, ConnectionError):
                continue
            return
    raise TimeoutError("the SIP server did not start")
