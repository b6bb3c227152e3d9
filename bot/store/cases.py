"""Conversations as the desk lists them, read inside a transaction that is already open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from bot.desk.records import Case
from bot.store.desk_schema import queues
from bot.store.schema import claims, conversations, matters, staff


def cases() -> Select[Any]:
    """Conversations with their latest handoff; those that never had one are not the desk's to see."""
    other = claims.alias("other")
    latest = select(func.max(other.c.id)).where(other.c.conversation_id == conversations.c.id).scalar_subquery()
    return (
        select(
            conversations.c.id,
            conversations.c.channel,
            conversations.c.state,
            conversations.c.matter,
            conversations.c.claimed_by,
            conversations.c.queue,
            conversations.c.help,
            conversations.c.region,
            conversations.c.language,
            conversations.c.mood,
            conversations.c.returned,
            conversations.c.waiting_since,
            conversations.c.promised_at,
            matters.c.topic,
            matters.c.area,
            matters.c.summary,
            claims.c.priority,
            claims.c.kind,
            claims.c.reason,
            claims.c.reasons,
            claims.c.tier,
            claims.c.asked_at,
            staff.c.name,
            staff.c.person,
            queues.c.name.label("queue_name"),
        )
        .select_from(conversations)
        .join(claims, claims.c.id == latest)
        .join(matters, matters.c.number == conversations.c.matter)
        .outerjoin(staff, staff.c.id == conversations.c.claimed_by)
        .outerjoin(queues, queues.c.key == conversations.c.queue)
    )


def to_case(row: Any, keys: Sequence[str] | None) -> Case:
    """A row of `cases` for a seat that may take from the queues `keys`, None for all."""
    return Case(
        conversation=row.id,
        channel=row.channel,
        state=row.state,
        matter=row.matter or "",
        topic=row.topic,
        area=row.area,
        priority=row.priority,
        kind=row.kind,
        reason=row.reason,
        asked=row.waiting_since or row.asked_at,
        seat=row.claimed_by,
        seat_name=row.person or row.name or "",
        summary=row.summary,
        queue=row.queue,
        queue_name=row.queue_name or row.queue,
        tier=row.tier,
        help=row.help,
        region=row.region,
        language=row.language,
        mood=row.mood,
        reasons=tuple(row.reasons),
        returned=row.returned,
        promised=row.promised_at,
        takes=keys is None or row.queue in keys,
    )
