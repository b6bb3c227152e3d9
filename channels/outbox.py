"""The one way out: letters of the store delivered to their channel, in order per conversation, until they arrive."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.events import Event
from bot.message import Message
from bot.safe_log import log_failure
from bot.store.outbox import OutboxStore
from channels.hub import Hub

_LOG = logging.getLogger(__name__)
BATCH = 100
FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
GIVE_UP = 12
"""Failed deliveries after which a letter is set aside; with the waits above that is half an hour and more."""
IDLE_WAIT = 30.0
"""Seconds after which the outbox is looked at even if nobody woke the sender."""


class Channel(Protocol):
    """Whoever can bring a message to the citizen."""

    async def send(self, message: Message) -> None:
        """Deliver; raises DeliveryFailed when it has to be tried again. May be called twice for one message."""
        ...


class DeliveryFailed(Exception):
    """The provider did not take the message; the text says why, without what the message says."""


class WebChannel:
    """Delivers to open sockets. A closed page fetches by sequence number when it is back, so this cannot fail."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def send(self, message: Message) -> None:
        """Show the message on every open page of its conversation."""
        self._hub.tell(message.conversation, Event("message", message.conversation, message=message))


class Sender:
    """Runs while the service does; `wake` tells it that a letter was just written."""

    def __init__(self, store: OutboxStore, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self._woken = asyncio.Event()
        self._retrying = True

    def wake(self) -> None:
        """There is something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Deliver for ever; cancel to stop. What was under way is delivered again at the next start."""
        while True:
            self._woken.clear()
            try:
                while await self.deliver_due():
                    pass
                wait = await self._wait()
            except Exception as error:  # noqa: BLE001 - the sender must outlive a store that is busy or full
                log_failure(_LOG, "outbox not readable, trying again", error)
                wait = FIRST_WAIT
            try:
                async with asyncio.timeout(wait):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def deliver_due(self) -> bool:
        """One round; True when a full batch was found, so that there may be more."""
        letters = await self._store.due(self._clock.now(), BATCH)
        arrived: list[int] = []
        held: set[str] = set()
        for letter in letters:
            conversation = letter.message.conversation
            if conversation in held:
                continue  # an earlier message of it did not get through: order before speed
            try:
                await self._channels[letter.channel].send(letter.message)
                arrived.append(letter.row)
            except (DeliveryFailed, KeyError) as error:
                log_failure(_LOG, f"delivery by {letter.channel} failed", error)
                held.add(conversation)
                await self._store.failed(letter.row, self._again(letter.attempts))
                self._retrying = True
        if arrived:
            await self._store.delivered(arrived)
        return len(letters) == BATCH

    def _again(self, attempts: int) -> datetime | None:
        if attempts + 1 >= GIVE_UP:
            return None
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2**attempts) * random.uniform(0.8, 1.2)
        return self._clock.now() + timedelta(seconds=wait)

    async def _wait(self) -> float:
        """Seconds until there is something to do; the store is asked only while a letter waits for another try."""
        due = await self._store.next_due() if self._retrying else None
        self._retrying = due is not None
        if due is None:
            return IDLE_WAIT
        return min(IDLE_WAIT, max(0.05, (due - self._clock.now()).total_seconds()))
