"""Satisfaction in the database: the question put at the end, the answer taken afterwards, the call-back it makes."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.desk.afterwards.survey import (
    ASK_WHY,
    DISSATISFIED,
    NOTED,
    OPEN_FOR,
    THANKS,
    call_back_by,
    read_score,
)
from bot.dialogue.engine import Part
from bot.message import Message
from bot.store.append import append, next_slot
from bot.store.audit import note
from bot.store.desk_schema import callbacks, satisfaction
from bot.store.schema import conversations


def ask(connection: Connection, conversation: str, matter: str, staff_id: int, now: datetime) -> None:
    """The question was put with the last words of the consultation."""
    values: dict[str, Any] = {
        "matter": matter,
        "conversation_id": conversation,
        "staff_id": staff_id,
        "asked_at": now,
        "comment": "",
    }
    connection.execute(insert(satisfaction), values)


def answers(connection: Connection, conversation: str, text: str, now: datetime) -> Part | None:
    """Take what a citizen says after the end as an answer, and what to say to it; None where it is none."""
    row = connection.execute(
        select(satisfaction)
        .where(satisfaction.c.conversation_id == conversation, satisfaction.c.asked_at > now - OPEN_FOR)
        .order_by(satisfaction.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    score = read_score(text)
    if score is None:
        if row.score is None or row.score > DISSATISFIED or row.comment:
            return None
        _change(connection, row.id, comment=text)
        return NOTED
    _change(connection, row.id, score=score, answered_at=now)
    note(connection, now, "citizen", "rated", row.matter, score=score)
    if score > DISSATISFIED:
        return THANKS
    _call_back(connection, row, now)
    return ASK_WHY


def reply(connection: Connection, conversation: str, part: Part, reply_to: int, now: datetime) -> Message:
    """Our word to the answer, in a conversation that stays closed. Raises LookupError when it is not."""
    slot = next_slot(connection, conversation, now, only_in="closed")
    if slot is None:
        raise LookupError(f"conversation {conversation} is not closed")
    return append(connection, slot, "system", (part,), message_id=secrets.token_hex(16), now=now, reply_to=reply_to)


def _change(connection: Connection, row: int, **values: Any) -> None:
    connection.execute(update(satisfaction).where(satisfaction.c.id == row).values(**values))


def _call_back(connection: Connection, row: Any, now: datetime) -> None:
    """One call-back for each consultation, however often the score is changed."""
    there = select(callbacks.c.id).where(
        callbacks.c.conversation_id == row.conversation_id,
        callbacks.c.reason == "dissatisfied",
        callbacks.c.made_at >= row.asked_at,
    )
    if connection.execute(there).first() is not None:
        return
    queue = connection.execute(
        select(conversations.c.queue).where(conversations.c.id == row.conversation_id)
    ).scalar_one()
    values: dict[str, Any] = {
        "matter": row.matter,
        "conversation_id": row.conversation_id,
        "reason": "dissatisfied",
        "contact": "",
        "due_at": call_back_by(now),
        "queue": queue,
        "state": "open",
        "attempts": 0,
        "result": "",
        "made_at": now,
    }
    connection.execute(insert(callbacks), values)
    note(connection, now, "system", "callback_made", row.matter, reason="dissatisfied")
