"""Letters that did not arrive: who is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.desk.clocks.timekeeper import Told
from bot.store.desk_schema import notices
from bot.store.notices import supervisors, tell
from bot.store.schema import conversations

KIND = "dead_letter"


def tell_supervisors(connection: Connection, conversation: str, now: datetime) -> list[Told]:
    """Whoever supervises the region hears of it, once until they have read it: a provider that is down kills many."""
    region = connection.execute(select(conversations.c.region).where(conversations.c.id == conversation)).scalar_one()
    unread = select(notices.c.staff_id).where(notices.c.kind == KIND, notices.c.read_at.is_(None))
    know = set(connection.execute(unread).scalars())
    seats = [seat.id for seat in supervisors(connection) if seat.covers(region) and seat.id not in know]
    return tell(connection, seats, KIND, "有消息没有送到来访人，请看“未送达”。", "/desk/dead-letters", now)
