"""Gives every call to whoever answers, as many at a time as there are lines."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Awaitable, Callable

from voice.media import CallEnded, MediaSession

_LOG = logging.getLogger(__name__)
Answer = Callable[[MediaSession], Awaitable[None]]


class Switchboard:
    """One for all transports: what limits the number of calls is the machine, not how they come."""

    def __init__(self, answer: Answer, lines: int) -> None:
        self._answer = answer
        self._lines = lines
        self.calls = 0
        """Calls that hold a line now."""

    def take_line(self) -> bool:
        """Whether there was one; it must be given back."""
        if self.calls >= self._lines:
            return False
        self.calls += 1
        return True

    def give_back(self) -> None:
        """A call that had a line is over."""
        self.calls -= 1

    async def talk(self, session: MediaSession) -> None:
        """Have the call answered; it is over when this returns."""
        try:
            with contextlib.suppress(CallEnded):  # to be hung up on while speaking is no failure
                await self._answer(session)
        except Exception as error:  # noqa: BLE001 - one call's failure must not reach the transport, which carries all
            # Neither message nor stack: both may hold what a caller said.
            _LOG.error("the talk on call %s failed: %s", session.call.id, type(error).__name__)
        finally:
            await session.hang_up()
