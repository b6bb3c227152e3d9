"""Parties entered at the desk, and what a supervisor decides about conflicts of interest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.desk.clocks.timekeeper import Told
from bot.desk.matters.conflicts import Side
from bot.desk.matters.identity import clean_identifier, fold_name, hash_identifier
from bot.desk.matters.records import Done
from bot.desk.matters.refused import MatterRefused
from bot.desk.seat import Seat
from bot.store.desk_schema import assignments, parties
from bot.store.notices import supervisors, tell
from bot.store.parties import assign, find_hits
from bot.store.schema import staff
from bot.store.seats import SEAT_COLUMNS, to_seat


def add(
    connection: Connection, row: Any, side: Side, name: str, identifier: str | None, key: bytes, now: datetime
) -> Done:
    """Keep the party; who acts in the matter is checked against it, and supervisors hear of what is found."""
    number = clean_identifier(identifier) if identifier else ""
    if number is None:
        raise MatterRefused("bad_identifier", "证件号码或统一社会信用代码的校验位不对，请核对。")
    values = {
        "matter": row.number,
        "side": side,
        "name": name,
        "folded": fold_name(name),
        "identifier": hash_identifier(key, number) if number else "",
        "at": now,
    }
    connection.execute(insert(parties), values)
    # Not a join with DISTINCT: PostgreSQL cannot compare columns of JSON.
    live = select(assignments.c.staff_id).where(assignments.c.matter == row.number, assignments.c.ended_at.is_(None))
    acting = select(*SEAT_COLUMNS).where(staff.c.id.in_(live)).order_by(staff.c.id)
    told: list[Told] = []
    found = []
    for seat in [to_seat(one) for one in connection.execute(acting)]:
        hits = [hit for hit in find_hits(connection, row.number, seat) if hit.name == name]
        found += [{"staff": seat.called, **hit.to_dict()} for hit in hits]
        if hits:
            text = f"事项 {row.number} 的经办人{seat.called}可能有利益冲突：{hits[0].text}"
            whom = [one.id for one in supervisors(connection) if one.covers(row.region)]
            told += tell(connection, (*whom, seat.id), "conflict", text, f"/desk/matters/{row.number}", now)
    return Done(row.number, tuple(told), found=tuple(found))


def override(connection: Connection, row: Any, who: Seat, reason: str, seat: Seat, now: datetime) -> list[Told]:
    """`who` may act in spite of what is found now; what comes to light later stops them again."""
    if not 0 < len(reason.strip()) <= 2000:
        raise MatterRefused("demand", "请写明为什么可以办理（不超过 2000 字）。")
    if who.id == seat.id:
        raise MatterRefused("no_right", "自己的利益冲突要由别的主管决定。")
    hits = find_hits(connection, row.number, who)
    if not hits:
        raise MatterRefused("demand", "没有查到利益冲突，可以直接指派。")
    checked = {"hits": [hit.to_dict() for hit in hits], "override": {"by": seat.id, "reason": reason.strip()}}
    assign(connection, row.number, who, now, checked)
    text = f"主管已核实事项 {row.number} 的利益冲突检查，您可以办理"
    return tell(connection, (who.id,), "conflict", text, f"/desk/matters/{row.number}", now)
