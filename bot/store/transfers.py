"""A seat passes a conversation on, inside a transaction that is already open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select

from bot.desk.queues import words
from bot.desk.seat import Seat
from bot.message import Message
from bot.store.audit import note
from bot.store.claims import again, room, say, wait_again
from bot.store.desk_schema import notes, notices, queues
from bot.store.queues import move, take_out
from bot.store.regions import in_regions
from bot.store.schema import conversations
from bot.store.timers import passed

_REGION = conversations.c.region


def to_colleague(
    connection: Connection, conversation: str, seat: Seat, colleague: Seat, text: str, now: datetime
) -> Message | None:
    """From hand to hand; None where the seat does not hold it or the colleague has no room or not its region."""
    if room(connection, colleague.id) <= 0 or not _lies(connection, conversation, in_regions(_REGION, colleague)):
        return None
    message = say(
        connection,
        conversation,
        now,
        "system",
        words.COLLEAGUE,
        only_in="human",
        only_by=seat.id,
        claimed_by=colleague.id,
        claimed_at=now,
    )
    if message is None:
        return None
    again(connection, conversation, now, "transferred", staff_id=colleague.id, claimed_at=now)
    passed(connection, conversation, seat, colleague, now)
    matter = _explain(connection, conversation, seat, text, now, colleague)
    note(connection, now, f"staff:{seat.id}", "transferred", conversation, to=colleague.id)
    connection.execute(
        insert(notices),
        {
            "staff_id": colleague.id,
            "kind": "transfer",
            "text": f"{seat.called} 转给您一个会话（事项 {matter}）",
            "link": f"/desk/c/{conversation}",
            "at": now,
        },
    )
    return message


def to_queue(
    connection: Connection, conversation: str, seat: Seat, queue: str, text: str, now: datetime
) -> Message | None:
    """Back to those who wait, in another queue of its region, in the place of since when it first waited."""
    if not _lies(connection, conversation, _of_queue(queue)):
        return None
    message = wait_again(connection, conversation, seat.id, words.TRANSFERRED, now, outcome="transferred", queue=queue)
    if message is not None:
        _explain(connection, conversation, seat, text, now)
        note(connection, now, f"staff:{seat.id}", "transferred", conversation, queue=queue)
    return message


def requeue(connection: Connection, conversation: str, seat: Seat, queue: str, text: str, now: datetime) -> bool:
    """Put one that waits into another queue of its region; False when it waits no more."""
    theirs = and_(in_regions(_REGION, seat), _of_queue(queue))
    found = connection.execute(
        select(conversations.c.queue).where(
            conversations.c.id == conversation, conversations.c.state == "waiting", theirs
        )
    ).scalar_one_or_none()
    moved = [] if found is None else take_out(connection, found, queue, now, conversations.c.id == conversation)
    move(connection, moved, queue, now, f"staff:{seat.id}", "requeued")
    if moved:
        _explain(connection, conversation, seat, text, now)
    return bool(moved)


def _lies(connection: Connection, conversation: str, where: ColumnElement[bool]) -> bool:
    """Whether it lies there now: the citizen may have named the place only after the page was drawn."""
    found = select(conversations.c.id).where(conversations.c.id == conversation, where).with_for_update()
    return connection.execute(found).first() is not None


def _of_queue(key: str) -> ColumnElement[bool]:
    """The conversation's region is the queue's."""
    region = select(queues.c.region).where(queues.c.key == key).scalar_subquery()
    return or_(_REGION == "", func.substr(_REGION, 1, func.length(region)) == region)


def _explain(
    connection: Connection, conversation: str, seat: Seat, text: str, now: datetime, colleague: Seat | None = None
) -> str:
    """The note that goes with it, for whoever takes it; the number of the matter."""
    matter = connection.execute(select(conversations.c.matter).where(conversations.c.id == conversation)).scalar_one()
    if text:
        connection.execute(
            insert(notes),
            {
                "matter": matter,
                "conversation_id": conversation,
                "staff_id": seat.id,
                "kind": "transfer",
                "to_staff": None if colleague is None else colleague.id,
                "text": text,
                "at": now,
            },
        )
    return str(matter)
