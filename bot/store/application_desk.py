"""Applications decided in the database: the step, its timers, and what the citizen is told, in one transaction."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.clock import SHANGHAI
from bot.desk.matters.applications import Decision, Given, decide_application
from bot.desk.matters.grounds import GROUNDS
from bot.desk.matters.orders import Order
from bot.desk.matters.orders import decide as decide_move
from bot.desk.matters.records import Done
from bot.desk.matters.refused import MatterRefused, unknown_matter
from bot.desk.seat import Seat
from bot.dialogue.engine import Part
from bot.message import Message
from bot.store.append import append, next_slot
from bot.store.audit import note
from bot.store.family import surviving
from bot.store.parties import assign, check_conflicts
from bot.store.reach import able
from bot.store.schema import applications, matters
from bot.store.steps import guarded, locked, standing, write
from bot.store.timers import application_moved


def decide(
    connection: Connection, number: int, action: str, given: Given, version: int, seat: Seat, now: datetime
) -> Done:
    """One step. Raises MatterRefused."""
    found = connection.execute(select(applications.c.matter).where(applications.c.id == number)).scalar_one_or_none()
    if found is None:
        raise unknown_matter()
    matter = surviving(connection, found)
    # To the talk of the number it was handed in under: a merge may have joined two citizens' matters.
    talk = connection.execute(select(matters.c.conversation_id).where(matters.c.number == found)).scalar_one()
    # The talk is locked before the matter, as turns do it.
    slot = next_slot(connection, talk, now)
    row = locked(connection, matter)
    if row is None or slot is None or not seat.covers(row.region):
        raise unknown_matter()
    application = connection.execute(select(applications).where(applications.c.id == number).with_for_update()).one()
    if application.version != version:
        raise MatterRefused("changed", "这个申请刚刚有改动，请看过以后再做。", {"state": application.state})
    today = now.astimezone(SHANGHAI).date()
    decision = decide_application(action, application.kind, application.state, application.course, given, seat, today)
    if row.status in ("new", "open"):
        row = _take(connection, row, seat, now)
    who = _appoint(connection, matter, row.region, given, decision, now)
    course = _course(application.course, application.state, decision, given, who, now)
    values: dict[str, Any] = {"state": decision.after, "course": course, "version": version + 1}
    if decision.after in ("granted", "refused", "terminated", "done", "withdrawn", "advanced"):
        values |= {"decided_at": now, "decided_by": seat.id}
    if "reason" in decision.needs:
        values["reason"] = given.reason.strip()
    connection.execute(update(applications).where(applications.c.id == number).values(**values))
    application_moved(connection, number, application.kind, found, action, now)
    reason = given.reason or given.what or (GROUNDS_TEXT.get(given.ground, "")) or who
    guarded(
        connection, row, {}, f"application_{action}"[:24], seat, now, reason=f"{application.title}：{reason.strip()}"
    )
    note(connection, now, f"staff:{seat.id}", f"application_{action}", matter, application=number)
    return Done(matter, messages=(_say(connection, slot, decision, application.title, given, who, now),))


GROUNDS_TEXT = {code: f"{words}（{article}）" for kind in GROUNDS.values() for code, (words, article) in kind.items()}
"""Every ground in words, with its article."""


def _take(connection: Connection, row: Any, seat: Seat, now: datetime) -> Any:
    """Who decides about an application owns a matter that was nobody's; the row as it is then."""
    checked = check_conflicts(connection, row.number, seat)
    order = Order("take", owner=seat.id)
    write(connection, row, decide_move(standing(connection, row), order, seat), order, seat, now)
    assign(connection, row.number, seat, now, checked)
    return locked(connection, row.number)


def _appoint(connection: Connection, matter: str, region: str, given: Given, decision: Decision, now: datetime) -> str:
    """Whoever is appointed acts from now on, if no interests conflict; their name."""
    if "lawyer" not in decision.needs:
        return ""
    seat = able(connection, given.lawyer, region)
    assign(connection, matter, seat, now, check_conflicts(connection, matter, seat))
    return seat.called


def _course(
    before: dict[str, Any], state: str, decision: Decision, given: Given, who: str, now: datetime
) -> dict[str, Any]:
    """What is remembered of the step besides the state."""
    course = dict(before)
    at = now.astimezone(SHANGHAI).isoformat(timespec="seconds")
    match decision.action:
        case "ask_supplement" if given.by is not None:
            course["supplement"] = {"what": given.what.strip(), "by": given.by.isoformat(), "at": at}
        case "supplemented":
            course["supplement"] = {**course.get("supplement", {}), "came": at}
        case "object":
            course["objected_to"] = state
        case "assign":
            course["assigned"] = who
        case "extend":
            course["extended"] = at
    if given.ground in GROUNDS_TEXT and any(need in GROUNDS for need in decision.needs):
        course[decision.action] = {"ground": given.ground, "text": GROUNDS_TEXT[given.ground], "at": at}
    return course


def _say(
    connection: Connection, slot: Any, decision: Decision, title: str, given: Given, who: str, now: datetime
) -> Message:
    by = "" if given.by is None else f"{given.by.year}年{given.by.month}月{given.by.day}日"
    text = decision.says.format(title=title, reason=given.reason.strip(), what=given.what.strip(), by=by, who=who)
    return append(connection, slot, "system", (Part("text", text),), message_id=secrets.token_hex(16), now=now)
