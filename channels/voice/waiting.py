"""A caller waits for a person: places as they change, until a seat takes the call or nobody can."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bot.calls.calls import Calls
from bot.calls.queueing import CallQueue
from bot.clock import Clock
from channels.hub import Hub, Watch
from channels.voice.line import Line
from channels.voice.promise import promise
from voice.call_events import NoSeat, Position, SeatTook

LOOK = 3.0
"""Seconds between looks, beside the events: those of another process may get lost, and others may leave the queue."""


class CallWaiting:
    """One for all calls."""

    def __init__(self, calls: Calls, queue: CallQueue, hub: Hub, clock: Clock, no_promise: str) -> None:
        """`no_promise`: what is said for a time where none is known."""
        self._calls = calls
        self._queue = queue
        self._hub = hub
        self._clock = clock
        self._no_promise = no_promise

    async def wait(self, line: Line, conversation: str) -> AsyncIterator[Position | SeatTook | NoSeat]:
        """Until one of the two; closed before, the caller waits no more."""
        line.wanted, told = True, -1
        try:
            with self._hub.watch(conversation) as watch:
                await self._join(line, conversation)
                while True:
                    standing = await self._calls.standing(conversation)
                    if standing.seat is not None and standing.extension:
                        line.wanted, line.claimed = False, standing.last
                        yield SeatTook(str(standing.seat), standing.extension)
                        return
                    if standing.seat is not None:  # passed to somebody without a telephone
                        await self._calls.leave(conversation, standing.seat)
                        await self._join(line, conversation)
                        continue
                    place = await self._queue.place(conversation)
                    if place is None and standing.state == "waiting":
                        continue  # taken between the two looks
                    if place is None or not place.here:
                        yield await self._nobody(line)
                        return
                    if place.ahead != told:
                        told = place.ahead
                        yield Position(told)
                    await self._news(watch)
        finally:
            if line.wanted:
                await self._calls.leave(conversation)

    async def briefed(self, line: Line, conversation: str) -> None:
        """Returns when the page of the seat that took the call has told that all of it is on the screen."""
        with self._hub.watch(conversation) as watch:
            while (await self._calls.standing(conversation)).read < line.claimed:
                await self._news(watch)

    async def _join(self, line: Line, conversation: str) -> None:
        if (await self._calls.standing(conversation)).state != "human":
            await self._queue.join(conversation, urgent=line.urgent)

    async def _nobody(self, line: Line) -> NoSeat:
        line.nobody, line.promised = True, await self._queue.by(urgent=line.urgent)
        return NoSeat(self._no_promise if line.promised is None else promise(line.promised, self._clock.now()))

    async def _news(self, watch: Watch) -> None:
        """Something has happened to the conversation, or it is time to look."""
        waits = {asyncio.ensure_future(watch.next()), asyncio.ensure_future(self._clock.sleep(LOOK))}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*waits, return_exceptions=True)
