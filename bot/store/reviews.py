"""Quality reviews in the database: the storage behind `bot.desk.afterwards.review`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, insert, or_, select, update

from bot.calls.call import VOICE
from bot.desk.afterwards.review import Ended, Review, ReviewState
from bot.desk.afterwards.rules import Consultation
from bot.desk.afterwards.sheet import Kind, Mark, from_json, to_json
from bot.desk.seat import Seat
from bot.store.append import MESSAGE_COLUMNS, to_message
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import reviews
from bot.store.regions import in_regions
from bot.store.schema import claims, conversations, matters, messages, staff

_MET = ("closed", "handed_back", "transferred")
"""Ways a claim ends that a seat has worked on; one that came back because the seat vanished is not judged."""


class ReviewStore:
    """Implements `bot.desk.afterwards.review.ReviewRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ended(self, limit: int) -> list[Ended]:
        """Consultations that ended without a sheet by rules."""
        statement = (
            select(claims, matters.c.summary)
            .join(matters, matters.c.number == claims.c.matter)
            .outerjoin(reviews, (reviews.c.claim_id == claims.c.id) & (reviews.c.kind == "rules"))
            .where(claims.c.ended_at.is_not(None), claims.c.staff_id.is_not(None), reviews.c.id.is_(None))
            .where(claims.c.outcome.in_(_MET))
            # What a seat says on the telephone is not here to be read.
            .where(claims.c.conversation_id.not_in(select(conversations.c.id).where(conversations.c.channel == VOICE)))
            .order_by(claims.c.id)
            .limit(limit)
        )
        return await self._database.read(
            lambda connection: [_ended(connection, row) for row in connection.execute(statement).all()]
        )

    async def judged(
        self, ended: Ended, marks: Sequence[Mark], score: int, drawn: Callable[[int, int, bool], bool], now: datetime
    ) -> None:
        """Keep the sheet by rules, and draw the consultation for a person if it is to be."""

        def work(connection: Connection) -> None:
            common: dict[str, Any] = {
                "claim_id": ended.claim,
                "conversation_id": ended.conversation,
                "matter": ended.matter,
                "staff_id": ended.staff,
                "comment": "",
                "appeal": "",
                "answer": "",
                "made_at": now,
            }
            by_rules = {**common, "kind": "rules", "sheet": to_json(marks), "score": score, "state": "scored"}
            kept = self._database.insert_once(reviews).returning(reviews.c.id)
            if connection.execute(kept, {**by_rules, "scored_at": now}).one_or_none() is None:
                return  # another process was faster
            if drawn(*_so_far(connection, ended.staff, now)):
                connection.execute(insert(reviews), {**common, "kind": "person", "sheet": [], "state": "drawn"})

        await self._database.write(work)

    async def listed(self, seat: Seat, kind: Kind, state: ReviewState | None, own: bool, limit: int) -> list[Review]:
        """Newest first."""
        statement = _reviews().where(
            reviews.c.kind == kind, reviews.c.staff_id == seat.id if own else in_regions(matters.c.region, seat)
        )
        if state is not None:
            statement = statement.where(reviews.c.state == state)
        ordered = statement.order_by(reviews.c.id.desc()).limit(limit)
        return await self._database.read(lambda connection: [_review(row) for row in connection.execute(ordered)])

    async def one(self, number: int, seat: Seat) -> Review | None:
        """The sheet."""
        statement = _reviews().where(
            reviews.c.id == number, or_(reviews.c.staff_id == seat.id, in_regions(matters.c.region, seat))
        )
        row = await self._database.read(lambda connection: connection.execute(statement).one_or_none())
        return None if row is None else _review(row)

    async def score(
        self, number: int, reviewer: Seat, marks: Sequence[Mark], score: int, comment: str, now: datetime
    ) -> bool:
        """A person's sheet."""
        return await self._change(
            number,
            reviewer,
            now,
            "review_scored",
            (reviews.c.state == "drawn") & (reviews.c.staff_id != reviewer.id) & _of_number(reviewer),
            sheet=to_json(marks),
            score=score,
            comment=comment,
            reviewer_id=reviewer.id,
            scored_at=now,
            state="scored",
        )

    async def appeal(self, number: int, seat: Seat, text: str, now: datetime) -> bool:
        """The reviewed person disagrees."""
        theirs = (reviews.c.state == "scored") & (reviews.c.staff_id == seat.id)
        return await self._change(number, seat, now, "review_appealed", theirs, appeal=text, state="appealed")

    async def decide(
        self, number: int, seat: Seat, marks: Sequence[Mark] | None, score: int | None, answer: str, now: datetime
    ) -> bool:
        """The answer to an appeal."""
        other = (reviews.c.staff_id != seat.id) & or_(reviews.c.reviewer_id.is_(None), reviews.c.reviewer_id != seat.id)
        may = (reviews.c.state == "appealed") & other & _of_number(seat)
        if marks is None:
            return await self._change(number, seat, now, "review_upheld", may, answer=answer, state="upheld")
        changed: dict[str, Any] = {"sheet": to_json(marks), "score": score, "answer": answer, "state": "changed"}
        return await self._change(number, seat, now, "review_changed", may, **changed)

    async def averages(self, seat: Seat, since: datetime) -> list[tuple[str, Kind, int, float]]:
        """By seat and kind."""
        statement = (
            select(staff.c.name, staff.c.person, reviews.c.kind, func.count(), func.avg(reviews.c.score))
            .join(staff, staff.c.id == reviews.c.staff_id)
            .join(matters, matters.c.number == reviews.c.matter)
            .where(reviews.c.score.is_not(None), reviews.c.made_at >= since, in_regions(matters.c.region, seat))
            .group_by(staff.c.id, staff.c.name, staff.c.person, reviews.c.kind)
            .order_by(staff.c.name)
        )
        rows = await self._database.read(lambda connection: connection.execute(statement).all())
        return [(row.person or row.name, row.kind, row[3], float(row[4])) for row in rows]

    async def _change(self, number: int, seat: Seat, now: datetime, action: str, condition: Any, **values: Any) -> bool:
        def work(connection: Connection) -> bool:
            changed = connection.execute(
                update(reviews).where(reviews.c.id == number, condition).values(**values).returning(reviews.c.id)
            ).one_or_none()
            if changed is not None:
                note(connection, now, f"staff:{seat.id}", action, str(number))
            return changed is not None

        return await self._database.write(work)


def _ended(connection: Connection, row: Any) -> Ended:
    said = connection.execute(
        select(*MESSAGE_COLUMNS)
        .where(messages.c.conversation_id == row.conversation_id)
        .where(messages.c.at >= row.claimed_at, messages.c.at <= row.ended_at)
        .order_by(messages.c.seq)
    )
    heard = tuple(to_message(message) for message in said)
    asked = any(message.sender == "citizen" for message in heard)
    consultation = Consultation(
        row.claimed_at,
        heard,
        bool(row.summary.get("deadlines")),
        row.outcome != "transferred" and (asked or bool(row.summary.get("topic"))),
    )
    return Ended(row.id, row.conversation_id, row.matter, row.staff_id, consultation)


def _so_far(connection: Connection, seat: int, now: datetime) -> tuple[int, int, bool]:
    """Consultations judged before this one, those drawn, and whether the seat has one of this week."""
    count = select(func.count()).select_from(reviews)
    judged = connection.execute(count.where(reviews.c.kind == "rules")).scalar_one() - 1
    drawn = connection.execute(count.where(reviews.c.kind == "person")).scalar_one()
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    this_week = count.where(reviews.c.kind == "person", reviews.c.staff_id == seat, reviews.c.made_at >= monday)
    return judged, drawn, connection.execute(this_week).scalar_one() > 0


def _of_number(seat: Seat) -> Any:
    return reviews.c.matter.in_(select(matters.c.number).where(in_regions(matters.c.region, seat)))


def _reviews() -> Select[Any]:
    reviewer = staff.alias("reviewer")
    return (
        select(
            reviews,
            matters.c.topic,
            matters.c.summary,
            staff.c.name,
            staff.c.person,
            reviewer.c.name.label("reviewer_name"),
            reviewer.c.person.label("reviewer_person"),
        )
        .join(matters, matters.c.number == reviews.c.matter)
        .join(staff, staff.c.id == reviews.c.staff_id)
        .outerjoin(reviewer, reviewer.c.id == reviews.c.reviewer_id)
    )


def _review(row: Any) -> Review:
    return Review(
        row.id,
        row.conversation_id,
        row.matter,
        row.summary.get("topic") or row.topic,
        row.staff_id,
        row.person or row.name,
        row.kind,
        row.reviewer_id,
        row.reviewer_person or row.reviewer_name or "",
        from_json(row.kind, row.sheet),
        row.score,
        row.state,
        row.comment,
        row.appeal,
        row.answer,
        row.made_at,
    )
