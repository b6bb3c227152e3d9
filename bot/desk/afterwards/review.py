"""Quality review: every consultation by rules, some by a person, with an appeal."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.clock import Clock
from bot.desk.afterwards.rules import Consultation, judge
from bot.desk.afterwards.sheet import Kind, Mark, criteria, total
from bot.desk.refused import Refused
from bot.desk.seat import Seat

ReviewState = Literal["drawn", "scored", "appealed", "upheld", "changed"]
STATES: dict[ReviewState, str] = {
    "drawn": "待评",
    "scored": "已评",
    "appealed": "申诉中",
    "upheld": "申诉后维持",
    "changed": "申诉后改分",
}
SHARE = 0.05
"""Of consultations that a person reviews, at least."""
FEWEST = 10
"""Reviews below which an average says nothing."""
BATCH = 50
_ROUND = 60.0
"""Seconds after which what ended is looked for even if nobody told of it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A consultation that ended and was not judged yet."""

    claim: int
    conversation: str
    matter: str
    staff: int
    consultation: Consultation


@dataclass(frozen=True, slots=True)
class Review:
    """One sheet as it is listed."""

    id: int
    conversation: str
    matter: str
    topic: str
    staff: int
    staff_name: str
    kind: Kind
    reviewer: int | None
    reviewer_name: str
    marks: tuple[Mark, ...]
    score: int | None
    state: ReviewState
    comment: str
    appeal: str
    answer: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Average:
    """How one seat does."""

    name: str
    kind: Kind
    reviews: int
    score: float | None
    """None below FEWEST reviews."""


class ReviewRecords(Protocol):
    """The storage of reviews; changes write the audit trail in the same transaction."""

    async def ended(self, limit: int) -> list[Ended]:
        """Consultations that ended without a sheet by rules, oldest first."""
        ...

    async def judged(
        self, ended: Ended, marks: Sequence[Mark], score: int, drawn: Callable[[int, int, bool], bool], now: datetime
    ) -> None:
        """Keep the sheet; `drawn(reviewed, drawn so far, the seat has one this week)` says if a person reviews too."""
        ...

    async def listed(self, seat: Seat, kind: Kind, state: ReviewState | None, own: bool, limit: int) -> list[Review]:
        """Of the seat's regions, newest first; `own` for sheets about the seat itself."""
        ...

    async def one(self, number: int, seat: Seat) -> Review | None:
        """The sheet, if it is of the seat's regions or about the seat."""
        ...

    async def score(
        self, number: int, reviewer: Seat, marks: Sequence[Mark], score: int, comment: str, now: datetime
    ) -> bool:
        """False unless it is drawn and not about the reviewer."""
        ...

    async def appeal(self, number: int, seat: Seat, text: str, now: datetime) -> bool:
        """False unless it is scored and about the seat."""
        ...

    async def decide(
        self, number: int, seat: Seat, marks: Sequence[Mark] | None, score: int | None, answer: str, now: datetime
    ) -> bool:
        """False unless it is appealed, and neither about nor by the seat. `marks` None upholds."""
        ...

    async def averages(self, seat: Seat, since: datetime) -> list[tuple[str, Kind, int, float]]:
        """(name, kind, number, mean) by seat."""
        ...


class Reviews:
    """Judging, scoring and appeals."""

    def __init__(self, records: ReviewRecords, clock: Clock, chance: Callable[[], float] | None = None) -> None:
        """`chance`: uniform over [0, 1); by default from the system, so that nobody can foretell who is drawn."""
        self._records = records
        self._clock = clock
        self._chance = chance or random.SystemRandom().random
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """A consultation may have ended."""
        self._woken.set()

    async def run(self) -> None:
        """Judge what ends, for ever; cancel to stop."""
        while True:
            self._woken.clear()
            while await self.judge_ended() == BATCH:
                pass
            try:
                async with asyncio.timeout(_ROUND):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def judge_ended(self) -> int:
        """Judge what has ended; how many were found."""
        found = await self._records.ended(BATCH)
        for one in found:
            marks = judge(one.consultation)
            await self._records.judged(one, marks, total(marks), self._drawn, self._clock.now())
        return len(found)

    def _drawn(self, reviewed: int, drawn: int, seat_has_one: bool) -> bool:
        return not seat_has_one or drawn < SHARE * (reviewed + 1) or self._chance() < SHARE

    async def listed(self, seat: Seat, kind: Kind, state: ReviewState | None, *, own: bool = False) -> list[Review]:
        """Up to 200 sheets, newest first."""
        return await self._records.listed(seat, kind, state, own, 200)

    async def one(self, number: int, seat: Seat) -> Review | None:
        """A sheet the seat may see."""
        return await self._records.one(number, seat)

    async def score(self, number: int, reviewer: Seat, points: Mapping[str, int], comment: str) -> None:
        """A person's sheet. Raises Refused for points outside the sheet and for what is not theirs to score."""
        marks = _marks(points)
        done = await self._records.score(
            number, reviewer, marks, total(marks), comment.strip()[:1000], self._clock.now()
        )
        if not done:
            raise Refused("not_drawn", "这份评分已经完成，或者评的是您自己的接待。")

    async def appeal(self, number: int, seat: Seat, text: str) -> None:
        """The reviewed person disagrees. Raises Refused."""
        if not text.strip():
            raise Refused("no_reason", "请写明申诉的理由。")
        if not await self._records.appeal(number, seat, text.strip()[:2000], self._clock.now()):
            raise Refused("not_scored", "只能对自己的、已经评完的评分申诉一次。")

    async def decide(self, number: int, seat: Seat, points: Mapping[str, int] | None, answer: str) -> None:
        """Another supervisor answers the appeal; `points` None upholds the score. Raises Refused."""
        if not answer.strip():
            raise Refused("no_reason", "请写明答复。")
        marks = None if points is None else _marks(points)
        score = None if marks is None else total(marks)
        done = await self._records.decide(number, seat, marks, score, answer.strip()[:2000], self._clock.now())
        if not done:
            raise Refused("not_appealed", "这份评分没有待答复的申诉，或者应由另一位主管答复。")

    async def averages(self, seat: Seat) -> list[Average]:
        """Of the last thirty days, by seat; no number stands for too few."""
        since = self._clock.now() - timedelta(days=30)
        return [
            Average(name, kind, count, round(mean, 1) if count >= FEWEST else None)
            for name, kind, count, mean in await self._records.averages(seat, since)
        ]


def _marks(points: Mapping[str, int]) -> tuple[Mark, ...]:
    known = criteria("person")
    if set(points) != set(known):
        raise Refused("bad_points", "请给每一项都打分。")
    for name, given in points.items():
        if not 0 <= given <= known[name].most:
            raise Refused("bad_points", f"“{known[name].name}”应在 0 到 {known[name].most} 分之间。")
    return tuple(Mark(known[name], points[name]) for name in known)
