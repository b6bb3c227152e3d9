"""A queue: where conversations wait for seats that can help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.desk.queues.help import GIVEN_BY, Help
from bot.desk.seat import TIERS, Seat, Tier

GENERAL = "general"
"""The queue that takes whatever fits nowhere else; it cannot be closed."""
_RANKS: dict[Tier, int] = {tier: rank for rank, tier in enumerate(TIERS)}


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue as an administrator set it up."""

    key: str
    name: str
    help: Help
    areas: tuple[str, ...] = ()
    """Areas of law; () for all."""
    region: str = ""
    """Prefix of a division code; "" for the whole country."""
    language: str = ""
    """"" for any."""
    tier: Tier = "general"
    """The lowest tier of seats that serve it."""
    overflow: str = ""
    """Key of the queue that helps out; "" for none."""
    overflow_after: int = 0
    """Seconds of waiting after which it does."""
    closed: bool = False

    def served_by(self, seat: Seat) -> bool:
        """Whether this seat may take from it; the region of each conversation is asked of the seat besides."""
        return (
            not self.closed
            and seat.role in GIVEN_BY[self.help]
            and rank(seat.tier) >= rank(self.tier)
            and (not self.areas or not seat.areas or bool(set(self.areas) & set(seat.areas)))
            and (not self.language or self.language in seat.languages)
            and any(self.region.startswith(one) or one.startswith(self.region) for one in seat.regions)
        )

    def covers(self, region: str) -> bool:
        """Whether talks of this division may wait here; where the region is unknown, anywhere."""
        return not region or region.startswith(self.region)


def rank(tier: Tier) -> int:
    """0 for the lowest tier."""
    return _RANKS[tier]


def served(queues: Sequence[Queue], seat: Seat) -> tuple[str, ...]:
    """Keys of the queues that the seat may take from."""
    return tuple(queue.key for queue in queues if queue.served_by(seat))


def circle(queues: Mapping[str, Queue]) -> str:
    """The name of a queue whose overflow leads back to itself, "" when there is none: it would be passed round."""
    for start in queues.values():
        seen, at = {start.key}, start.overflow
        while at in queues:
            if at in seen:
                return start.name
            seen.add(at)
            at = queues[at].overflow
    return ""
