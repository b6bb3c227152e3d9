"""How long an engine that does not answer is waited for, and what the citizen is told meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.dialogue.engine import DialogueEngine, EngineUnavailable, Reply, Turn, TurnFailed
from bot.in_danger import in_danger
from bot.safe_log import log_failure

_LOG = logging.getLogger(__name__)
SLOW = 1.5
"""Seconds after which somebody who gets no answer is told that one will come."""
AGAIN = 1.0
"""Seconds between tries of an engine that is not there."""
IN_DANGER = 5.0
"""Seconds that somebody in danger waits for the machine before a person is called."""


class Patience:
    """Asks the engine. `slow` is called once for a turn that takes long or finds no engine."""

    def __init__(
        self,
        engine: DialogueEngine,
        clock: Clock,
        slow: Callable[[Turn], Awaitable[None]],
        *,
        turn_timeout: float,
        patience: float,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._slow = slow
        self.turn_timeout = turn_timeout
        self.patience = patience
        """Seconds that an engine which is not there may take to come back; 0 gives up at once."""

    async def ask(self, turn: Turn) -> Reply | None:
        """The reply; None when there is none, and a person has to help. Who is in danger does not wait long."""
        danger = in_danger(turn.text)
        missing = asyncio.Event()
        telling = asyncio.create_task(self._tell(turn, missing))
        try:
            return await self._answer(turn, missing, 0.0 if danger else self.patience, danger)
        finally:
            telling.cancel()

    async def _answer(self, turn: Turn, missing: asyncio.Event, patience: float, danger: bool) -> Reply | None:
        until = self._clock.monotonic() + patience
        limit = min(self.turn_timeout, IN_DANGER) if danger else self.turn_timeout
        while True:
            try:
                async with asyncio.timeout(limit):
                    return await self._engine.respond(turn)
            except (EngineUnavailable, TimeoutError) as error:
                if isinstance(error, TurnFailed) or self._clock.monotonic() >= until:
                    log_failure(_LOG, "engine unavailable, citizen handed to a person", error)
                    return None
                missing.set()
            except Exception as error:  # noqa: BLE001
                # A defect in the engine must not leave a citizen without an answer: the same turn would fail again.
                log_failure(_LOG, "engine failed, citizen handed to a person", error)
                return None
            await self._clock.sleep(AGAIN)

    async def _tell(self, turn: Turn, missing: asyncio.Event) -> None:
        late = asyncio.create_task(self._clock.sleep(SLOW))
        gone = asyncio.create_task(missing.wait())
        try:
            await asyncio.wait({late, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            late.cancel()
            gone.cancel()
        try:
            await self._slow(turn)
        except Exception as error:  # noqa: BLE001 - the answer itself is still to come
            log_failure(_LOG, "a citizen was not told that the answer takes long", error)
