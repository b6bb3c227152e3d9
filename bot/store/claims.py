"""Conversations change hands inside a transaction that is already open: claimed, passed on, handed back, closed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, case, func, insert, select, update

from bot.calls.call import VOICE
from bot.desk.seat import Seat
from bot.dialogue.engine import Part
from bot.message import Message, Sender, State
from bot.store.append import Slot, append, next_slot
from bot.store.audit import note
from bot.store.desks import beat
from bot.store.queues import open_to
from bot.store.regions import in_regions
from bot.store.schema import claims, conversations, matters, staff
from bot.store.timers import claimed, left, waits_again

URGENT = 0
"""Priority of danger, and of a deadline that ends today."""
SERVED_FIRST = (
    # Who was let down by a seat comes before all others but those who may be in danger now.
    case(
        (and_(conversations.c.priority == URGENT, conversations.c.help == "crisis"), 0),
        (conversations.c.priority == URGENT, 1),
        else_=2,
    ),
    conversations.c.returned.desc(),
    conversations.c.priority,
    conversations.c.waiting_since,
    conversations.c.id,
)
"""The order in which those who wait are served."""


def room(connection: Connection, seat_id: int) -> int:
    """Conversations the seat may still take; its row stays locked, so that no two tabs fill the same place."""
    capacity = connection.execute(
        select(staff.c.capacity).where(staff.c.id == seat_id).with_for_update(key_share=True)
    ).scalar_one()
    held = (
        select(func.count())
        .select_from(conversations)
        .where(conversations.c.claimed_by == seat_id, conversations.c.state == "human")
    )
    return int(capacity) - connection.execute(held).scalar_one()


def may_take(connection: Connection, seat: Seat) -> list[ColumnElement[bool]]:
    """Conditions on what waits: the seat's regions, its queues, calls only where they can be put through."""
    keys = open_to(connection, seat)
    which = [in_regions(conversations.c.region, seat)]
    if keys is not None:
        which.append(conversations.c.queue.in_(keys))
    if not seat.extension:
        which.append(conversations.c.channel != VOICE)
    return which


def take(
    connection: Connection, which: Sequence[ColumnElement[bool]], seat: Seat, parts: Sequence[Part], now: datetime
) -> Message | None:
    """Give the one that satisfies `which` to the seat if it still waits; of any number of callers one gets it."""
    row = connection.execute(
        update(conversations)
        .where(*which, conversations.c.state == "waiting")
        .values(
            state="human",
            claimed_by=seat.id,
            claimed_at=now,
            returned=False,
            promised_at=None,
            last_seq=conversations.c.last_seq + 1,
            updated_at=now,
        )
        .returning(conversations.c.id, conversations.c.channel, conversations.c.last_seq)
    ).one_or_none()
    if row is None:
        return None
    beat(connection, seat.id, None, now)
    on_claim(connection, row.id, staff_id=seat.id, claimed_at=now)
    claimed(connection, row.id, seat, now)
    follow(connection, row.id, "human", now)
    note(connection, now, f"staff:{seat.id}", "claimed", row.id)
    slot = Slot(row.id, row.channel, row.last_seq)
    return append(connection, slot, "system", parts, message_id=secrets.token_hex(16), now=now)


def wait_again(
    connection: Connection,
    conversation: str,
    seat_id: int,
    parts: Sequence[Part],
    now: datetime,
    *,
    outcome: Literal["returned", "transferred"],
    returned: bool = False,
    queue: str | None = None,
) -> Message | None:
    """The seat lets go and the conversation waits for another, since when it first came; None unless it holds it."""
    also: dict[str, Any] = {"state": "waiting", "claimed_by": None, "claimed_at": None, "returned": returned}
    if queue is not None:
        also["queue"] = queue
    message = say(connection, conversation, now, "system", parts, only_in="human", only_by=seat_id, **also)
    if message is not None:
        again(connection, conversation, now, outcome, queue=queue)
        follow(connection, conversation, "waiting", now)
        waits_again(connection, conversation, seat_id, now)
    return message


def again(
    connection: Connection, conversation: str, now: datetime, outcome: str, *, queue: str | None = None, **also: Any
) -> None:
    """End the claim that is going on and open another like it."""
    found = claims.c
    kept = (found.conversation_id, found.matter, found.kind, found.reason, found.priority, found.tier, found.reasons)
    row = connection.execute(
        select(*kept, found.queue, found.id)
        .where(found.conversation_id == conversation, found.ended_at.is_(None))
        .order_by(found.id.desc())
        .limit(1)
    ).one()
    on_claim(connection, conversation, ended_at=now, outcome=outcome)
    values = {column.name: getattr(row, column.name) for column in kept}
    connection.execute(
        insert(claims), values | {"queue": row.queue if queue is None else queue, "asked_at": now, **also}
    )


def say(
    connection: Connection,
    conversation: str,
    now: datetime,
    sender: Sender,
    parts: Sequence[Part],
    *,
    only_in: State,
    only_by: int | None = None,
    **also: Any,
) -> Message | None:
    """Add a message and set the columns in `also`, if the conversation is in that state and those hands."""
    slot = next_slot(connection, conversation, now, only_in=only_in, only_by=only_by, **also)
    if slot is None:
        return None
    return append(connection, slot, sender, parts, message_id=secrets.token_hex(16), now=now)


def leave(
    connection: Connection,
    conversation: str,
    seat: Seat,
    now: datetime,
    state: Literal["bot", "closed"],
    parts: Sequence[Part],
    result: str = "",
    summary: str = "",
) -> Message | None:
    """The seat lets go: the conversation is the bot's again, or closed, with its matter where `result` says how."""
    sender: Sender = "bot" if state == "bot" else "system"
    gone = {"state": state, "claimed_by": None, "claimed_at": None, "waiting_since": None}
    message = say(connection, conversation, now, sender, parts, only_in="human", only_by=seat.id, **gone)
    if message is not None:
        outcome = "handed_back" if state == "bot" else "closed"
        on_claim(connection, conversation, ended_at=now, outcome=outcome)
        follow(connection, conversation, state, now)
        left(connection, conversation, seat, now, closed=state == "closed", result=result, summary=summary)
        note(connection, now, f"staff:{seat.id}", outcome, conversation)
    return message


def on_claim(connection: Connection, conversation: str, **values: Any) -> None:
    """Write on the claim of the handoff that is going on."""
    connection.execute(
        update(claims).where(claims.c.conversation_id == conversation, claims.c.ended_at.is_(None)).values(**values)
    )


def follow(connection: Connection, conversation: str, state: State, now: datetime) -> None:
    """The matter takes the state of its conversation; whose it is, and that it is over, its status says."""
    number = select(conversations.c.matter).where(conversations.c.id == conversation).scalar_subquery()
    connection.execute(
        update(matters)
        .where(matters.c.number == number, matters.c.status != "merged")
        .values(state=state, updated_at=now)
    )
