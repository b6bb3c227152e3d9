"""Links between channels in the database: the storage behind `bot.linking`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.dialogue.engine import Part
from bot.linking import Linked, Offered, Unlinked
from bot.message import Message
from bot.store.append import lock, tell
from bot.store.channel_schema import link_codes
from bot.store.database import Database
from bot.store.desk_schema import matter_links
from bot.store.matters import open_matter, take_up
from bot.store.schema import citizens, conversations, matters


class LinkStore:
    """Implements `bot.linking.LinkRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert_once = database.insert_once(link_codes).returning(link_codes.c.code_hash)

    async def issue(self, conversation: str, code_hash: str, until: datetime, now: datetime) -> bool:
        """Keep a code in the place of an earlier one."""

        def work(connection: Connection) -> bool:
            mine = _talk(connection, conversation).citizen_id
            old = (link_codes.c.citizen_id == mine) | (link_codes.c.expires_at <= now)
            connection.execute(delete(link_codes).where(old))
            values = {"code_hash": code_hash, "citizen_id": mine, "conversation_id": conversation, "expires_at": until}
            return connection.execute(self._insert_once, values).first() is not None

        return await self._database.write(work)

    async def offered(self, conversation: str, code_hash: str, now: datetime, most: int, within: timedelta) -> Offered:
        """Look a code up."""

        def work(connection: Connection) -> Offered:
            mine = _talk(connection, conversation)
            me = citizens.c.id == mine.citizen_id
            tried = connection.execute(select(citizens).where(me).with_for_update()).one()
            fresh = tried.code_tried_at is None or tried.code_tried_at <= now - within
            tries = 0 if fresh else tried.code_tries
            if tries >= most:
                return Offered("too_many")
            valid = link_codes.c.code_hash == code_hash, link_codes.c.expires_at > now
            code = connection.execute(select(link_codes).where(*valid).with_for_update()).one_or_none()
            if code is None or code.asked_by not in ("", mine.citizen_id):
                counted = {"code_tries": tries + 1, "code_tried_at": now if fresh else tried.code_tried_at}
                connection.execute(update(citizens).where(me).values(**counted))
                return Offered("wrong")
            if code.citizen_id == mine.citizen_id:
                return Offered("own")
            connection.execute(update(link_codes).where(*valid).values(asked_by=mine.citizen_id))
            other = _talk(connection, code.conversation_id)
            return Offered("found", other.channel, other.matter or "")

        return await self._database.write(work)

    async def agree(
        self, conversation: str, parts: Sequence[Part], now: datetime
    ) -> tuple[Linked, list[Message]] | None:
        """Make the two one. The code stays until it expires, so that the same message again does the same."""

        def work(connection: Connection) -> tuple[Linked, list[Message]] | None:
            mine = _talk(connection, conversation)
            code = _asked(connection, mine.citizen_id, now)
            if code is None:
                return None
            for which in sorted((conversation, code.conversation_id)):
                lock(connection, which)
            _join(connection, code.citizen_id, mine.citizen_id)
            other = _talk(connection, code.conversation_id)
            recalled = None
            if other.matter and other.matter != mine.matter:
                recalled = _follow(connection, conversation, mine.matter, other.matter, now)
            said = tell(connection, code.conversation_id, parts, f"link/{code.code_hash}", now)
            linked = Linked(other.channel, code.conversation_id, other.matter or "", recalled)
            return linked, [] if said is None else [said]

        return await self._database.write(work)

    async def decline(self, conversation: str) -> bool:
        """Nothing comes of it: the code is used up."""

        def work(connection: Connection) -> bool:
            mine = link_codes.c.asked_by == _talk(connection, conversation).citizen_id
            return bool(connection.execute(delete(link_codes).where(mine)).rowcount)

        return await self._database.write(work)

    async def unlink(self, conversation: str, parts: Sequence[Part], now: datetime) -> Unlinked | None:
        """Make them two."""

        def work(connection: Connection) -> Unlinked | None:
            lock(connection, conversation)
            mine = _talk(connection, conversation)
            person = connection.execute(select(citizens.c.person).where(citizens.c.id == mine.citizen_id)).scalar_one()
            if person is None:
                return None
            together = connection.execute(
                select(citizens.c.id).where(citizens.c.person == person).order_by(citizens.c.id).with_for_update()
            ).scalars()
            others = [one for one in together if one != mine.citizen_id]
            alone = [mine.citizen_id, *(others if len(others) == 1 else [])]
            connection.execute(update(citizens).where(citizens.c.id.in_(alone)).values(person=None))
            connection.execute(delete(link_codes).where(link_codes.c.citizen_id.in_([mine.citizen_id, *others])))
            for who, whose in ([mine.citizen_id], others), (others, [mine.citizen_id]):
                _part(connection, who, whose, now)
            told = []
            for talk in connection.execute(_open_talks(others)).all():
                said = tell(connection, talk.id, parts, f"unlink/{secrets.token_hex(8)}", now)
                told += [] if said is None else [said]
            return Unlinked(_talk(connection, conversation).matter or "", told)

        return await self._database.write(work)


def _talk(connection: Connection, conversation: str) -> Any:
    return connection.execute(select(conversations).where(conversations.c.id == conversation)).one()


def _asked(connection: Connection, citizen: str, now: datetime) -> Any:
    """The code that this citizen has typed and is asked about."""
    mine = link_codes.c.asked_by == citizen, link_codes.c.expires_at > now
    return connection.execute(select(link_codes).where(*mine).order_by(link_codes.c.expires_at.desc())).first()


def _join(connection: Connection, one: str, two: str) -> None:
    """They and whoever each was already are one person."""
    rows = connection.execute(
        select(citizens.c.id, citizens.c.person)
        .where(citizens.c.id.in_((one, two)))
        .order_by(citizens.c.id)
        .with_for_update()
    ).all()
    persons = {row.person for row in rows if row.person is not None}
    person = min(persons, default=secrets.token_hex(16))
    mine = citizens.c.id.in_((one, two)) | citizens.c.person.in_(persons)
    connection.execute(update(citizens).where(mine).values(person=person))


def _follow(connection: Connection, conversation: str, here: str | None, there: str, now: datetime) -> Any:
    """The talk goes on with the matter of the other channel, if it has not begun one of its own: then both are linked.

    None where it stays on its own.
    """
    about = dict(
        connection.execute(
            select(matters.c.number, matters.c.topic).where(matters.c.number.in_((here or "", there)))
        ).all()
    )
    if about.get(there) and not about.get(here or ""):
        given = connection.execute(select(matters).where(matters.c.number == there).with_for_update()).one()
        return take_up(connection, conversation, given, now)
    known = select(matter_links.c.id).where(matter_links.c.matter == here, matter_links.c.other == there)
    if here and connection.execute(known).first() is None:
        connection.execute(insert(matter_links), {"matter": here, "other": there, "kind": "related", "at": now})
    return None


def _open_talks(people: Sequence[str]) -> Any:
    return (
        select(conversations.c.id, conversations.c.citizen_id, conversations.c.matter)
        .where(conversations.c.citizen_id.in_(people), conversations.c.state != "closed")
        .order_by(conversations.c.id)
    )


def _part(connection: Connection, people: Sequence[str], others: Sequence[str], now: datetime) -> None:
    """Talks of `people` with the machine that are about matters of `others` begin a matter of their own."""
    foreign = (
        _open_talks(people)
        .join(matters, matters.c.number == conversations.c.matter)
        .where(conversations.c.state == "bot", matters.c.citizen_id.in_(others))
    )
    for talk in connection.execute(foreign).all():
        number = open_matter(connection, talk.id, talk.citizen_id, now)
        own: dict[str, Any] = {"matter": number, "dialogue": {}, "question": None, "updated_at": now}
        connection.execute(update(conversations).where(conversations.c.id == talk.id).values(**own))
        back = (
            select(conversations.c.id)
            .join(matters, matters.c.citizen_id == conversations.c.citizen_id)
            .where(matters.c.number == talk.matter, conversations.c.matter == talk.matter)
            .order_by(conversations.c.updated_at.desc())
            .limit(1)
        )
        home = connection.execute(back).scalar_one_or_none()
        if home is not None:
            which = matters.c.number == talk.matter, matters.c.conversation_id == talk.id
            connection.execute(update(matters).where(*which).values(conversation_id=home))
