"""Turns packets that come when they come into sound that plays evenly."""

from __future__ import annotations

from collections import deque

from voice.telephony.rtp.packet import Packet, newer

FRAME = 160
"""Samples, and bytes of G.711, in 20 ms."""
_ROOM = 1 << 14
"""Samples kept, two seconds: a power of two, so that the timestamp's own wrap does not show in the ring."""
_REMEMBERED = 64
"""Sequence numbers by which repeats are told from latecomers."""
_LEAST = 2 * FRAME
_MOST = 13 * FRAME
"""Sound is held back between 40 and 260 ms: less stutters, more makes people speak over each other."""
_CALM = 250
"""Beats without need after which the delay shrinks by one frame."""


class JitterBuffer:
    """A ring of samples by timestamp: order, repeats and any packet length come out right by themselves.

    The delay grows at once when sound comes too late to be played, and shrinks slowly when it comes early enough.
    """

    def __init__(self, silence: int) -> None:
        self._silence = silence
        self._ring = bytearray(_ROOM)
        self._there = bytearray(_ROOM)
        self._ssrc: int | None = None
        self._play = 0
        self._seen: deque[int] = deque(maxlen=_REMEMBERED)
        self._delay = _LEAST
        self._spare = _MOST
        self._beats = 0
        self._lost_in_row = 0
        self._last = bytes([silence]) * FRAME
        self.late = 0
        """Packets that came too late to be played."""

    def put(self, packet: Packet) -> None:
        """Take in a packet of sound."""
        if packet.ssrc == self._ssrc and packet.sequence in self._seen:
            return
        payload = packet.payload[: _ROOM // 4]
        if packet.ssrc != self._ssrc:
            self._restart(packet)
        ahead = newer(packet.timestamp, self._play, 32)
        if ahead + len(payload) > _ROOM // 2 or ahead < -_ROOM // 2:
            self._restart(packet)
            ahead = self._delay
        if ahead < 0:
            self.late += 1
            ahead = self._wait_longer(-ahead, ahead)
        self._spare = min(self._spare, ahead)
        self._write(packet.timestamp, payload, ahead)
        self._seen.append(packet.sequence)

    def take(self) -> bytes:
        """The next 20 ms as codes; what is missing is patched from what came before, then silence."""
        if self._ssrc is None:
            return bytes([self._silence]) * FRAME
        got, there = self._cut(self._play, FRAME)
        self._play = (self._play + FRAME) & 0xFFFFFFFF
        self._relax()
        if there == b"\1" * FRAME:
            self._lost_in_row, self._last = 0, got
            return got
        if not any(there):
            self._lost_in_row += 1
            # One frame repeated is not heard as a repeat; two are.
            return self._last if self._lost_in_row == 1 else bytes([self._silence]) * FRAME
        self._lost_in_row = 0
        return bytes(code if here else self._silence for code, here in zip(got, there, strict=True))

    def _restart(self, packet: Packet) -> None:
        self._ssrc = packet.ssrc
        self._there = bytearray(_ROOM)
        self._play = (packet.timestamp - self._delay) & 0xFFFFFFFF
        self._seen.clear()
        self._lost_in_row = 1  # nothing to repeat from another stream

    def _wait_longer(self, missing: int, ahead: int) -> int:
        """Hold back so much more, in whole frames, as far as it may go; how far ahead the packet is then."""
        more = min(-(-missing // FRAME) * FRAME, _MOST - self._delay)
        if more <= 0:
            return ahead
        self._delay += more
        self._play = (self._play - more) & 0xFFFFFFFF
        self._clear(self._play, more)  # else what was played would be played again
        self._spare, self._beats = _MOST, 0
        return ahead + more

    def _relax(self) -> None:
        """Skip one frame when for seconds every packet came with time to spare."""
        self._beats += 1
        if self._beats < _CALM:
            return
        if self._spare >= _LEAST + FRAME:
            self._cut(self._play, FRAME)
            self._play = (self._play + FRAME) & 0xFFFFFFFF
            self._delay -= FRAME
        self._spare, self._beats = _MOST, 0

    def _write(self, timestamp: int, payload: bytes, ahead: int) -> None:
        if ahead < 0:  # only the part whose time has not passed
            timestamp, payload = timestamp - ahead, payload[-ahead:]
        start = timestamp % _ROOM
        first = min(len(payload), _ROOM - start)
        self._ring[start : start + first] = payload[:first]
        self._there[start : start + first] = b"\1" * first
        rest = len(payload) - first
        if rest > 0:
            self._ring[:rest] = payload[first:]
            self._there[:rest] = b"\1" * rest

    def _cut(self, timestamp: int, length: int) -> tuple[bytes, bytes]:
        """Sound and its marks from there on, forgotten in the ring."""
        start = timestamp % _ROOM
        first = min(length, _ROOM - start)
        got = bytes(self._ring[start : start + first] + self._ring[: length - first])
        there = bytes(self._there[start : start + first] + self._there[: length - first])
        self._clear(timestamp, length)
        return got, there

    def _clear(self, timestamp: int, length: int) -> None:
        start = timestamp % _ROOM
        first = min(length, _ROOM - start)
        self._there[start : start + first] = bytes(first)
        self._there[: length - first] = bytes(length - first)
