"""Reading along and taking over in the database: the storage behind `bot.desk.work.oversight`."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot import greeting
from bot.desk.seat import Seat
from bot.desk.work.oversight import TakenOver
from bot.store.append import append, next_slot
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import notes
from bot.store.in_sight import in_sight
from bot.store.notices import tell
from bot.store.schema import claims, matters


class OversightStore:
    """Implements `bot.desk.work.oversight.OversightRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def watched(self, conversation: str, seat: Seat, now: datetime) -> bool:
        """Noted once for each time it begins."""

        def work(connection: Connection) -> bool:
            if in_sight(connection, conversation, seat) is None:
                return False
            note(connection, now, f"staff:{seat.id}", "watched", conversation)
            return True

        return await self._database.write(work)

    async def take_over(self, conversation: str, seat: Seat, reason: str, now: datetime) -> TakenOver | None:
        """Decided by one statement: the conversation is still in the hands it was seen in."""

        def work(connection: Connection) -> TakenOver | None:
            found = in_sight(connection, conversation, seat)
            if found is None or found.state != "human" or found.claimed_by in (None, seat.id):
                return None
            before: int = found.claimed_by
            slot = next_slot(
                connection, conversation, now, only_in="human", only_by=before, claimed_by=seat.id, claimed_at=now
            )
            if slot is None:
                return None
            _hand_on(connection, conversation, seat, reason, now)
            connection.execute(
                update(matters)
                .where(matters.c.number == found.matter, matters.c.owner_id == before)
                .values(owner_id=seat.id, updated_at=now)
            )
            values = {
                "matter": found.matter,
                "conversation_id": conversation,
                "staff_id": seat.id,
                "kind": "transfer",
                "to_staff": before,
                "text": f"主管接管：{reason}",
                "at": now,
            }
            connection.execute(insert(notes), values)
            tell(
                connection,
                [before],
                "transfer",
                f"{seat.called}接管了事项 {found.matter}",
                f"/desk/c/{conversation}",
                now,
                conversation,
            )
            note(connection, now, f"staff:{seat.id}", "took_over", conversation, before=before)
            message = append(connection, slot, "system", greeting.TAKEN_OVER, message_id=secrets.token_hex(16), now=now)
            return TakenOver(message, before)

        return await self._database.write(work)


def _hand_on(connection: Connection, conversation: str, seat: Seat, reason: str, now: datetime) -> None:
    """The claim that is going on ends, another of the same handoff begins."""
    open_one = (claims.c.conversation_id == conversation, claims.c.ended_at.is_(None))
    for row in connection.execute(select(claims).where(*open_one)).all():
        connection.execute(
            insert(claims),
            {
                "conversation_id": conversation,
                "matter": row.matter,
                "kind": row.kind,
                "reason": row.reason,
                "priority": row.priority,
                "asked_at": row.asked_at,
                "staff_id": seat.id,
                "claimed_at": now,
                "queue": row.queue,
            },
        )
        connection.execute(update(claims).where(claims.c.id == row.id).values(ended_at=now, outcome="transferred"))
