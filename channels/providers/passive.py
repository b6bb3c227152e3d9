"""Answers in the response to a message, while there is time: they cost nothing of what may be sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.conversation import TurnLost
from bot.message import Message
from bot.records import Outcome
from bot.safe_log import log_failure
from bot.store.outbox import Letter
from channels.capabilities import Capabilities
from channels.providers.batch import Batch
from channels.rendering import Links, render

_LOG = logging.getLogger(__name__)
WITHIN = 1.0
"""Seconds from receipt that an answer is waited for; the provider is to hear from us within 1.5."""

MOST_LATE = 16


class Answered(Protocol):
    """Letters that leave so, as `bot.store.answered.AnsweredStore` keeps them."""

    async def begin(self, now: datetime) -> None: ...
    async def take(self, conversation: str, now: datetime, known: Sequence[Message] = ()) -> list[Letter]: ...
    async def left(self, rows: Sequence[int], now: datetime) -> None: ...
    async def back(self, rows: Sequence[int], now: datetime) -> None: ...
    async def before(self, conversation: str, seqs: Sequence[int]) -> list[Letter]: ...


@dataclass(frozen=True, slots=True)
class Response:
    """What stands in the response: `text`, or only that the message was taken."""

    text: str = ""
    rows: tuple[int, ...] = ()
    """Letters that it is; to be told of when it has left, or could not."""


class Passive:
    """Takes an answer out of the outbox where it comes in time and fits, and leaves it there where not."""

    def __init__(
        self,
        answered: Answered,
        clock: Clock,
        wake: Callable[[], None],
        links: Links,
        capabilities: Capabilities,
        fits: Callable[[str], bool],
    ) -> None:
        """`fits` says whether a text of a channel with these `capabilities` goes into one response."""
        self._answered = answered
        self._clock = clock
        self._wake = wake
        self._links = links
        self._capabilities = capabilities
        self._fits = fits
        self._late: set[asyncio.Task[None]] = set()
        self._left = Batch(lambda rows: answered.left(rows, clock.now()))

    async def response(self, outcome: Awaitable[Outcome], began: float) -> Response:
        """The response to a message that came at `began` of the monotonic clock, in time whatever happens."""
        pending = asyncio.ensure_future(outcome)
        left = max(0.0, began + WITHIN - self._clock.monotonic())
        done, _ = await asyncio.wait({pending}, timeout=left)
        if not done and len(self._late) >= MOST_LATE:
            return Response()  # so many are late that the sender had better find them by itself
        if not done:
            task = asyncio.create_task(self._send_late(pending))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
            return Response()
        try:
            answered = pending.result()
        except TurnLost:
            return Response()  # the message is kept, and answered later
        return await self._taken(answered)

    async def left(self, response: Response) -> None:
        """The response has been written."""
        if response.rows:
            await self._left.add(response.rows)

    async def failed(self, response: Response) -> None:
        """It could not be written: the letters go the other way, at once."""
        if response.rows:
            await self._at_once(response.rows)

    async def begin(self) -> None:
        """After a start: look after what an earlier process had under way."""
        try:
            await self._answered.begin(self._clock.now())
            self._wake()
        except Exception as error:  # noqa: BLE001 - the letters are kept
            log_failure(_LOG, "answers under way at the last end were not looked after", error)

    async def stop(self) -> None:
        """Stop waiting for answers that came too late for their response; the sender finds them by itself."""
        for task in list(self._late):
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    async def _taken(self, answered: Outcome) -> Response:
        replies = [one for one in answered.replies if one.sender != "citizen"]
        return await self._out(replies, answered.repeated) if replies else Response()

    async def greeting(self, greeting: Message) -> Response:
        """The same for the first words to somebody who has said nothing."""
        return await self._out([greeting], repeated=True)

    async def _out(self, replies: Sequence[Message], repeated: bool) -> Response:
        conversation = replies[0].conversation
        if repeated and (before := await self._answered.before(conversation, [one.seq for one in replies])):
            rows = tuple(letter.row for letter in before)  # it may have left, and was not heard
            return Response(self._text([letter.message for letter in before]), rows)
        letters = await self._answered.take(conversation, self._clock.now(), replies)
        if not letters:
            return Response()  # the sender is at it, or has sent it
        mine = [letter.row for letter in letters]
        if text := self._text([letter.message for letter in letters]):
            return Response(text, tuple(mine))
        await self._at_once(mine)  # too long for one message
        return Response()

    async def _send_late(self, outcome: Awaitable[Outcome]) -> None:
        """Nobody waits in the response any more: the letters need not wait for it either."""
        try:
            answered = await outcome
            if answered.replies and not answered.repeated:
                letters = await self._answered.take(answered.replies[0].conversation, self._clock.now())
                await self._at_once([letter.row for letter in letters])
        except Exception as error:  # noqa: BLE001 - the sender sends them all the same, a little later
            log_failure(_LOG, "an answer was not sent at once", error)

    async def _at_once(self, rows: Sequence[int]) -> None:
        await self._answered.back(rows, self._clock.now())
        self._wake()

    def _text(self, replies: Sequence[Message]) -> str:
        """All of it in one message; "" where it does not fit."""
        pieces = [piece.text for reply in replies for piece in render(reply, self._capabilities, self._links)]
        text = "\n\n".join(pieces)
        return text if self._fits(text) else ""
