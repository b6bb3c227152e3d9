"""The one way out: letters of the store delivered to their channel, in order per conversation, until they arrive."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.events import Event, Publish
from bot.safe_log import log_failure, log_round
from bot.store.outbox import Letter, OutboxStore
from channels.channel import Channel, PieceChannel
from channels.delivery import DeliveryFailed
from channels.rendering import Links, no_links, render

_LOG = logging.getLogger(__name__)
BATCH = 100
AT_ONCE = 16
"""Conversations that are written to at the same time: one slow provider call does not hold up everybody."""
FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
GIVE_UP = 12
"""Failed deliveries after which a letter is set aside; with the waits above that is half an hour and more."""
IDLE_WAIT = 30.0
"""Seconds after which the outbox is looked at even if nobody woke the sender."""


class Sender:
    """Runs while the service does; `wake` tells it that a letter was just written."""

    def __init__(
        self,
        store: OutboxStore,
        channels: Mapping[str, Channel | PieceChannel],
        clock: Clock,
        publish: Publish = lambda _event: None,
        links: Links = no_links,
    ) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self._publish = publish
        self._links = links
        self._woken = asyncio.Event()
        self._later = True
        """A letter may be waiting whose time has not come."""

    def wake(self, *, later: bool = False) -> None:
        """There is something to send, perhaps `later`."""
        self._later = self._later or later
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
                log_round(_LOG, "outbox not readable, trying again", error)
                wait = FIRST_WAIT
            try:
                async with asyncio.timeout(wait):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def deliver_due(self) -> bool:
        """One round; True when a full batch was found, so that there may be more."""
        letters = await self._store.due(self._clock.now(), BATCH)
        if not letters:
            self._later = True  # something was written whose time is to come, or nothing was
            return False
        by_conversation: dict[str, list[Letter]] = {}
        for letter in letters:
            by_conversation.setdefault(letter.message.conversation, []).append(letter)
        free = asyncio.Semaphore(AT_ONCE)

        async def one(mine: list[Letter]) -> list[int]:
            async with free:
                return await self._in_order(mine)

        rounds = await asyncio.gather(*map(one, by_conversation.values()), return_exceptions=True)
        arrived = [row for rows in rounds if not isinstance(rows, BaseException) for row in rows]
        if arrived:
            await self._store.delivered(arrived)
        for failed in rounds:
            if isinstance(failed, BaseException):
                raise failed
        return len(letters) == BATCH

    async def _in_order(self, letters: list[Letter]) -> list[int]:
        """Deliver letters of one conversation until one does not get through; those that arrived and are still to be
        forgotten."""
        arrived: list[int] = []
        for at, letter in enumerate(letters):
            channel, began = self._channels.get(letter.channel), self._clock.now()
            try:
                if channel is None:
                    raise DeliveryFailed("这个渠道没有开通")
                if isinstance(channel, PieceChannel):
                    await self._by_pieces(channel, letter)
                else:
                    await channel.send(letter.message, letter.address)
                    arrived.append(letter.row)
            except Exception as error:  # noqa: BLE001 - a defect of one adapter must not stop the letters of the others
                log_failure(_LOG, f"delivery by {letter.channel} failed", error)
                failed = error if isinstance(error, DeliveryFailed) else DeliveryFailed("发送时出错")
                await self._failed(letter, failed, [one.row for one in letters[at + 1 :]], began)
                break
        return arrived

    async def _by_pieces(self, channel: PieceChannel, letter: Letter) -> None:
        """Each piece is written down before the next one leaves: a crash repeats at most one."""
        message = letter.message
        pieces = render(message, channel.capabilities, self._links)
        for number, piece in enumerate(pieces[letter.sent :], letter.sent + 1):
            await channel.send_piece(piece, letter.address, f"{message.conversation}/{message.seq}/{number}")
            if number < len(pieces):
                await self._store.arrived(letter.row, number)
        await self._store.delivered([letter.row])

    async def _failed(self, letter: Letter, failed: DeliveryFailed, behind: list[int], began: datetime) -> None:
        """Write down what becomes of the letter; those behind it were taken too, and wait as long as it does."""
        now, why = self._clock.now(), str(failed)
        self._later = True
        if failed.until_contact:
            await self._store.hold(letter.row, now, why, began)
        elif failed.final or (failed.retry_after is None and letter.attempts + 1 >= GIVE_UP):
            for told in await self._store.give_up(letter.row, now, why):
                data = {"kind": told.kind, "text": told.text, "link": told.link}
                self._publish(Event("notice", told.conversation, staff=told.staff, data=data))
            await self._store.wait(behind, now)
        elif failed.retry_after is not None:
            await self._store.wait([letter.row, *behind], now + timedelta(seconds=failed.retry_after))
        else:
            again = self._again(letter.attempts)
            await self._store.failed(letter.row, again, why)
            await self._store.wait(behind, again)

    def _again(self, attempts: int) -> datetime:
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2**attempts) * random.uniform(0.8, 1.2)
        return self._clock.now() + timedelta(seconds=wait)

    async def _wait(self) -> float:
        """Seconds until there is something to do; the store is asked only while a letter may wait for its time."""
        due = await self._store.next_due() if self._later else None
        self._later = due is not None
        if due is None:
            return IDLE_WAIT
        return min(IDLE_WAIT, max(0.05, (due - self._clock.now()).total_seconds()))
