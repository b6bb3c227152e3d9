"""A caller waits for a person or waits no more, inside a transaction that is already open."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.calls.call import VOICE
from bot.dialogue.engine import Handoff, Part
from bot.message import Message, Sender
from bot.reception import Placed
from bot.store.append import append, lock, next_slot
from bot.store.audit import note
from bot.store.claims import follow, on_claim
from bot.store.schema import conversations
from bot.store.timers import handed_off, to_bot, waits_no_more
from bot.store.turns import note_matter, queue, raise_claim

WANTED = "来电人要找工作人员，正在电话里等。"


def wait(connection: Connection, conversation: str, handoff: Handoff, placed: Placed, now: datetime) -> bool:
    """The conversation waits, or waits as urgent."""
    lock(connection, conversation)
    if raised(connection, conversation, handoff, placed, now):
        return True
    if connection.execute(_talk(conversation)).one().state != "bot":
        return False
    join(connection, conversation, handoff, placed, "system", (Part("text", WANTED),), now)
    return True


def raised(connection: Connection, conversation: str, handoff: Handoff, placed: Placed, now: datetime) -> bool:
    """Whether the conversation, which is locked, waits and comes sooner than before."""
    talk = connection.execute(_talk(conversation)).one()
    if talk.state != "waiting" or placed.priority >= talk.priority:
        return False
    values: dict[str, Any] = {"priority": placed.priority, "queue": placed.queue, "updated_at": now}
    connection.execute(update(conversations).where(conversations.c.id == conversation).values(**values))
    note_matter(connection, talk.matter, None, placed, now)
    raise_claim(connection, conversation, handoff, placed)
    return True


def join(
    connection: Connection,
    conversation: str,
    handoff: Handoff,
    placed: Placed,
    sender: Sender,
    said: Sequence[Part],
    now: datetime,
) -> Message:
    """The conversation, which is the bot's and locked, waits for a person from now on, and is told so."""
    waits: dict[str, Any] = {
        "state": "waiting",
        "waiting_since": now,
        "priority": placed.priority,
        "queue": placed.queue,
        "help": placed.help,
        "region": placed.region,
        "language": placed.language,
        "mood": placed.mood,
        "returned": False,
        "promised_at": placed.promised,
    }
    slot = next_slot(connection, conversation, now, only_in="bot", **waits)
    assert slot is not None  # its row is locked
    message = append(connection, slot, sender, said, message_id=secrets.token_hex(16), now=now)
    matter = connection.execute(select(conversations.c.matter).where(conversations.c.id == conversation)).scalar_one()
    note_matter(connection, matter, None, placed, now)
    queue(connection, conversation, matter, handoff, placed, now)
    handed_off(connection, conversation, matter, now)
    return message


def leave(connection: Connection, conversation: str, now: datetime, words: str, seat: int | None) -> bool:
    """The conversation is the bot's again; the matter is nobody's to do, unless something of it is still open."""
    lock(connection, conversation)
    talk = connection.execute(_talk(conversation)).one()
    if talk.channel != VOICE or (talk.state, talk.claimed_by) != (
        ("waiting", None) if seat is None else ("human", seat)
    ):
        return False
    slot = next_slot(connection, conversation, now, state="bot", claimed_by=None, claimed_at=None, waiting_since=None)
    assert slot is not None
    append(connection, slot, "system", (Part("text", words),), message_id=secrets.token_hex(16), now=now)
    on_claim(connection, conversation, ended_at=now, outcome="left" if seat is None else "returned")
    waits_no_more(connection, conversation, now)
    to_bot(connection, talk.matter, now)
    follow(connection, conversation, "bot", now)
    note(connection, now, "telephone", "call_left", conversation)
    return True


def _talk(conversation: str) -> Any:
    return select(
        conversations.c.channel,
        conversations.c.state,
        conversations.c.matter,
        conversations.c.priority,
        conversations.c.claimed_by,
    ).where(conversations.c.id == conversation)
