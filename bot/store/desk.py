"""The queue, claims and replies of the desk in the database: the storage behind `bot.desk`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, select, update

from bot import greeting
from bot.desk.afterwards import survey
from bot.desk.records import Case, DeskState, Dossier
from bot.desk.seat import Seat
from bot.dialogue.engine import Part
from bot.message import BadMessage, Message, Sender, State, parts_from_json
from bot.records import MatterView
from bot.store import satisfaction
from bot.store.append import MESSAGE_COLUMNS, append, next_slot, to_message
from bot.store.audit import note
from bot.store.database import Database
from bot.store.matters import find_matter
from bot.store.schema import audit, claims, conversations, matters, messages, staff
from bot.store.timers import answered, claimed, left

_STATE = select(conversations.c.state, conversations.c.claimed_by)


class DeskStore:
    """Implements `bot.desk.records.DeskRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cases(self, state: DeskState, limit: int) -> list[Case]:
        """Cases in that state in queue order."""
        statement = (
            _cases()
            .where(conversations.c.state == state)
            .order_by(conversations.c.priority, conversations.c.waiting_since, conversations.c.id)
            .limit(limit)
        )
        return await self._database.read(lambda connection: [_case(row) for row in connection.execute(statement)])

    async def waiting(self) -> int:
        """How many wait."""
        statement = select(func.count()).select_from(conversations).where(conversations.c.state == "waiting")
        return await self._database.read(lambda connection: connection.execute(statement).scalar_one())

    async def dossier(self, conversation: str, seat: Seat, now: datetime) -> Dossier | None:
        """The case with its transcript, the viewing noted."""

        def work(connection: Connection) -> Dossier | None:
            row = connection.execute(_cases().where(conversations.c.id == conversation)).one_or_none()
            if row is None:
                return None
            note(connection, now, f"staff:{seat.id}", "viewed", conversation)
            found = connection.execute(
                select(*MESSAGE_COLUMNS).where(messages.c.conversation_id == conversation).order_by(messages.c.seq)
            )
            return Dossier(_case(row), tuple(to_message(message) for message in found))

        return await self._database.write(work)

    async def matter(self, number: str, seat: Seat, now: datetime) -> MatterView | None:
        """The matter, the viewing noted."""

        def work(connection: Connection) -> MatterView | None:
            view = find_matter(connection, number)
            if view is not None:
                note(connection, now, f"staff:{seat.id}", "viewed_matter", number)
            return view

        return await self._database.write(work)

    async def claim(self, conversation: str, seat: Seat, now: datetime) -> Message | None:
        """Exactly one caller finds the conversation still waiting."""

        def work(connection: Connection) -> Message | None:
            message = _say(
                connection,
                conversation,
                now,
                "system",
                greeting.CLAIMED,
                only_in="waiting",
                state="human",
                claimed_by=seat.id,
            )
            if message is not None:
                _open_claim(connection, conversation, staff_id=seat.id, claimed_at=now)
                _follow(connection, conversation, "human", now)
                claimed(connection, conversation, seat, now)
                note(connection, now, f"staff:{seat.id}", "claimed", conversation)
            return message

        return await self._database.write(work)

    async def reply(self, conversation: str, seat: Seat, message_id: str, text: str, now: datetime) -> Message | None:
        """A reply of the seat that holds it, stored once."""
        key = f"{conversation}/staff/{message_id}"

        def work(connection: Connection) -> Message | None:
            stored = connection.execute(
                select(*MESSAGE_COLUMNS, messages.c.staff_id)
                .join(conversations, conversations.c.id == messages.c.conversation_id)
                .where(messages.c.channel == conversations.c.channel, messages.c.key == key)
            ).one_or_none()
            if stored is not None:
                message = to_message(stored)
                if stored.staff_id != seat.id or message.text != text:
                    raise BadMessage("message_id_reused", "这个 message_id 已经用于另一条消息，请换一个新的。")
                return message
            slot = next_slot(connection, conversation, now, only_in="human", only_by=seat.id)
            if slot is None:
                return None
            answered(connection, conversation, now)
            note(connection, now, f"staff:{seat.id}", "replied", conversation, seq=slot.seq)
            return append(
                connection,
                slot,
                "staff",
                (Part("text", text),),
                message_id=message_id,
                now=now,
                key=key,
                staff_id=seat.id,
            )

        return await self._database.write(work)

    async def hand_back(self, conversation: str, seat: Seat, now: datetime) -> Message | None:
        """Back to the bot, which says so and repeats its open question."""

        def work(connection: Connection) -> Message | None:
            question = connection.execute(
                select(conversations.c.question).where(conversations.c.id == conversation)
            ).scalar_one_or_none()
            again = parts_from_json(question) if question else (greeting.NOTHING_PENDING,)
            return _leave(connection, conversation, seat, now, "bot", (Part("text", greeting.HANDED_BACK), *again))

        return await self._database.write(work)

    async def close(
        self, conversation: str, seat: Seat, now: datetime, result: str = "", summary: str = ""
    ) -> Message | None:
        """The consultation ends, and its matter with it where `result` says how."""

        def work(connection: Connection) -> Message | None:
            matter = connection.execute(
                select(conversations.c.matter).where(conversations.c.id == conversation)
            ).scalar_one_or_none()
            said = (Part("text", greeting.CLOSED.format(matter=matter)), survey.ASK)
            message = _leave(connection, conversation, seat, now, "closed", said, result, summary)
            if message is not None:
                satisfaction.ask(connection, conversation, str(matter), seat.id, now)
            return message

        return await self._database.write(work)

    async def state(self, conversation: str) -> tuple[State, int | None] | None:
        """State and holder."""
        row = await self._database.read(
            lambda connection: connection.execute(_STATE.where(conversations.c.id == conversation)).one_or_none()
        )
        return None if row is None else (row.state, row.claimed_by)

    async def trail(self, subject: str) -> list[str]:
        """Actions noted about a conversation or account, oldest first."""
        statement = select(audit.c.action).where(audit.c.subject == subject).order_by(audit.c.id)
        return await self._database.read(lambda connection: list(connection.execute(statement).scalars()))


def _say(
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
    slot = next_slot(connection, conversation, now, only_in=only_in, only_by=only_by, **also)
    if slot is None:
        return None
    return append(connection, slot, sender, parts, message_id=secrets.token_hex(16), now=now)


def _leave(
    connection: Connection,
    conversation: str,
    seat: Seat,
    now: datetime,
    state: Literal["bot", "closed"],
    parts: Sequence[Part],
    result: str = "",
    summary: str = "",
) -> Message | None:
    """The seat lets go: the conversation is the bot's again, or closed."""
    sender: Sender = "bot" if state == "bot" else "system"
    message = _say(
        connection,
        conversation,
        now,
        sender,
        parts,
        only_in="human",
        only_by=seat.id,
        state=state,
        claimed_by=None,
        waiting_since=None,
    )
    if message is not None:
        outcome = "handed_back" if state == "bot" else "closed"
        _open_claim(connection, conversation, ended_at=now, outcome=outcome)
        _follow(connection, conversation, state, now)
        left(connection, conversation, seat, now, closed=state == "closed", result=result, summary=summary)
        note(connection, now, f"staff:{seat.id}", outcome, conversation)
    return message


def _open_claim(connection: Connection, conversation: str, **values: Any) -> None:
    """Write on the claim of the handoff that is going on."""
    connection.execute(
        update(claims).where(claims.c.conversation_id == conversation, claims.c.ended_at.is_(None)).values(**values)
    )


def _follow(connection: Connection, conversation: str, state: State, now: datetime) -> None:
    """The matter of the conversation takes its state; whether the matter itself is over, its status says."""
    connection.execute(
        update(matters)
        .where(
            matters.c.number
            == select(conversations.c.matter).where(conversations.c.id == conversation).scalar_subquery(),
            matters.c.status != "merged",
        )
        .values(state=state, updated_at=now)
    )


def _cases() -> Select[Any]:
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
            matters.c.topic,
            matters.c.area,
            matters.c.summary,
            claims.c.priority,
            claims.c.kind,
            claims.c.reason,
            claims.c.asked_at,
            staff.c.name,
        )
        .select_from(conversations)
        .join(claims, claims.c.id == latest)
        .join(matters, matters.c.number == conversations.c.matter)
        .outerjoin(staff, staff.c.id == conversations.c.claimed_by)
    )


def _case(row: Any) -> Case:
    return Case(
        row.id,
        row.channel,
        row.state,
        row.matter or "",
        row.topic,
        row.area,
        row.priority,
        row.kind,
        row.reason,
        row.asked_at,
        row.claimed_by,
        row.name or "",
        row.summary,
    )
