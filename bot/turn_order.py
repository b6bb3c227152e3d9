"""One worker per conversation that has something to do, so that turns run one at a time and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class TurnOrder:
    """Runs `step(conversation)` until it returns False, never twice at once for the same conversation.

    The work belongs to the service, not to the request that woke it: a citizen who hangs up is answered all the same.
    """

    def __init__(self, step: Callable[[str], Awaitable[bool]]) -> None:
        self._step = step
        self._woken: set[str] = set()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    @property
    def busy(self) -> int:
        """Conversations with a turn under way."""
        return len(self._tasks)

    def running(self, conversation: str) -> bool:
        """Whether a worker is under way for it."""
        return conversation in self._tasks

    def wake(self, conversation: str) -> None:
        """There may be something to do; also right while its worker is running."""
        self._woken.add(conversation)
        if conversation not in self._tasks:
            self._tasks[conversation] = asyncio.create_task(self._work(conversation))

    async def _work(self, conversation: str) -> None:
        try:
            # No await lies between the last look at `_woken` and leaving `_tasks`, so no wake is lost.
            while conversation in self._woken:
                self._woken.discard(conversation)
                while await self._step(conversation):
                    pass
        finally:
            self._woken.discard(conversation)
            del self._tasks[conversation]

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    async def stop(self) -> None:
        """Break off what is under way; what was stored is taken up again at the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
