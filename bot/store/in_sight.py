"""One conversation as a seat may see it, and one at a time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from bot.desk.seat import Seat
from bot.store.regions import in_regions
from bot.store.schema import claims, conversations


def in_sight(connection: Connection, conversation: str, seat: Seat) -> Any:
    """Its row (matter, region, state, claimed_by); None where there is none for this seat."""
    handed = select(claims.c.id).where(claims.c.conversation_id == conversations.c.id).exists()
    return connection.execute(
        select(conversations.c.matter, conversations.c.region, conversations.c.state, conversations.c.claimed_by).where(
            conversations.c.id == conversation, handed, in_regions(conversations.c.region, seat)
        )
    ).one_or_none()


def alone(connection: Connection, conversation: str) -> None:
    """Wait until no other transaction works on the conversation: what was sent twice at once is then seen as sent."""
    connection.execute(select(conversations.c.id).where(conversations.c.id == conversation).with_for_update())
