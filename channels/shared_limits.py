"""Rate limits that hold for all processes of the service together, where Redis joins them."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections import Counter

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.clock import Clock
from bot.safe_log import log_failure, log_round
from channels.limits import RateLimit

_LOG = logging.getLogger(__name__)
CHANNEL = "faxian.limits"
EVERY = 0.2
"""Seconds between tellings: so long may two processes not know of each other's."""
_WAIT = 1.0


class SharedLimits:
    """Makes limits. Each process counts for itself and tells the others what it has let through: asking Redis before
    each request would make every citizen wait for it, and nobody would come in without it."""

    def __init__(self, clock: Clock, address: str) -> None:
        self._clock = clock
        self._redis: Redis | None = Redis.from_url(address, socket_connect_timeout=5) if address else None
        self._me = secrets.token_hex(8)
        self._limits: dict[str, RateLimit] = {}
        self.listening = asyncio.Event()
        """The others can be heard."""
        self._untold: Counter[tuple[str, str]] = Counter()

    def limit(self, name: str, per_minute: int) -> RateLimit:
        """A limit of this name; without Redis it is this process's own."""

        def let(key: str) -> None:
            self._untold[name, key] += 1

        made = RateLimit(self._clock, per_minute, let if self._redis is not None else None)
        self._limits[name] = made
        return made

    async def run(self) -> None:
        """Tell and listen for ever; cancel to stop."""
        if self._redis is None:
            return
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._tell(self._redis))
                tasks.create_task(self._listen(self._redis))
        finally:
            await self._redis.aclose()

    async def _tell(self, redis: Redis) -> None:
        while True:
            await self._clock.sleep(EVERY)
            if not self._untold:
                continue
            told = [[name, key, count] for (name, key), count in self._untold.items()]
            self._untold.clear()
            try:
                await redis.publish(CHANNEL, json.dumps([self._me, told], ensure_ascii=False))
            except (RedisError, OSError) as error:
                log_round(_LOG, "Redis not reachable, limits hold for each process alone", error)

    async def _listen(self, redis: Redis) -> None:
        while True:
            try:
                async with redis.pubsub() as heard:
                    await heard.subscribe(CHANNEL)
                    async for letter in heard.listen():
                        if letter["type"] == "message":
                            self._take(letter["data"])
                        self.listening.set()
            except (RedisError, OSError) as error:
                log_round(_LOG, "Redis not reachable, limits hold for each process alone", error)
                await self._clock.sleep(_WAIT)

    def _take(self, letter: bytes) -> None:
        try:
            sender, told = json.loads(letter)
            if sender == self._me:
                return
            for name, key, count in told:
                if name in self._limits:
                    self._limits[name].elsewhere(key, int(count))
        except (ValueError, TypeError) as error:
            log_failure(_LOG, "a limit of another process cannot be read; do all run the same version?", error)
