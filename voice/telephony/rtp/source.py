"""Whom to listen to, and therefore where to send (symmetric RTP)."""

from __future__ import annotations

Place = tuple[str, int]
MOVED_AFTER = 3.0
"""Seconds of silence after which a new source is believed: a router gave the old one a new port."""


class Source:
    """Sound goes to where it comes from, for what was announced may lie behind a router.

    Others cannot break in: who has been heard is kept while it speaks.
    """

    def __init__(self) -> None:
        self._announced: Place | None = None
        self._heard = False
        self.target: Place | None = None
        """Where to send; None while nothing is known."""

    def announce(self, place: Place) -> None:
        """What the other side says; a new place is begun with anew."""
        if place != self._announced:
            self._announced = self.target = place
            self._heard = False

    def admits(self, place: Place, silence: float) -> bool:
        """Whether to listen to a packet from there, the last one having come `silence` seconds ago."""
        if self.target is None:
            return False
        if place == self.target or place == self._announced or not self._heard or silence > MOVED_AFTER:
            self.target, self._heard = place, True
            return True
        return False
