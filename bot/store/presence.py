"""Who is at the desk, in the database: the storage behind `bot.desk.queues.presence`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, or_, select

from bot.desk.queues.presence import Status
from bot.desk.seat import Seat
from bot.dialogue.engine import Part
from bot.message import Message
from bot.store.audit import note
from bot.store.claims import wait_again
from bot.store.database import Database
from bot.store.desk_schema import presence
from bot.store.desks import beat
from bot.store.schema import conversations


class PresenceStore:
    """Implements `bot.desk.queues.presence.PresenceRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, seat: Seat, status: Status | None, now: datetime) -> tuple[Status, int]:
        """The seat is there; its status and how many conversations it holds."""
        held = (
            select(func.count())
            .select_from(conversations)
            .where(conversations.c.claimed_by == seat.id, conversations.c.state == "human")
        )
        return await self._database.write(
            lambda connection: (beat(connection, seat.id, status, now), connection.execute(held).scalar_one())
        )

    async def leave(self, seat: Seat, parts: Sequence[Part], now: datetime) -> list[Message]:
        """The seat goes: its conversations wait again, in front."""

        def work(connection: Connection) -> list[Message]:
            connection.execute(delete(presence).where(presence.c.staff_id == seat.id))
            return _give_up(connection, seat.id, parts, now)

        return await self._database.write(work)

    async def returned(self, unseen_since: datetime, parts: Sequence[Part], now: datetime) -> list[Message]:
        """As `leave`, for every seat unseen since then: who deletes the row of presence does it."""
        gone = delete(presence).where(presence.c.seen_at <= unseen_since).returning(presence.c.staff_id)
        # Who holds a conversation and was never seen: the store is older than presence.
        never = (
            select(conversations.c.claimed_by)
            .where(
                conversations.c.state == "human",
                or_(conversations.c.claimed_at.is_(None), conversations.c.claimed_at <= unseen_since),
                conversations.c.claimed_by.not_in(select(presence.c.staff_id)),
            )
            .distinct()
        )

        def work(connection: Connection) -> list[Message]:
            seats = [*connection.execute(gone).scalars(), *connection.execute(never).scalars()]
            return [message for seat in dict.fromkeys(seats) for message in _give_up(connection, seat, parts, now)]

        return await self._database.write(work)


def _give_up(connection: Connection, seat_id: int, parts: Sequence[Part], now: datetime) -> list[Message]:
    held = select(conversations.c.id).where(conversations.c.claimed_by == seat_id, conversations.c.state == "human")
    said = []
    for conversation in connection.execute(held.order_by(conversations.c.id)).scalars().all():
        message = wait_again(connection, conversation, seat_id, parts, now, outcome="returned", returned=True)
        if message is not None:
            note(connection, now, f"staff:{seat_id}", "returned", conversation)
            said.append(message)
    return said
