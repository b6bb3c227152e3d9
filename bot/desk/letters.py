"""Messages that did not reach their citizen: what the desk sees of them, and what it can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.clock import Clock
from bot.desk.refused import Refused
from bot.desk.seat import Seat

LetterState = Literal["dead", "held"]
CHANNELS = {
    "web": "网页",
    "wechat": "微信公众号",
    "wechat_kf": "微信客服",
    "weibo": "微博",
    "api": "应用",
    "app": "应用",
    "sms": "短信",
    "voice": "电话",
}
"""What people call the channels."""
SHOWN = 200
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One message as it is listed; what it says is read in its conversation, where looking is noted."""

    id: int
    channel: str
    conversation: str
    matter: str
    why: str
    attempts: int
    stopped: datetime
    written: datetime


class LetterRecords(Protocol):
    """Their storage; changes write the audit trail in the same transaction."""

    async def listed(self, seat: Seat, state: LetterState, limit: int) -> Sequence[Undelivered]:
        """Of the seat's regions, newest first."""
        ...

    async def again(self, id: int, seat: Seat, now: datetime) -> bool:
        """Try it from the beginning; False unless it is there, undelivered, and the seat's to see."""
        ...

    async def by_sms(self, id: int, seat: Seat, now: datetime) -> bool | None:
        """Send it to the citizen's telephone instead; None where they have none that may be written to."""
        ...

    async def void(self, id: int, seat: Seat, reason: str, now: datetime) -> bool:
        """Let it go; the reason is kept with it."""
        ...


class Letters:
    """What supervisors can do with messages that did not arrive."""

    def __init__(self, records: LetterRecords, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    async def listed(self, seat: Seat, state: LetterState) -> Sequence[Undelivered]:
        """Of the seat's regions, newest first."""
        return await self._records.listed(seat, state, SHOWN)

    async def again(self, id: int, seat: Seat) -> None:
        """Try once more from the beginning. Raises Refused."""
        _known(await self._records.again(id, seat, self._clock.now()))

    async def by_sms(self, id: int, seat: Seat) -> None:
        """Send it to the telephone. Raises Refused, also where the citizen has not agreed to that."""
        done = await self._records.by_sms(id, seat, self._clock.now())
        if done is None:
            raise Refused("no_phone", "来访人没有留下同意收短信的手机号。")
        _known(done)

    async def void(self, id: int, seat: Seat, reason: str) -> None:
        """Let it go. Raises Refused without a reason."""
        words = reason.strip()
        if not words:
            raise Refused("no_reason", "作废要写明原因。")
        _known(await self._records.void(id, seat, words[:LONGEST_REASON], self._clock.now()))


def _known(done: bool) -> None:
    if not done:
        raise Refused("letter_gone", "没有这条消息，或者它已经处理过了。")
