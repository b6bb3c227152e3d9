"""Who is concerned by a matter, who acts in it, and whether the two go together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, false, insert, select

from bot.desk.matters.conflicts import Hit, Known, PartyKey, find_conflicts, refuse
from bot.desk.seat import Role, Seat
from bot.store.desk_schema import assignments, parties
from bot.store.family import family
from bot.store.schema import staff

_ROLES: dict[Role, str] = {"lawyer": "lawyer", "mediator": "mediator"}


def of_matter(connection: Connection, number: str) -> list[PartyKey]:
    """The parties of the matter, and of those that were merged into it."""
    rows = connection.execute(
        select(parties).where(parties.c.matter.in_(family(connection, number))).order_by(parties.c.id)
    )
    return [_key(row) for row in rows]


def find_hits(connection: Connection, number: str, seat: Seat) -> list[Hit]:
    """Conflicts of this seat and its office with the parties of the matter, in matters of now and before."""
    ours = of_matter(connection, number)
    if not any(party.side != "other" for party in ours):
        return []
    names = {party.folded for party in ours if party.folded}
    numbers = {party.identifier for party in ours if party.identifier}
    office = select(staff.c.office).where(staff.c.id == seat.id).scalar_subquery()
    same = (staff.c.id == seat.id) | ((staff.c.office != "") & (staff.c.office == office))
    rows = connection.execute(
        select(parties, staff.c.id.label("who"), staff.c.name.label("account"), staff.c.person, assignments.c.ended_at)
        .select_from(parties)
        .join(assignments, assignments.c.matter == parties.c.matter)
        .join(staff, staff.c.id == assignments.c.staff_id)
        .where(
            same,
            parties.c.matter.not_in(family(connection, number)),
            parties.c.folded.in_(names) | (parties.c.identifier.in_(numbers) if numbers else false()),
        )
        # What is sure and what is one's own is told first.
        .order_by(assignments.c.ended_at.is_not(None), staff.c.id != seat.id, parties.c.id)
    )
    return find_conflicts(
        ours,
        [
            Known(row.matter, _key(row), row.person or row.account, row.who == seat.id, row.ended_at is not None)
            for row in rows
        ],
    )


def check_conflicts(connection: Connection, number: str, seat: Seat) -> dict[str, Any]:
    """What was found, to be kept with the assignment. Raises MatterRefused unless a supervisor decided already."""
    hits = find_hits(connection, number, seat)
    if not hits:
        return {"hits": []}
    decided = connection.execute(
        select(assignments.c.checked)
        .where(assignments.c.matter == number, assignments.c.staff_id == seat.id)
        .order_by(assignments.c.id.desc())
    ).scalars()
    covered = {hit["matter"] for one in decided if one.get("override") for hit in one["hits"]}
    if any(hit.matter not in covered for hit in hits):
        raise refuse(hits)
    return {"hits": [hit.to_dict() for hit in hits], "known": True}


def assign(connection: Connection, number: str, seat: Seat, now: datetime, checked: dict[str, Any]) -> None:
    """The seat acts in the matter from now on."""
    values = {
        "matter": number,
        "staff_id": seat.id,
        "role": _ROLES.get(seat.role, "officer"),
        "checked": checked,
        "started_at": now,
    }
    connection.execute(insert(assignments), values)


def _key(row: Any) -> PartyKey:
    return PartyKey(row.side, row.name, row.folded, row.identifier)
