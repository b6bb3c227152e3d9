"""Conversations of people whom a provider names: the one that is theirs, or a new one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from bot.desk.afterwards.survey import OPEN_FOR
from bot.dialogue.engine import Part
from bot.message import Message
from bot.records import Conversation
from bot.store.append import Slot, append
from bot.store.desk_schema import satisfaction
from bot.store.schema import citizens, conversations

NORMAL = 2
"""The priority of who does not wait."""

# Kept, because building it anew costs more than running it.
_LATEST = (
    select(conversations.c.id, conversations.c.state, conversations.c.matter)
    .join(citizens, citizens.c.id == conversations.c.citizen_id)
    .where(
        citizens.c.channel == bindparam("to"),
        citizens.c.external_id == bindparam("who"),
        conversations.c.channel == bindparam("to"),
    )
    # Two of one moment: the one that goes on.
    .order_by(conversations.c.created_at.desc(), conversations.c.state == "closed", conversations.c.id)
    .limit(1)
)


def begin(
    connection: Connection,
    conversation: str,
    channel: str,
    citizen: str,
    token_hash: str | None,
    greeting: Sequence[Part],
    now: datetime,
    *,
    in_response: bool = False,
) -> Message:
    """A new conversation of a citizen who is there, opened by the greeting."""
    values: dict[str, Any] = {
        "id": conversation,
        "channel": channel,
        "citizen_id": citizen,
        "token_hash": token_hash,
        "state": "bot",
        "dialogue": {},
        "last_seq": 1,
        "priority": NORMAL,
        "created_at": now,
        "updated_at": now,
    }
    connection.execute(insert(conversations), values)
    slot = Slot(conversation, channel, 1)
    name = secrets.token_hex(16)
    return append(connection, slot, "bot", greeting, message_id=name, now=now, in_response=in_response)


def latest(
    connection: Connection, channel: str, external_id: str, now: datetime, *, only_open: bool = False
) -> Conversation | None:
    """The newest conversation of the person; None where it has ended, and no verdict on it is taken any more."""
    row = connection.execute(_LATEST, {"to": channel, "who": external_id}).one_or_none()
    if row is None or (row.state == "closed" and (only_open or not _asked(connection, row.id, now))):
        return None
    return Conversation(row.id, channel, row.state, row.matter or "", "")


def _asked(connection: Connection, conversation: str, now: datetime) -> bool:
    """Whether a verdict on the conversation is still taken."""
    asked = select(satisfaction.c.id).where(
        satisfaction.c.conversation_id == conversation, satisfaction.c.asked_at > now - OPEN_FOR
    )
    return connection.execute(asked).first() is not None
