"""Telephone calls in the database, from the first ring to the end: the storage behind `bot.calls`."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.calls.call import VOICE, Begun, End, Kept, Moved, Reach, Ringing, Standing, is_mobile
from bot.desk.seat import Seat
from bot.dialogue.engine import Handoff, Part
from bot.message import Message
from bot.reception import Placed
from bot.store import call_chat, call_ends, call_queue
from bot.store.append import append, next_slot
from bot.store.audit import note
from bot.store.call_schema import calls
from bot.store.channel_schema import phones
from bot.store.claims import URGENT
from bot.store.database import Database
from bot.store.external import begin
from bot.store.in_sight import in_sight
from bot.store.linked import same_person
from bot.store.matters import open_matter
from bot.store.schema import citizens, claims, conversations, messages, staff
from bot.store.sms import number_of

_ROW = select(calls, conversations.c.matter).join(conversations, conversations.c.id == calls.c.conversation_id)
READING: tuple[str, ...] = ("wechat", "wechat_kf")
"""Channels in which a caller who has linked an account is sent what there is to read."""


class CallStore:
    """Implements `bot.calls.records.CallRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._citizen_once = database.insert_once(citizens)

    async def begin(self, ringing: Ringing, said: Sequence[Part], texts: bool, now: datetime) -> Begun:
        """Open the call's conversation and matter, once."""

        def work(connection: Connection) -> Begun:
            known = connection.execute(_ROW.where(calls.c.id == ringing.id)).one_or_none()
            if known is not None:
                return Begun(known.conversation_id, known.matter)
            citizen = self._caller(connection, ringing, now)
            conversation = secrets.token_hex(16)
            begin(connection, conversation, VOICE, citizen, None, said, now)
            matter = open_matter(connection, conversation, citizen, now)
            of = update(conversations).where(conversations.c.id == conversation)
            connection.execute(of.values(matter=matter))
            row = {
                "id": ringing.id,
                "transport": ringing.transport,
                "caller": ringing.caller[:64],
                "called": ringing.called[:64],
                "reference": ringing.reference[:200],
                "conversation_id": conversation,
                "started_at": now,
                "seen_at": now,
            }
            connection.execute(insert(calls), row)
            if texts and is_mobile(ringing.number):
                _own_telephone(connection, citizen, ringing.number, now)
            note(connection, now, "telephone", "call_started", conversation, call=ringing.id)
            return Begun(conversation, matter)

        return await self._database.write(work)

    def _caller(self, connection: Connection, ringing: Ringing, now: datetime) -> str:
        """A mobile is one person's; behind any other number there may be a family or an office. Who calls from the web
        chat's page is its visitor: `reference` is the conversation there."""
        if ringing.transport == "browser":
            page = conversations.c.id == ringing.reference, conversations.c.channel == "web"
            visitor = connection.execute(select(conversations.c.citizen_id).where(*page)).scalar_one_or_none()
            if visitor is not None:
                return str(visitor)
        values = {"id": secrets.token_hex(16), "channel": VOICE, "created_at": now, "external_id": None}
        if not is_mobile(ringing.number):
            connection.execute(insert(citizens), values)
            return str(values["id"])
        connection.execute(self._citizen_once, {**values, "external_id": ringing.number})
        mine = citizens.c.channel == VOICE, citizens.c.external_id == ringing.number
        return str(connection.execute(select(citizens.c.id).where(*mine)).scalar_one())

    async def heard(
        self, conversation: str, key: str, text: str, how: Mapping[str, Any], now: datetime
    ) -> Message | None:
        """What the caller said that nobody answers, once."""
        return await self._database.write(
            lambda connection: call_ends.keep(connection, conversation, key, Part("text", text, data=dict(how)), now)
        )

    async def standing(self, conversation: str) -> Standing | None:
        """Where the talk stands."""
        columns = (
            conversations.c.state,
            conversations.c.matter,
            conversations.c.claimed_by,
            conversations.c.last_seq,
            conversations.c.staff_read,
            conversations.c.priority,
            staff.c.extension,
            claims.c.kind,
            claims.c.reason,
        )
        statement = (
            select(*columns)
            .outerjoin(staff, staff.c.id == conversations.c.claimed_by)
            .outerjoin(claims, (claims.c.conversation_id == conversations.c.id) & claims.c.ended_at.is_(None))
            .where(conversations.c.id == conversation)
            .order_by(claims.c.id.desc())
            .limit(1)
        )
        row = await self._database.read(lambda connection: connection.execute(statement).first())
        if row is None:
            return None
        return Standing(
            row.state,
            row.matter or "",
            row.claimed_by,
            row.extension or "",
            row.last_seq,
            row.staff_read,
            row.kind or "",
            row.reason or "",
            row.state != "bot" and row.priority == URGENT,
        )

    async def wait(self, conversation: str, handoff: Handoff, placed: Placed, now: datetime) -> bool:
        """A person is wanted."""
        return await self._database.write(
            lambda connection: call_queue.wait(connection, conversation, handoff, placed, now)
        )

    async def leave(self, conversation: str, now: datetime, words: str, seat: int | None = None) -> bool:
        """No person is wanted any more, or that seat could not be reached."""
        return await self._database.write(
            lambda connection: call_queue.leave(connection, conversation, now, words, seat)
        )

    async def to_chat(
        self, conversation: str, page: str, handoff: Handoff, placed: Placed, news: Sequence[Part], now: datetime
    ) -> Moved | None:
        """The talk goes on in the chat of the page that called."""
        return await self._database.write(
            lambda connection: call_chat.move(connection, conversation, page, handoff, placed, news, now)
        )

    async def reach(self, conversation: str) -> Reach:
        """By what the caller can be sent something to read."""

        def work(connection: Connection) -> Reach:
            who = _citizen(connection, conversation)
            if _linked(connection, who) is not None:
                return "wechat"
            return "sms" if number_of(connection, who) is not None else ""

        return await self._database.read(work)

    async def no_texts(self, conversation: str, now: datetime) -> None:
        """Nothing more is sent by itself to the telephone that they call from."""

        def work(connection: Connection) -> None:
            mine = phones.c.citizen_id == _citizen(connection, conversation), phones.c.sms == "yes"
            connection.execute(update(phones).where(*mine).values(sms="asked", at=now))

        await self._database.write(work)

    async def share(self, conversation: str, parts: Sequence[Part], key: str, now: datetime) -> Message | None:
        """Say it where the caller reads, once for each key."""

        def work(connection: Connection) -> Message | None:
            where = _linked(connection, _citizen(connection, conversation))
            unique = f"{where}/call/{key}"
            there = select(messages.c.id).where(messages.c.conversation_id == where, messages.c.key == unique)
            if where is None or connection.execute(there).first() is not None:
                return None
            slot = next_slot(connection, where, now)
            if slot is None:
                return None
            return append(connection, slot, "system", parts, message_id=secrets.token_hex(16), now=now, key=unique)

        return await self._database.write(work)

    async def keep_message(self, conversation: str, recording: str, text: str, now: datetime) -> Message | None:
        """What the caller left, once for each recording."""
        said = Part("text", text, data={"spoken": True, "message": True, "recording": recording})
        key = f"message/{recording or 'none'}"
        return await self._database.write(lambda connection: call_ends.keep(connection, conversation, key, said, now))

    async def call_back(
        self, conversation: str, contact: str, due: datetime, reason: str, message: str, now: datetime
    ) -> None:
        """Somebody owes a call."""
        await self._database.write(
            lambda connection: call_ends.owe(connection, conversation, contact, due, reason, message, now)
        )

    async def rate(self, conversation: str, score: int, now: datetime) -> None:
        """How satisfied the caller is."""
        await self._database.write(lambda connection: call_ends.rate(connection, conversation, score, now))

    async def end(self, call: str, outcome: End, recordings: Sequence[str], now: datetime) -> Kept | None:
        """The call is over."""

        def work(connection: Connection) -> Kept | None:
            ended = {"ended_at": now, "seen_at": now, "outcome": outcome, "recordings": list(recordings)}
            mine = calls.c.id == call, calls.c.ended_at.is_(None)
            done = update(calls).where(*mine).values(**ended).returning(calls.c.conversation_id)
            conversation = connection.execute(done).scalar_one_or_none()
            if conversation is None:
                return None
            call_ends.end_talk(connection, conversation, outcome, now)
            note(connection, now, "telephone", "call_ended", conversation, call=call, outcome=outcome)
            return _kept(connection.execute(_ROW.where(calls.c.id == call)).one())

        return await self._database.write(work)

    async def alive(self, ids: Sequence[str], now: datetime) -> None:
        """These go on."""
        statement = update(calls).where(calls.c.id.in_(list(ids)), calls.c.ended_at.is_(None)).values(seen_at=now)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def silent(self, since: datetime) -> list[Kept]:
        """Those of which nothing was heard since."""
        return await self._rows(calls.c.ended_at.is_(None), calls.c.seen_at <= since)

    async def listed(self, since: datetime, until: datetime) -> list[Kept]:
        """Those that began in the stretch, in order."""
        return await self._rows(calls.c.started_at >= since, calls.c.started_at <= until)

    async def _rows(self, *conditions: Any) -> list[Kept]:
        statement = _ROW.where(*conditions).order_by(calls.c.started_at, calls.c.id)
        return await self._database.read(lambda connection: [_kept(row) for row in connection.execute(statement)])

    async def of(self, conversation: str, seat: Seat, now: datetime) -> Kept | None:
        """The call of a conversation that the seat may see."""
        its_own = _ROW.where(calls.c.conversation_id == conversation)
        # Or the last one that went on in it, whose own talk is no case of the desk's.
        visitor = select(conversations.c.citizen_id).where(conversations.c.id == conversation).scalar_subquery()
        from_page = calls.c.transport == "browser", calls.c.reference == conversation
        went_on = _ROW.where(conversations.c.citizen_id == visitor, *from_page, calls.c.outcome == "transferred")

        def work(connection: Connection) -> Kept | None:
            if in_sight(connection, conversation, seat) is None:
                return None
            row = connection.execute(its_own).one_or_none()
            row = row or connection.execute(went_on.order_by(calls.c.started_at.desc()).limit(1)).one_or_none()
            return None if row is None else _kept(row)

        return await self._database.read(work)

    async def noted(self, conversation: str, seat: Seat, action: str, detail: Mapping[str, Any], now: datetime) -> None:
        """On the audit trail."""
        await self._database.write(
            lambda connection: note(connection, now, f"staff:{seat.id}", action, conversation, **detail)
        )


def _kept(row: Any) -> Kept:
    return Kept(
        row.id,
        row.transport,
        row.caller,
        row.called,
        row.reference,
        row.started_at,
        row.ended_at,
        row.outcome,
        row.conversation_id,
        row.matter or "",
        tuple(row.recordings),
    )


def _own_telephone(connection: Connection, citizen: str, number: str, now: datetime) -> None:
    """They call from it, so it is theirs; who has refused texts gets none."""
    known = connection.execute(select(phones).where(phones.c.citizen_id == citizen).with_for_update()).one_or_none()
    if known is None:
        values = {"citizen_id": citizen, "number": number, "sms": "yes", "at": now}
        connection.execute(phones.insert().values(**values))
    elif known.number == number and known.sms in ("", "asked"):
        connection.execute(update(phones).where(phones.c.citizen_id == citizen).values(sms="yes", at=now))


def _citizen(connection: Connection, conversation: str) -> str:
    which = select(conversations.c.citizen_id).where(conversations.c.id == conversation)
    return str(connection.execute(which).scalar_one())


def _linked(connection: Connection, citizen: str) -> str | None:
    """The newest conversation in which a caller reads."""
    found = (
        select(conversations.c.id)
        .where(
            conversations.c.citizen_id.in_(select(citizens.c.id).where(same_person(citizen))),
            conversations.c.channel.in_(READING),
        )
        .order_by(conversations.c.created_at.desc())
        .limit(1)
    )
    return connection.execute(found).scalar_one_or_none()
