"""Reading and proving the audit trail: the storage behind `bot.desk.trail`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, not_, or_, select

from bot.clock import SHANGHAI, Clock
from bot.desk.chain import Entry, Fault, Head, Walk, explain
from bot.desk.seat import Seat
from bot.desk.trail import Proof, Wanted
from bot.store.audit import note
from bot.store.database import Database
from bot.store.regions import in_regions
from bot.store.schema import audit, audit_head, conversations, matters, staff

_PAGE = 5000
"""Rows read at once while proving, so that others get their turn in between."""
_HEAD = select(audit_head.c.first, audit_head.c.last, audit_head.c.hash).where(audit_head.c.id == 1)
_LAST = select(audit_head.c.last).where(audit_head.c.id == 1).scalar_subquery()
_ENDS = select(select(func.max(audit.c.id)).scalar_subquery(), _LAST)


class TrailStore:
    """Implements `bot.desk.trail.TrailRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def entries(self, wanted: Wanted, seat: Seat, limit: int, below: int | None) -> list[Entry]:
        """Newest first, with ids under `below`; nothing about conversations and matters of foreign regions."""
        more = [] if below is None else [audit.c.id < below]
        statement = select(audit).where(*_conditions(wanted, seat), *more).order_by(audit.c.id.desc()).limit(limit)
        return await self._database.read(lambda connection: [_entry(row) for row in connection.execute(statement)])

    async def upward(self, wanted: Wanted, seat: Seat | None, limit: int, above: int) -> list[Entry]:
        """Oldest first, with ids over `above`; None is the command line."""
        which = (*_conditions(wanted, seat), audit.c.id > above)
        statement = select(audit).where(*which).order_by(audit.c.id).limit(limit)
        return await self._database.read(lambda connection: [_entry(row) for row in connection.execute(statement)])

    async def actions(self) -> list[str]:
        """Every action that was ever noted."""
        statement = select(audit.c.action).distinct()
        return await self._database.read(lambda connection: list(connection.execute(statement).scalars()))

    async def people(self) -> dict[int, str]:
        """Names of all accounts by id, disabled ones too."""
        statement = select(staff.c.id, staff.c.name)
        return await self._database.read(lambda connection: {row.id: row.name for row in connection.execute(statement)})

    async def prove(self, known: tuple[int, str] | None = None) -> Proof:
        """Walk the chain as far as it is now; what is written meanwhile is not looked at."""
        head = await self._database.read(lambda connection: Head(*connection.execute(_HEAD).one()))
        walk, above, wrong = Walk(head), -(2**62), None
        while rows := await self._database.read(partial(_rows, above=above, last=head.last)):
            if known is not None:
                wrong = wrong or next((row.id for row in rows if row.id == known[0] and row.hash != known[1]), None)
            above = rows[-1].id
            if not walk.take(rows):
                break
        if walk.broken is not None:
            fault: Fault | None = await self._database.read(lambda connection: explain(walk, _hashes(connection, head)))
        else:
            newest, last = await self._database.read(lambda connection: tuple(connection.execute(_ENDS).one()))
            fault = walk.end(newest or 0, last)
        if fault is None and known is not None:
            if wrong is not None:
                fault = Fault("changed", wrong)
            elif known[0] > head.last:
                fault = Fault("cut", head.last + 1)
        return Proof(walk.proved, walk.older, head.last, head.hash, fault)

    async def noted(self, actor: str, action: str, subject: str, detail: Mapping[str, object], clock: Clock) -> None:
        """One row about the trail itself."""
        await self._database.write(lambda connection: note(connection, clock.now(), actor, action, subject, **detail))


def _conditions(wanted: Wanted, seat: Seat | None) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if seat is not None and "" not in seat.regions:
        for table, key in ((conversations, conversations.c.id), (matters, matters.c.number)):
            asked.append(audit.c.subject.not_in(select(key).where(not_(in_regions(table.c.region, seat)))))
    if wanted.actor:
        asked.append(audit.c.actor == wanted.actor)
    if wanted.action:
        asked.append(audit.c.action == wanted.action)
    if wanted.subject:
        # Who asks by the number of a matter means its conversations too.
        theirs = select(conversations.c.id).where(conversations.c.matter == wanted.subject)
        asked.append(or_(audit.c.subject == wanted.subject, audit.c.subject.in_(theirs)))
    if wanted.since is not None:
        asked.append(audit.c.at >= datetime.combine(wanted.since, time(), SHANGHAI))
    if wanted.until is not None:
        asked.append(audit.c.at < datetime.combine(wanted.until + timedelta(days=1), time(), SHANGHAI))
    return asked


def _rows(connection: Connection, above: int, last: int) -> list[Entry]:
    statement = select(audit).where(audit.c.id > above, audit.c.id <= last).order_by(audit.c.id).limit(_PAGE)
    return [_entry(row) for row in connection.execute(statement)]


def _hashes(connection: Connection, head: Head) -> Iterator[tuple[int, str]]:
    statement = select(audit.c.id, audit.c.hash).where(audit.c.id >= head.first).order_by(audit.c.id)
    for row in connection.execute(statement):
        yield row.id, row.hash


def _entry(row: Any) -> Entry:
    return Entry(row.id, row.at, row.actor, row.action, row.subject, row.detail, row.hash)
