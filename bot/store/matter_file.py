"""Everything that is kept about one matter, read for its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, or_, select

from bot.desk.matters.records import MatterFile
from bot.desk.seat import Seat
from bot.store import matter_list
from bot.store.desk_schema import (
    assignments,
    files,
    matter_links,
    matter_steps,
    notes,
    parties,
    referrals,
    timers,
)
from bot.store.escalations import timer_name
from bot.store.family import family
from bot.store.regions import in_regions
from bot.store.schema import applications, conversations, matters, messages, staff
from bot.store.steps import standing

_MOST = 500
"""Rows of one kind that a page shows; the oldest are left out."""


def read(connection: Connection, row: Any, seat: Seat) -> MatterFile:
    """The matter of this row."""
    numbers = family(connection, row.number)

    def rows(table: Table, *, named: str = "staff_id", hidden: tuple[str, ...] = ()) -> tuple[Mapping[str, Any], ...]:
        """Rows of the matter and those merged into it, newest last, with the name of whose they are."""
        who = getattr(table.c, named, None)
        shown = [column for column in table.c if column.name not in hidden]
        statement = select(*shown).where(table.c.matter.in_(numbers)).order_by(table.c.id.desc()).limit(_MOST)
        if who is not None:
            names = func.coalesce(func.nullif(staff.c.person, ""), staff.c.name).label("who")
            statement = statement.add_columns(names).outerjoin(staff, staff.c.id == who)
        return tuple(dict(found._mapping) for found in reversed(connection.execute(statement).all()))

    return MatterFile(
        standing(connection, row),
        matter_list.one(connection, row.number, seat),
        row.topic,
        row.summary,
        row.result,
        row.closing,
        row.created_at,
        row.closed_at,
        row.merged_into or "",
        tuple(numbers[1:]),
        steps=rows(matter_steps),
        talks=_talks(connection, numbers),
        notes=rows(notes),
        files=rows(files),
        parties=rows(parties, hidden=("folded", "identifier")),
        links=_links(connection, row.number, seat),
        assignments=rows(assignments),
        applications=rows(applications, named="decided_by"),
        referrals=rows(referrals),
        timers=tuple({**one, "name": timer_name(one["kind"])} for one in rows(timers)),
    )


def _talks(connection: Connection, numbers: list[str]) -> tuple[Mapping[str, Any], ...]:
    count = select(func.count()).where(messages.c.conversation_id == conversations.c.id).scalar_subquery()
    statement = (
        select(
            conversations.c.id,
            conversations.c.channel,
            conversations.c.state,
            conversations.c.created_at,
            conversations.c.updated_at,
            count.label("messages"),
            func.coalesce(func.nullif(staff.c.person, ""), staff.c.name).label("who"),
        )
        .outerjoin(staff, staff.c.id == conversations.c.claimed_by)
        .where(conversations.c.matter.in_(numbers))
        .order_by(conversations.c.created_at)
    )
    return tuple(dict(found._mapping) for found in connection.execute(statement))


def _links(connection: Connection, number: str, seat: Seat) -> tuple[Mapping[str, Any], ...]:
    """Links both ways, and everybody of the same group; only matters that the seat may see."""
    near = connection.execute(
        select(matter_links).where(or_(matter_links.c.matter == number, matter_links.c.other == number))
    ).all()
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in near:
        other = one.other if one.matter == number else one.matter
        way = one.kind if one.kind != "follows" or one.matter == number else "followed"
        if way != "group":
            found[other, way] = {"number": other, "kind": way}
    for other in _group(connection, number) - {number}:
        found[other, "group"] = {"number": other, "kind": "group"}
    if not found:
        return ()
    known = connection.execute(
        select(matters.c.number, matters.c.title, matters.c.topic, matters.c.summary, matters.c.status).where(
            matters.c.number.in_({other for other, _ in found}), in_regions(matters.c.region, seat)
        )
    )
    titles = {
        row.number: {"title": row.title or row.summary.get("topic") or row.topic, "status": row.status} for row in known
    }
    return tuple({**one, **titles[one["number"]]} for _, one in sorted(found.items()) if one["number"] in titles)


def _group(connection: Connection, number: str) -> set[str]:
    """Matters joined by links of kind "group", directly or by others."""
    members, fresh = {number}, {number}
    while fresh and len(members) < _MOST:
        pairs = connection.execute(
            select(matter_links.c.matter, matter_links.c.other).where(
                matter_links.c.kind == "group",
                or_(matter_links.c.matter.in_(fresh), matter_links.c.other.in_(fresh)),
            )
        ).all()
        fresh = {one for pair in pairs for one in pair} - members
        members |= fresh
    return members
