"""Proposed corrections in the database: the storage behind `bot.desk.topics`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from bot.desk.proposal import Proposal, ProposalState
from bot.desk.seat import Seat
from bot.store.audit import note
from bot.store.database import Database
from bot.store.schema import proposals, staff


class ProposalStore:
    """Implements `bot.desk.proposal.ProposalRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, topic: str, field: str, seat: Seat, reason: str, patch: str, scenario: str, now: datetime
    ) -> int:
        """Keep a proposal; its number."""
        values = {
            "topic": topic,
            "field": field,
            "staff_id": seat.id,
            "reason": reason,
            "patch": patch,
            "scenario": scenario,
            "state": "proposed",
            "proposed_at": now,
        }

        def work(connection: Connection) -> int:
            number: int = connection.execute(insert(proposals).returning(proposals.c.id), values).scalar_one()
            note(connection, now, f"staff:{seat.id}", "topic_proposed", str(number), topic=topic, field=field)
            return number

        return await self._database.write(work)

    async def decide(self, number: int, seat: Seat, state: ProposalState, now: datetime) -> bool:
        """Accept or decline; False when there is no such proposal or it was decided already."""
        statement = (
            update(proposals)
            .where(proposals.c.id == number, proposals.c.state == "proposed")
            .values(state=state, decided_at=now)
        )

        def work(connection: Connection) -> bool:
            done = connection.execute(statement).rowcount == 1
            if done:
                note(connection, now, f"staff:{seat.id}", f"topic_{state}", str(number))
            return done

        return await self._database.write(work)

    async def listed(self, topic: str = "") -> list[Proposal]:
        """Proposals, newest first; of one topic if it is named."""
        statement = select(proposals, staff.c.name).join(staff, staff.c.id == proposals.c.staff_id)
        if topic:
            statement = statement.where(proposals.c.topic == topic)
        statement = statement.order_by(proposals.c.id.desc())
        rows = await self._database.read(lambda connection: connection.execute(statement).all())
        return [_proposal(row) for row in rows]


def _proposal(row: Row[tuple[object, ...]]) -> Proposal:
    return Proposal(
        row.id,
        row.topic,
        row.field,
        row.name,
        row.reason,
        row.patch,
        row.scenario,
        row.state,
        row.proposed_at,
        row.decided_at,
    )
