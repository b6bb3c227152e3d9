"""Writes down what happens in one call, in order and beside it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable

_LOG = logging.getLogger(__name__)


class Ledger:
    """An entry that fails does not keep the others from being written."""

    def __init__(self, call: str) -> None:
        self._call = call
        self._entries: asyncio.Queue[Awaitable[None] | None] = asyncio.Queue()

    def add(self, entry: Awaitable[None]) -> None:
        """Behind those before it."""
        self._entries.put_nowait(entry)

    def close(self) -> None:
        """Nothing comes any more: `run` ends when all is written."""
        self._entries.put_nowait(None)

    async def written(self) -> None:
        """Wait until all that was added is."""
        await self._entries.join()

    async def run(self) -> None:
        """Write, until it is closed."""
        while (entry := await self._entries.get()) is not None:
            try:
                await entry
            except Exception as error:  # noqa: BLE001 - reconciling against call records finds what is missing
                _LOG.error("an entry of call %s was not written: %s", self._call, type(error).__name__)
            finally:
                self._entries.task_done()
