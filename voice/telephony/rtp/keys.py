"""Keys as RTP carries them (RFC 4733): told once a press, however many packets tell of it."""

from __future__ import annotations

from voice.telephony.rtp.packet import Packet, newer

_EVENTS = "0123456789*#ABCD"


class KeyReader:
    """Reads telephone events of one stream.

    All packets of a press bear the timestamp of its beginning, so the first that arrives tells it and no other does;
    any of them may be lost. A press longer than its counter goes on under a new timestamp without a marker.
    """

    def __init__(self) -> None:
        self._ssrc: int | None = None
        self._began = 0
        self._event = -1
        self._length = 0

    def read(self, packet: Packet) -> str | None:
        """The key, if this packet is the first that tells of it."""
        if len(packet.payload) < 4:
            return None
        event, length = packet.payload[0], int.from_bytes(packet.payload[2:4], "big")
        known = self._ssrc == packet.ssrc
        if known:
            ahead = newer(packet.timestamp, self._began, 32)
            if ahead <= 0:
                self._length = max(self._length, length) if ahead == 0 else self._length
                return None
        goes_on = known and event == self._event and not packet.marker and self._length > 0 and ahead == self._length
        self._ssrc, self._began, self._event, self._length = packet.ssrc, packet.timestamp, event, length
        return _EVENTS[event] if event < len(_EVENTS) and not goes_on else None
