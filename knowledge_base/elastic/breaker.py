"""Decides whether a remote engine is asked: not while it is lost, and again as soon as a probe is answered."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from knowledge_base.elastic.connection import ElasticUnavailable

logger = logging.getLogger(__name__)

_Found = TypeVar("_Found")


class Breaker:
    """Once the remote engine has failed it is left alone but for a probe in the background.

    The probe is started by a search, never waited for, and at most once in `pause` seconds.
    """

    def __init__(
        self,
        what: str,
        probe: Callable[[], Awaitable[object]],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        patience: float = 0.8,
        pause: float = 2.0,
    ) -> None:
        """`what` is searched, for the log; what answers `probe` in time is fit to be asked again.

        `patience`: seconds a search waits; the rest of a second is ample for the embedded engine.
        """
        self._what = what
        self._ask_again = probe
        self._monotonic = monotonic
        self._patience = patience
        self._pause = pause
        self._failed_at: float | None = None
        self._probe: asyncio.Task[None] | None = None

    @property
    def lost(self) -> bool:
        """The remote engine is not asked at present."""
        return self._failed_at is not None

    async def ask(self, search: Callable[[], Awaitable[_Found]]) -> _Found | None:
        """What the remote engine answers; None when it is lost, or just now was."""
        if self._failed_at is not None:
            self._look(self._failed_at)
            return None
        try:
            async with asyncio.timeout(self._patience):
                return await search()
        except TimeoutError:
            self._lose(f"no answer within {self._patience} s")
        except ElasticUnavailable as error:
            self._lose(str(error))
        return None

    async def settle(self) -> None:
        """Wait for a probe that is under way; for those whose event loop stands still between two searches."""
        probe = self._probing()
        if probe is not None:
            await asyncio.gather(probe, return_exceptions=True)

    async def aclose(self) -> None:
        """End a probe that is under way."""
        probe = self._probing()
        if probe is not None:
            probe.cancel()
            await asyncio.gather(probe, return_exceptions=True)

    def _lose(self, why: str) -> None:
        if self._failed_at is None:  # many searches may fail at once
            logger.warning("%s: the embedded index answers from now on: %s", self._what, why)
        self._failed_at = self._monotonic()

    def _look(self, failed_at: float) -> None:
        """Start a probe if one is due."""
        if self._probing() is None and self._monotonic() - failed_at >= self._pause:
            self._probe = asyncio.get_running_loop().create_task(self._recover())

    def _probing(self) -> asyncio.Task[None] | None:
        """The probe under way. One that a closed event loop left behind does not count."""
        probe = self._probe
        if probe is None or probe.done() or probe.get_loop() is not asyncio.get_running_loop():
            return None
        return probe

    async def _recover(self) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await self._ask_again()
        except (ElasticUnavailable, TimeoutError):
            self._failed_at = self._monotonic()
        else:
            self._failed_at = None
            logger.warning("%s: Elasticsearch answers again", self._what)
