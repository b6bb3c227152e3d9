"""How often someone may ask: a bucket per key that fills at a steady rate."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.clock import Clock

MAX_KEYS = 20_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How one key stands."""

    quota: int
    """Requests a minute."""
    left: int
    """That may come at once."""
    reset: int
    """Seconds until as many may come at once as ever."""


class RateLimit:
    """Allows `per_minute` requests a minute and key, a third of them at once; 0 allows everything."""

    def __init__(self, clock: Clock, per_minute: int, let: Callable[[str], None] | None = None) -> None:
        """`let` hears of each key that went ahead."""
        self._clock = clock
        self._let = let
        self._rate = per_minute / 60
        self._burst = max(1.0, per_minute / 3)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """0 when `key` may go ahead (that is counted), else the seconds until it may."""
        if not self._rate:
            return 0.0
        left = self._filled(key)
        allowed = left >= 1
        self._keep(key, left - 1 if allowed else left)
        if allowed and self._let is not None:
            self._let(key)
        return 0.0 if allowed else (1 - left) / self._rate

    def elsewhere(self, key: str, count: int) -> None:
        """So many went ahead in other processes."""
        if self._rate:
            self._keep(key, max(0.0, self._filled(key) - count))

    def _filled(self, key: str) -> float:
        now = self._clock.monotonic()
        left, seen = self._buckets.pop(key, (self._burst, now))
        return min(self._burst, left + (now - seen) * self._rate)

    def _keep(self, key: str, left: float) -> None:
        self._buckets[key] = (left, self._clock.monotonic())
        if len(self._buckets) > MAX_KEYS:
            self._buckets.popitem(last=False)  # the key longest unseen has the fullest bucket

    def standing(self, key: str) -> Standing | None:
        """How `key` stands now, without counting anything; None where there is no limit."""
        if not self._rate:
            return None
        now = self._clock.monotonic()
        left, seen = self._buckets.get(key, (self._burst, now))
        left = min(self._burst, left + (now - seen) * self._rate)
        return Standing(round(self._rate * 60), int(left), math.ceil((self._burst - left) / self._rate))


def address_of(request: web.Request, trusted_proxies: int) -> str:
    """Network address of the client; the X-Forwarded-For entry written by the outermost of our own proxies, if any."""
    if trusted_proxies:
        entries = [entry.strip() for entry in request.headers.get("X-Forwarded-For", "").split(",") if entry.strip()]
        if len(entries) >= trusted_proxies:
            return entries[-trusted_proxies]
    return request.remote or ""
