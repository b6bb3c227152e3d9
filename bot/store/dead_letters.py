"""Letters that did not arrive: the storage behind `bot.desk.letters`, and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.desk.clocks.timekeeper import Told
from bot.desk.letters import LetterState, Undelivered
from bot.desk.seat import Seat
from bot.sms import SIGNATURE
from bot.store.append import MESSAGE_COLUMNS, to_message
from bot.store.audit import note
from bot.store.database import Database
from bot.store.desk_schema import notices
from bot.store.notices import supervisors, tell
from bot.store.regions import in_regions
from bot.store.schema import conversations, messages, outbox
from bot.store.sms import number_of, write

KIND = "dead_letter"
LONGEST_SMS = 300
"""Characters of a message that go into a text; the rest is told to be read where it was written."""


def tell_supervisors(connection: Connection, conversation: str, now: datetime) -> list[Told]:
    """Whoever supervises the region hears of it, once until they have read it: a provider that is down kills many."""
    region = connection.execute(select(conversations.c.region).where(conversations.c.id == conversation)).scalar_one()
    unread = select(notices.c.staff_id).where(notices.c.kind == KIND, notices.c.read_at.is_(None))
    know = set(connection.execute(unread).scalars())
    seats = [seat.id for seat in supervisors(connection) if seat.covers(region) and seat.id not in know]
    return tell(connection, seats, KIND, "有消息没有送到来访人，请看“未送达”。", "/desk/dead-letters", now)


class LetterStore:
    """Implements `bot.desk.letters.LetterRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, seat: Seat, state: LetterState, limit: int) -> Sequence[Undelivered]:
        """Of the seat's regions, newest first."""
        statement = (
            select(outbox, conversations.c.matter, messages.c.at)
            .join(conversations, conversations.c.id == outbox.c.conversation_id)
            .join(messages, messages.c.id == outbox.c.message)
            .where(outbox.c.state == state, in_regions(conversations.c.region, seat))
            .order_by(outbox.c.stopped_at.desc(), outbox.c.id.desc())
            .limit(limit)
        )
        return await self._database.read(lambda connection: [_letter(row) for row in connection.execute(statement)])

    async def again(self, id: int, seat: Seat, now: datetime) -> bool:
        """Try it from the beginning."""

        def work(connection: Connection) -> bool:
            fresh = {"state": "due", "due_at": now, "attempts": 0, "stopped_at": None}
            return _change(connection, id, seat, "letter_again", now, **fresh) is not None

        return await self._database.write(work)

    async def by_sms(self, id: int, seat: Seat, now: datetime) -> bool | None:
        """Send it to the citizen's telephone instead."""

        def work(connection: Connection) -> bool | None:
            row = _change(connection, id, seat, "letter_sms", now, state="void", stopped_at=now)
            if row is None:
                return False
            talk = connection.execute(
                select(conversations.c.citizen_id, conversations.c.matter).where(
                    conversations.c.id == row.conversation_id
                )
            ).one()
            number = number_of(connection, talk.citizen_id)
            if number is None:
                raise _NoPhone
            said = to_message(
                connection.execute(select(*MESSAGE_COLUMNS).where(messages.c.id == row.message)).one()
            ).text
            text = said if len(said) <= LONGEST_SMS else f"{said[:LONGEST_SMS]}……（后面的请回到咨询页面看）"
            write(connection, f"letter/{id}", number, "letter", SIGNATURE + text, talk.matter or "", now)
            return True

        try:
            return await self._database.write(work)
        except _NoPhone:
            return None

    async def void(self, id: int, seat: Seat, reason: str, now: datetime) -> bool:
        """Let it go."""

        def work(connection: Connection) -> bool:
            gone = {"state": "void", "stopped_at": now, "reason": reason}
            return _change(connection, id, seat, "letter_void", now, **gone) is not None

        return await self._database.write(work)


class _NoPhone(Exception):
    """Raised so that nothing is changed."""


def _change(connection: Connection, id: int, seat: Seat, action: str, now: datetime, **values: Any) -> Any:
    """The row, changed and noted; None unless it is undelivered and the seat's to see."""
    theirs = outbox.c.conversation_id.in_(select(conversations.c.id).where(in_regions(conversations.c.region, seat)))
    undelivered = outbox.c.id == id, outbox.c.state.in_(("dead", "held"))
    changed = connection.execute(
        update(outbox)
        .where(*undelivered, theirs)
        .values(**values)
        .returning(outbox.c.conversation_id, outbox.c.message, outbox.c.channel)
    ).one_or_none()
    if changed is not None:
        note(connection, now, f"staff:{seat.id}", action, changed.conversation_id, letter=id, channel=changed.channel)
    return changed


def _letter(row: Any) -> Undelivered:
    return Undelivered(
        row.id,
        row.channel,
        row.conversation_id,
        row.matter or "",
        row.why,
        row.attempts,
        row.stopped_at or row.due_at,
        row.at,
    )
