"""What a seat does with conversations, in the database: the storage behind `bot.desk.desk`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, String, cast, func, select

from bot import greeting
from bot.calls.call import VOICE
from bot.desk.afterwards import survey
from bot.desk.matters.refused import MatterRefused
from bot.desk.queues.presence import AtDesk
from bot.desk.queues.queue import Queue
from bot.desk.records import Case, DeskState, Dossier, RowKind
from bot.desk.seat import Seat
from bot.desk.work.reading import PAGE
from bot.dialogue.engine import Part
from bot.message import Message, State, parts_from_json
from bot.records import MatterView
from bot.store import satisfaction
from bot.store.append import MESSAGE_COLUMNS, to_message
from bot.store.audit import note
from bot.store.cases import cases, to_case
from bot.store.claims import SERVED_FIRST, leave, may_take, room, take
from bot.store.database import Database
from bot.store.desk_schema import referrals
from bot.store.desks import load_desks
from bot.store.in_sight import in_sight
from bot.store.matters import find_matter
from bot.store.queues import load_queues, open_to
from bot.store.regions import in_regions
from bot.store.said import staff_says, stored_reply
from bot.store.schema import applications, audit, conversations, matters, messages
from bot.store.transfers import requeue, to_colleague, to_queue

MOST_PASSED = 50
"""Conversations that a seat may not take for its clients' sake, after which no more are looked at."""
_STATE = select(conversations.c.state, conversations.c.claimed_by)


class DeskStore:
    """Implements `bot.desk.records.DeskRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cases(self, state: DeskState, limit: int, seat: Seat) -> list[Case]:
        """Cases in that state, of the seat's regions, in the order they are served."""
        which = (conversations.c.state == state, in_regions(conversations.c.region, seat))
        statement = cases().where(*which).order_by(*SERVED_FIRST).limit(limit)

        def work(connection: Connection) -> list[Case]:
            keys = open_to(connection, seat)
            return [to_case(row, keys) for row in connection.execute(statement)]

        return await self._database.read(work)

    async def waiting(self, seat: Seat) -> int:
        """How many wait in the seat's regions."""
        which = (conversations.c.state == "waiting", in_regions(conversations.c.region, seat))
        statement = select(func.count()).select_from(conversations).where(*which)
        return await self._database.read(lambda connection: connection.execute(statement).scalar_one())

    async def sees(self, conversation: str, seat: Seat) -> bool:
        """Whether the conversation lies in the seat's regions."""
        which = (conversations.c.id == conversation, in_regions(conversations.c.region, seat))
        statement = select(conversations.c.id).where(*which)
        return await self._database.read(lambda connection: connection.execute(statement).first()) is not None

    async def region(self, conversation: str, seat: Seat) -> str | None:
        """Of a conversation that was handed to the desk, of the seat's regions."""
        row = await self._database.read(lambda connection: in_sight(connection, conversation, seat))
        return None if row is None else str(row.region)

    async def sees_row(self, kind: RowKind, key: str, seat: Seat) -> bool:
        """Whether the conversation, or the matter that the row is of, lies in the seat's regions."""
        if kind == "conversation":
            return await self.sees(key, seat)
        of = {
            "matter": select(matters.c.number).where(matters.c.number == key),
            "application": select(matters.c.number)
            .join(applications, applications.c.matter == matters.c.number)
            .where(cast(applications.c.id, String) == key),
            "referral": select(matters.c.number)
            .join(referrals, referrals.c.matter == matters.c.number)
            .where(cast(referrals.c.id, String) == key),
        }
        statement = of[kind].where(in_regions(matters.c.region, seat))
        return await self._database.read(lambda connection: connection.execute(statement).first()) is not None

    async def dossier(self, conversation: str, seat: Seat, now: datetime, last: int = PAGE) -> Dossier | None:
        """The case with the end of its transcript, the viewing noted."""
        statement = cases().where(conversations.c.id == conversation, in_regions(conversations.c.region, seat))

        def work(connection: Connection) -> Dossier | None:
            row = connection.execute(statement).one_or_none()
            if row is None:
                return None
            note(connection, now, f"staff:{seat.id}", "viewed", conversation)
            found = connection.execute(
                select(*MESSAGE_COLUMNS)
                .where(messages.c.conversation_id == conversation)
                .order_by(messages.c.seq.desc())
                .limit(last)
            )
            shown = tuple(to_message(message) for message in found)[::-1]
            return Dossier(to_case(row, open_to(connection, seat)), shown)

        return await self._database.write(work)

    async def matter(self, number: str, seat: Seat, now: datetime) -> MatterView | None:
        """The matter if it lies in the seat's regions, the viewing noted."""

        def work(connection: Connection) -> MatterView | None:
            theirs = select(matters.c.number).where(matters.c.number == number, in_regions(matters.c.region, seat))
            if connection.execute(theirs).first() is None:
                return None
            view = find_matter(connection, number)
            if view is not None:
                note(connection, now, f"staff:{seat.id}", "viewed_matter", number)
            return view

        return await self._database.write(work)

    async def claim(self, conversation: str, seat: Seat, now: datetime) -> Message | None:
        """Exactly one caller finds the conversation still waiting, and none goes above its capacity."""

        def work(connection: Connection) -> Message | None:
            if room(connection, seat.id) <= 0:
                return None
            which = [conversations.c.id == conversation, *may_take(connection, seat)]
            return take(connection, which, seat, greeting.CLAIMED, now)

        return await self._database.write(work)

    async def next(self, seat: Seat, now: datetime) -> Message | None:
        """The first of those that wait; several seats at once each get another."""

        def work(connection: Connection) -> Message | None:
            if room(connection, seat.id) <= 0:
                return None
            passed: list[str] = []
            waiting = (conversations.c.state == "waiting", *may_take(connection, seat))
            for _ in range(MOST_PASSED):
                best = select(conversations.c.id).where(*waiting, conversations.c.id.not_in(passed))
                first = best.order_by(*SERVED_FIRST).limit(1).with_for_update(skip_locked=True)
                found = connection.execute(first).scalar_one_or_none()
                if found is None:
                    return None
                try:
                    with connection.begin_nested():
                        message = take(connection, [conversations.c.id == found], seat, greeting.CLAIMED, now)
                except MatterRefused:  # the other side is this seat's client: a colleague's
                    message = None
                if message is not None:
                    return message
                passed.append(found)
            return None

        return await self._database.write(work)

    async def reply(self, conversation: str, seat: Seat, message_id: str, text: str, now: datetime) -> Message | None:
        """A reply of the seat that holds it, stored once."""

        def work(connection: Connection) -> Message | None:
            stored = stored_reply(connection, conversation, seat, message_id, text)
            return stored or staff_says(connection, conversation, seat, message_id, (Part("text", text),), now)

        return await self._database.write(work)

    async def hand_back(self, conversation: str, seat: Seat, now: datetime) -> Message | None:
        """Back to the bot, which says so and repeats its open question."""
        asked = select(conversations.c.question).where(conversations.c.id == conversation)

        def work(connection: Connection) -> Message | None:
            question = connection.execute(asked).scalar_one_or_none()
            again = parts_from_json(question) if question else (greeting.NOTHING_PENDING,)
            return leave(connection, conversation, seat, now, "bot", (Part("text", greeting.HANDED_BACK), *again))

        return await self._database.write(work)

    async def close(
        self, conversation: str, seat: Seat, now: datetime, result: str = "", summary: str = ""
    ) -> Message | None:
        """The consultation ends, and its matter with it where `result` says how."""
        which = select(conversations.c.matter, conversations.c.channel).where(conversations.c.id == conversation)

        def work(connection: Connection) -> Message | None:
            talk = connection.execute(which).one_or_none()
            matter, asked = (None, True) if talk is None else (talk.matter, talk.channel != VOICE)
            said = Part("text", greeting.CLOSED.format(matter=matter))
            # Who was put through to the seat has hung up there: nobody is left to be asked.
            parts = (said, survey.ASK) if asked else (said,)
            message = leave(connection, conversation, seat, now, "closed", parts, result, summary)
            if message is not None and asked:
                satisfaction.ask(connection, conversation, str(matter), seat.id, now)
            return message

        return await self._database.write(work)

    async def to_colleague(
        self, conversation: str, seat: Seat, colleague: Seat, text: str, now: datetime
    ) -> Message | None:
        """From hand to hand, with a note."""
        return await self._database.write(
            lambda connection: to_colleague(connection, conversation, seat, colleague, text, now)
        )

    async def to_queue(self, conversation: str, seat: Seat, queue: str, text: str, now: datetime) -> Message | None:
        """Back to those who wait, in another queue, with a note."""
        return await self._database.write(lambda connection: to_queue(connection, conversation, seat, queue, text, now))

    async def requeue(self, conversation: str, seat: Seat, queue: str, text: str, now: datetime) -> bool:
        """Put one that waits into another queue."""
        return await self._database.write(lambda connection: requeue(connection, conversation, seat, queue, text, now))

    async def queues(self) -> list[Queue]:
        """All queues, closed ones too."""
        return await self._database.read(load_queues)

    async def desks(self) -> list[AtDesk]:
        """All accounts that can sign in."""
        return await self._database.read(load_desks)

    async def is_call(self, conversation: str) -> bool:
        """Whether it is a telephone call."""
        which = select(conversations.c.id).where(conversations.c.id == conversation, conversations.c.channel == VOICE)
        return await self._database.read(lambda connection: connection.execute(which).first()) is not None

    async def state(self, conversation: str, seat: Seat) -> tuple[State, int | None] | None:
        """State and holder; None too where it is of a region that is not the seat's."""
        which = (conversations.c.id == conversation, in_regions(conversations.c.region, seat))
        row = await self._database.read(lambda connection: connection.execute(_STATE.where(*which)).one_or_none())
        return None if row is None else (row.state, row.claimed_by)

    async def trail(self, subject: str) -> list[str]:
        """Actions noted about a conversation or account, oldest first."""
        statement = select(audit.c.action).where(audit.c.subject == subject).order_by(audit.c.id)
        return await self._database.read(lambda connection: list(connection.execute(statement).scalars()))
