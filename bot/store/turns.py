"""What a turn leaves behind, written in its transaction: the bot's words, what it found out, a place in a queue."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.dialogue.engine import Handoff, Part, Reply
from bot.message import Message, parts_to_json
from bot.reception import Placed
from bot.records import Pending
from bot.store.append import append, next_slot
from bot.store.schema import claims, conversations, matters
from bot.store.sms import number_of, write
from bot.texting import opinion_text

URGENT = 0
"""The priority that comes before all others."""


def speak(
    connection: Connection,
    pending: Pending,
    reply: Reply | None,
    placed: Placed | None,
    parts: Sequence[Part],
    now: datetime,
) -> Message | None:
    """Store the bot's words; None when a person has taken the conversation meanwhile: then the bot keeps silent."""
    also: dict[str, Any] = {}
    if reply is not None:
        also["dialogue"] = dict(reply.state)
    # What the bot puts when the person hands back; where the engine failed, what it had put last stays.
    if placed is None and reply is not None:  # an aside leaves what the bot had put
        asks = parts[-1].kind == "choices" or "remaining" in parts[-1].data
        also["question"] = parts_to_json(parts[-1:]) if asks else None
    elif reply is not None:
        also["question"] = parts_to_json([reply.question]) if reply.question is not None else None
    if placed is not None and pending.state == "bot":
        also |= {"state": "waiting", "waiting_since": now, "priority": placed.priority, "queue": placed.queue}
        also |= {"help": placed.help, "region": placed.region, "language": placed.language, "mood": placed.mood}
        also |= {"returned": False, "promised_at": placed.promised}
    elif placed is not None and placed.priority == URGENT:
        also |= {"priority": placed.priority, "queue": placed.queue}
    slot = next_slot(connection, pending.message.conversation, now, only_in=pending.state, **also)
    if slot is None:
        return None
    return append(connection, slot, "bot", parts, message_id=secrets.token_hex(16), now=now, reply_to=pending.row)


@lru_cache(maxsize=32)
def _noting(columns: tuple[str, ...]) -> Any:
    """The statement of `_note`; kept, because building one anew costs more than running it."""
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    return update(matters).where(matters.c.number == bindparam("which")).values(**values)


def note_matter(connection: Connection, matter: str, reply: Reply | None, placed: Placed | None, now: datetime) -> None:
    """Write on the matter what the turn found out."""
    values: dict[str, Any] = {}
    if reply is not None:
        named = {"topic": reply.topic, "area": reply.area, "summary": dict(reply.summary)}
        values |= {name: value for name, value in named.items() if value}
        opinions = [part.data for part in reply.parts if part.kind == "opinion"]
        if opinions:
            values["opinion"] = dict(opinions[-1])
    if placed is not None:
        values |= {"state": "waiting", "priority": placed.priority, "queue": placed.queue}
        if placed.region:
            values["region"] = placed.region
    if values:
        values["updated_at"] = now
        bound = {f"new_{name}": value for name, value in values.items()}
        connection.execute(_noting(tuple(values)), {"which": matter, **bound})


def raise_claim(connection: Connection, conversation: str, handoff: Handoff, placed: Placed) -> None:
    """Who waits keeps the place in time, and comes before others now that it is urgent."""
    raised: dict[str, Any] = {
        "kind": handoff.kind,
        "reason": handoff.reason,
        "priority": placed.priority,
        "queue": placed.queue,
        "tier": placed.tier,
        "reasons": list(placed.reasons),
    }
    going_on = (claims.c.conversation_id == conversation, claims.c.ended_at.is_(None))
    connection.execute(update(claims).where(*going_on).values(**raised))


def queue(
    connection: Connection, conversation: str, matter: str, handoff: Handoff, placed: Placed, now: datetime
) -> None:
    """A claim that nobody has taken yet."""
    values: dict[str, Any] = {
        "conversation_id": conversation,
        "matter": matter,
        "kind": handoff.kind,
        "reason": handoff.reason,
        "priority": placed.priority,
        "asked_at": now,
        "queue": placed.queue,
        "tier": placed.tier,
        "reasons": list(placed.reasons),
        "told_at": now,
        "told_ahead": placed.ahead,
        "asked": "offered" if placed.offered else "",
    }
    connection.execute(insert(claims), values)


def text_opinion(connection: Connection, pending: Pending, link: str, now: datetime) -> None:
    """By telephone too, where the citizen has agreed to that."""
    who = select(conversations.c.citizen_id).where(conversations.c.id == pending.message.conversation)
    number = number_of(connection, connection.execute(who).scalar_one())
    if number is not None:
        text = opinion_text(pending.matter, link)
        write(connection, f"opinion/{pending.row}", number, "opinion", text, pending.matter, now)
