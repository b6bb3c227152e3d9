"""Who is watching what right now: events of the service fanned out to open sockets and desk pages."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from bot.events import Event

BACKLOG = 1000
"""Events a slow watcher may fall behind before its oldest are dropped; sequence numbers let it catch up."""

EVERYTHING = ""
"""The key of those who watch all conversations."""


class Watch:
    """One watcher's events, in order."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue()

    def put(self, event: Event | None) -> None:
        """Add an event without waiting; None ends the watch."""
        if self._queue.qsize() >= BACKLOG:
            self._queue.get_nowait()
        self._queue.put_nowait(event)

    async def next(self) -> Event | None:
        """The next event; None when the service is stopping."""
        return await self._queue.get()


class Hub:
    """`tell` is the service's; `watch` is for whoever shows it."""

    def __init__(self) -> None:
        self._watches: defaultdict[str, set[Watch]] = defaultdict(set)

    def tell(self, key: str, event: Event) -> None:
        """Hand the event to all who watch this conversation, or EVERYTHING."""
        for watch in self._watches.get(key, ()):
            watch.put(event)

    def watchers(self, key: str) -> int:
        """How many watch this here."""
        return len(self._watches.get(key, ()))

    @contextmanager
    def watch(self, conversation: str) -> Iterator[Watch]:
        """Watch one conversation, or EVERYTHING, while the context lasts."""
        watch = Watch()
        self._watches[conversation].add(watch)
        try:
            yield watch
        finally:
            self._watches[conversation].discard(watch)
            if not self._watches[conversation]:
                del self._watches[conversation]

    def end(self) -> None:
        """Tell every watcher to go: the service is stopping."""
        for watches in self._watches.values():
            for watch in watches:
                watch.put(None)
