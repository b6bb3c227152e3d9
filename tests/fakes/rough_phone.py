"""A telephone on a bad line: a tenth of its packets is lost, the others come in any order within 200 ms."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.phone import Phone
from voice.telephony.rtp.packet import Packet

_LOST, _TWICE = 0.1, 0.05
_LATE = 10
"""Beats of 20 ms that a packet may take."""


@dataclass(slots=True)
class RoughPhone(Phone):
    """See `Phone`; `carry` is called with every beat."""

    chance: random.Random = field(default_factory=lambda: random.Random(12348))
    lost: int = 0
    carried: int = 0
    _beat: int = 0
    _spoke: bool = False
    _under_way: list[tuple[int, bytes]] = field(default_factory=list)

    def packet(self, payload: bytes, payload_type: int | None = None, **more: Any) -> None:
        """Give it to the line."""
        kind = self.codec.payload_type if payload_type is None else payload_type
        made = Packet(kind, self.rtp_sequence & 0xFFFF, self.timestamp, self.ssrc, payload, **more).encode()
        self.rtp_sequence += 1
        self._spoke = True
        if self.chance.random() < _LOST:
            self.lost += 1
            return
        for _ in range(1 + (self.chance.random() < _TWICE)):
            self._under_way.append((self._beat + self.chance.randint(0, _LATE), made))

    def carry(self) -> None:
        """What arrives now; who is silent sends silence, as telephones do."""
        if not self._spoke and self.remote_rtp:
            self.packet(self.codec.encode(bytes(320)))
        self._spoke = False
        self._beat += 1
        for due, made in self._under_way:
            if due < self._beat:
                self._rtp[0].sendto(made, ("127.0.0.1", self.remote_rtp))
                self.carried += 1
        self._under_way = [one for one in self._under_way if one[0] >= self._beat]
