"""The sound of one call over RTP: in through the jitter buffer, out on the beat, to wherever it comes from."""

from __future__ import annotations

import asyncio
import logging
import random
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from voice.clock import Clock
from voice.telephony.ear import Ear
from voice.telephony.metronome import Metronome
from voice.telephony.mouth import Mouth
from voice.telephony.rtp.g711 import PCMA, Codec
from voice.telephony.rtp.jitter import FRAME, JitterBuffer
from voice.telephony.rtp.keys import KeyReader
from voice.telephony.rtp.packet import BadPacket, Packet
from voice.telephony.rtp.rtcp import Quality, Reception, report
from voice.telephony.rtp.source import Source

_LOG = logging.getLogger(__name__)
REPORT_BEATS = 250
SILENT_FOR = 60.0
"""Seconds without any packet after which the other side may be gone."""


@dataclass(frozen=True, slots=True)
class Remote:
    """What the other side announced."""

    host: str
    port: int
    codec: Codec = PCMA
    keys: int | None = None
    """Payload type of telephone events, if it sends them."""
    held: bool = False
    listens: bool = True
    """Whether it wants to hear us."""


class RtpStream:
    """Owns the two sockets. `silent` is called whenever nothing has come for SILENT_FOR."""

    def __init__(
        self,
        sockets: tuple[socket.socket, socket.socket],
        clock: Clock,
        metronome: Metronome,
        ear: Ear,
        mouth: Mouth,
        pressed: Callable[[str], None],
        silent: Callable[[], None],
    ) -> None:
        self._sockets, self._clock, self._metronome = sockets, clock, metronome
        self._ear, self._mouth, self._pressed, self._silent = ear, mouth, pressed, silent
        self._remote = Remote("", 0)
        self._source = Source()
        self._buffer = JitterBuffer(PCMA.silence)
        self._keys = KeyReader()
        self._reception = Reception()
        self._heard_at = clock.monotonic()
        self._ssrc = random.getrandbits(32)
        self._sequence = random.getrandbits(16)
        self._timestamp = random.getrandbits(32)
        self._packets = self._beats = 0
        self._fresh = True
        self._leave: Callable[[], None] | None = None
        self._transports: list[asyncio.DatagramTransport] = []

    @property
    def port(self) -> int:
        """Where the other side is to send its sound."""
        return int(self._sockets[0].getsockname()[1])

    @property
    def quality(self) -> Quality:
        """How the caller's sound has come."""
        return self._reception.quality()

    def aim(self, remote: Remote) -> None:
        """What was agreed, at the beginning and whenever it changes."""
        self._source.announce((remote.host, remote.port))
        if remote.codec != self._remote.codec:
            self._buffer = JitterBuffer(remote.codec.silence)
        self._remote = remote
        self._heard_at = self._clock.monotonic()

    async def start(self) -> None:
        """Begin to listen and, once `aim` has told where, to send."""
        loop = asyncio.get_running_loop()
        for one, take in zip(self._sockets, (self._sound, self._control), strict=True):
            transport, _ = await loop.create_datagram_endpoint(lambda take=take: _Receiver(take), sock=one)  # type: ignore[misc]
            self._transports.append(transport)
        self._leave = self._metronome.join(self._beat)

    def stop(self) -> None:
        """Say goodbye and let go of the ports."""
        if self._leave is not None:
            self._leave()
            self._leave = None
            self._report(bye=True)
        for transport in self._transports:
            transport.close()
        self._transports.clear()
        for one in self._sockets:
            one.close()

    def _sound(self, data: bytes, source: tuple[str, int]) -> None:
        try:
            packet = Packet.decode(data)
        except BadPacket:
            return
        now = self._clock.monotonic()
        if not self._source.admits(source, now - self._heard_at):
            return
        self._heard_at = now
        if packet.payload_type == self._remote.codec.payload_type:
            self._reception.packet(packet, now)
            if not self._remote.held:  # its music is not for us, nor what is left of it later
                self._buffer.put(packet)
        elif packet.payload_type == self._remote.keys:
            self._reception.packet(packet, now)
            if (key := self._keys.read(packet)) is not None:
                self._pressed(key)

    def _control(self, data: bytes, _source: tuple[str, int]) -> None:
        self._reception.heard_report(data, self._clock.monotonic())

    def _beat(self) -> None:
        self._beats += 1
        remote = self._remote
        codes = self._buffer.take()
        self._ear.hear(bytes(2 * FRAME) if remote.held else remote.codec.decode(codes))
        if remote.listens and not remote.held:
            pcm = self._mouth.take()
            self._send(bytes([remote.codec.silence]) * FRAME if pcm is None else remote.codec.encode(pcm))
        self._timestamp = (self._timestamp + FRAME) & 0xFFFFFFFF
        if self._beats % REPORT_BEATS == 0:
            self._report(bye=False)
        if self._clock.monotonic() - self._heard_at > SILENT_FOR:
            self._heard_at = self._clock.monotonic()
            self._silent()

    def _send(self, codes: bytes) -> None:
        target = self._source.target
        if target is None or not self._transports:
            return
        marker, self._fresh = self._fresh, False
        made = Packet(self._remote.codec.payload_type, self._sequence, self._timestamp, self._ssrc, codes, marker)
        self._transports[0].sendto(made.encode(), target)
        self._sequence = (self._sequence + 1) & 0xFFFF
        self._packets += 1

    def _report(self, *, bye: bool) -> None:
        target = self._source.target
        if target is None or len(self._transports) < 2:
            return
        block = self._reception.block(self._clock.monotonic())
        # The standard lets reports count from when the machine started instead of from 1900.
        uptime, octets = self._clock.monotonic(), self._packets * FRAME
        made = report(self._ssrc, uptime, self._timestamp, self._packets, octets, block, bye=bye)
        self._transports[1].sendto(made, (target[0], target[1] + 1))


class _Receiver(asyncio.DatagramProtocol):
    def __init__(self, take: Callable[[bytes, tuple[str, int]], None]) -> None:
        self._take = take

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._take(data, (addr[0], addr[1]))

    def error_received(self, exc: Exception) -> None:
        # The other side has closed its port: that the call is over comes by SIP, or by silence.
        _LOG.debug("a packet was refused: %s", type(exc).__name__)
