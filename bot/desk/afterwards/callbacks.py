"""Call-backs: somebody owes a citizen a call or a message, by a time, until it is done or cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.clock import Clock
from bot.desk.refused import Refused
from bot.desk.seat import Seat

CallbackState = Literal["open", "done", "failed"]
REASONS = {
    "dissatisfied": "来访人不满意",
    "nobody": "当时无人值班",
    "booked": "来访人预约",
    "promised": "承诺过回复",
    "message": "电话留言",
    "hung_up": "等人工时电话断了",
}
"""Each reason and its name."""
MOST_ATTEMPTS = 3
"""Calls that nobody answered after which a call-back may be given up."""
LONGEST_RESULT = 1000


@dataclass(frozen=True, slots=True)
class Callback:
    """One call-back as it is listed."""

    id: int
    matter: str
    conversation: str
    reason: str
    contact: str
    """A number; "" where the channel itself reaches the citizen."""
    due: datetime
    owner: int | None
    owner_name: str
    state: CallbackState
    attempts: int
    result: str
    made: datetime
    topic: str
    comment: str
    """What a dissatisfied citizen wrote."""
    message: str = ""
    """What a caller left on the telephone, as far as it was understood."""


class CallbackRecords(Protocol):
    """The storage of call-backs; changes write the audit trail in the same transaction."""

    async def listed(self, seat: Seat, state: CallbackState, limit: int) -> list[Callback]:
        """Of the seat's regions, those due first at the top."""
        ...

    async def take(self, number: int, seat: Seat, now: datetime) -> bool:
        """Make it the seat's; False unless it is open, of its regions, and nobody's or the seat's own."""
        ...

    async def attempted(self, number: int, seat: Seat, words: str, now: datetime) -> int | None:
        """One more call that reached nobody; how many there are. None unless it is open and the seat's."""
        ...

    async def end(
        self, number: int, seat: Seat, state: CallbackState, words: str, least_attempts: int, now: datetime
    ) -> bool:
        """Done or failed; False unless it is open, the seat's, and was tried `least_attempts` times."""
        ...


class Callbacks:
    """What a seat can do with call-backs."""

    def __init__(self, records: CallbackRecords, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    async def listed(self, seat: Seat, state: CallbackState) -> list[Callback]:
        """Up to 200 of the seat's regions, those due first at the top."""
        return await self._records.listed(seat, state, 200)

    async def take(self, number: int, seat: Seat) -> None:
        """Raises Refused when it is another's, over, or there is none."""
        if not await self._records.take(number, seat, self._clock.now()):
            raise Refused("taken", "这个回访已经有同事在办，或者已经办完。")

    async def attempted(self, number: int, seat: Seat, words: str) -> int:
        """Nobody answered; how often by now. Raises Refused unless the seat has taken it."""
        tried = await self._records.attempted(number, seat, words.strip()[:LONGEST_RESULT], self._clock.now())
        if tried is None:
            raise Refused("not_yours", "请先接下这个回访。")
        return tried

    async def done(self, number: int, seat: Seat, words: str) -> None:
        """The citizen was reached; `words` tell what came of it. Raises Refused."""
        await self._end(number, seat, "done", words, 0, "请写一句回访的结果。")

    async def failed(self, number: int, seat: Seat, words: str) -> None:
        """Given up, after enough attempts. Raises Refused."""
        await self._end(number, seat, "failed", words, MOST_ATTEMPTS, "请写一句为什么联系不上。")

    async def _end(self, number: int, seat: Seat, state: CallbackState, words: str, least: int, ask: str) -> None:
        told = words.strip()
        if not told:
            raise Refused("no_result", ask)
        if not await self._records.end(number, seat, state, told[:LONGEST_RESULT], least, self._clock.now()):
            text = f"至少联系过 {least} 次才能记为联系不上；也请先接下这个回访。" if least else "请先接下这个回访。"
            raise Refused("not_yet", text)
