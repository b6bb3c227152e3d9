"""What happens in talks and to applications, told to the timers and the status of the matter.

Each function belongs in the transaction of what it tells of; the callers need one line each.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.desk.clocks.targets import TargetKind, targets
from bot.desk.matters.orders import Order, decide
from bot.desk.matters.states import GENERAL, KINDS
from bot.desk.matters.terms import TERMS
from bot.desk.seat import Seat
from bot.store import clockwork
from bot.store.desk_schema import timers
from bot.store.parties import assign, check_conflicts
from bot.store.schema import applications, conversations, matters
from bot.store.steps import locked, machine, standing, write

_ANSWERS = timers.c.kind.in_(("first_answer", "next_answer"))


def handed_off(connection: Connection, conversation: str, matter: str, now: datetime, queue: str = "") -> None:
    """A person was asked for: the matter waits at the desk, and the first answer is owed."""
    talk = connection.execute(
        select(conversations.c.queue, conversations.c.help, conversations.c.region, conversations.c.priority).where(
            conversations.c.id == conversation
        )
    ).one()
    row = locked(connection, matter)
    # What the talk has shown by now; what a person has entered stays.
    known = {
        "kind": talk.help if talk.help and row.kind == "consultation" else row.kind,
        "region": row.region or talk.region,
        "title": row.title or str(row.summary.get("topic") or "")[:120],
    }
    connection.execute(update(matters).where(matters.c.number == matter).values(**known))
    machine(connection, matter, "hand_off", now, queue=queue or talk.queue or GENERAL)
    mine = timers.c.conversation_id == conversation
    if not clockwork.runs(connection, mine & (timers.c.kind == "first_answer")):
        _start(connection, "first_answer", matter, now, talk.priority, conversation)
    if not clockwork.runs(connection, (timers.c.matter == matter) & (timers.c.kind == "resolution")):
        _start(connection, "resolution", matter, now, talk.priority)


def claimed(connection: Connection, conversation: str, seat: Seat, now: datetime) -> None:
    """A seat has taken the talk: the matter is its own if it was nobody's. Raises MatterRefused for a conflict."""
    number = _matter_of(connection, conversation)
    row = None if number is None else locked(connection, number)
    if row is None:
        return
    found = check_conflicts(connection, row.number, seat)
    if row.status in ("new", "open"):
        order = Order("take", owner=seat.id)
        write(connection, row, decide(standing(connection, row), order, seat), order, seat, now)
        assign(connection, row.number, seat, now, found)


def waits_again(connection: Connection, conversation: str, seat_id: int, now: datetime) -> None:
    """The seat has let go without an end: its matter waits in the talk's queue, and whoever takes it owes an answer."""
    clockwork.end(connection, _ANSWERS & (timers.c.conversation_id == conversation), now, met=False)
    talk = connection.execute(
        select(conversations.c.matter, conversations.c.queue, conversations.c.priority).where(
            conversations.c.id == conversation
        )
    ).one()
    row = None if talk.matter is None else locked(connection, talk.matter)
    if row is None:
        return
    if row.owner_id in (None, seat_id):  # a colleague's stays theirs, whoever talks
        machine(connection, row.number, "let_go", now, queue=talk.queue or GENERAL)
    _start(connection, "first_answer", row.number, now, talk.priority, conversation)


def passed(connection: Connection, conversation: str, seat: Seat, colleague: Seat, now: datetime) -> None:
    """The talk went from hand to hand: the matter too, if it was the seat's. Raises MatterRefused for a conflict."""
    number = _matter_of(connection, conversation)
    row = None if number is None else locked(connection, number)
    if row is None:
        return
    found = check_conflicts(connection, row.number, colleague)
    if row.owner_id == seat.id:
        order = Order("assign", owner=colleague.id)
        write(connection, row, decide(standing(connection, row), order, seat), order, seat, now)
        assign(connection, row.number, colleague, now, found)


def answered(connection: Connection, conversation: str, now: datetime) -> None:
    """The desk has answered."""
    clockwork.end(connection, _ANSWERS & (timers.c.conversation_id == conversation), now, met=True)


def citizen_wrote(connection: Connection, conversation: str, matter: str, now: datetime) -> None:
    """The citizen wrote while a person has the talk: an answer is owed, by when it was first asked for."""
    machine(connection, matter, "heard", now)
    if not clockwork.runs(connection, _ANSWERS & (timers.c.conversation_id == conversation)):
        priority = select(conversations.c.priority).where(conversations.c.id == conversation)
        _start(connection, "next_answer", matter, now, connection.execute(priority).scalar_one(), conversation)


def left(
    connection: Connection,
    conversation: str,
    seat: Seat,
    now: datetime,
    *,
    closed: bool,
    result: str = "",
    summary: str = "",
) -> None:
    """The seat has let go of the talk: it ended, with how the matter ended if the seat said so, or is the bot's."""
    waits_no_more(connection, conversation, now)
    number = _matter_of(connection, conversation)
    row = None if number is None else locked(connection, number)
    if row is None:
        return
    if closed and result:
        order = Order("close", result=result, summary=summary)
        write(connection, row, decide(standing(connection, row), order, seat), order, seat, now)
        over(connection, row.number, now)
    elif closed:
        machine(connection, row.number, "talk_ended", now)
    else:
        to_bot(connection, row.number, now)


def waits_no_more(connection: Connection, conversation: str, now: datetime) -> None:
    """Nobody owes an answer any more to one who has left the queue."""
    clockwork.end(connection, _ANSWERS & (timers.c.conversation_id == conversation), now, met=False)


def to_bot(connection: Connection, matter: str, now: datetime) -> None:
    """The matter is nobody's to do, unless something of it is still open."""
    if machine(connection, matter, "to_bot", now):
        clockwork.end(connection, (timers.c.matter == matter) & (timers.c.kind == "resolution"), now, met=False)


def over(connection: Connection, matter: str, now: datetime) -> None:
    """The matter is closed: it was resolved, and nothing else of it runs on."""
    mine = timers.c.matter == matter
    clockwork.end(connection, mine & (timers.c.kind == "resolution"), now, met=True)
    clockwork.end(connection, mine, now, met=False)


def submitted(connection: Connection, number: int, kind: str, matter: str, now: datetime) -> None:
    """An application was handed in: its matter is the desk's, and the clock of the law runs."""
    row = locked(connection, matter)
    if row.kind == "consultation" and kind in KINDS:
        connection.execute(update(matters).where(matters.c.number == matter).values(kind=kind))
    machine(connection, matter, "hand_off", now, queue=GENERAL)
    if not clockwork.runs(connection, (timers.c.matter == matter) & (timers.c.kind == "resolution")):
        _start(connection, "resolution", matter, now, row.priority)
    application_moved(connection, number, kind, matter, "submit", now)


def application_moved(connection: Connection, number: int, kind: str, matter: str, action: str, now: datetime) -> None:
    """Statutory timers that this action meets, starts, pauses, takes up or begins anew; `due_on` follows them."""
    mine = timers.c.application_id == number
    for term in TERMS.get(kind, ()):
        which = mine & (timers.c.kind == f"statutory:{term.key}")
        if action in term.ends:
            clockwork.end(connection, which, now, met=action not in ("withdraw", "lapse", "terminate"))
        if action == "ask_supplement" and term.supplement == "pause":
            clockwork.pause(connection, which, now)
        elif action == "ask_supplement" and term.supplement == "restart":
            clockwork.end(connection, which, now, met=False)
        elif action == "supplemented" and term.supplement == "pause":
            clockwork.resume(connection, which, now)
        elif action == "extend" and term.extension is not None:
            clockwork.extend(connection, which, term.extension.length)
        anew = action == "supplemented" and term.supplement == "restart"
        if (action in term.starts or anew) and not clockwork.runs(connection, which):
            _statutory(connection, term.key, kind, matter, number, now)
    first = select(timers.c.due_at).where(mine, clockwork.LIVE, timers.c.paused_at.is_(None)).order_by(timers.c.due_at)
    due = connection.execute(first.limit(1)).scalar_one_or_none()
    if due is not None:
        connection.execute(update(applications).where(applications.c.id == number).values(due_on=due.date()))


def _statutory(connection: Connection, key: str, kind: str, matter: str, number: int, now: datetime) -> None:
    term = next(one for one in TERMS[kind] if one.key == key)
    clockwork.start(connection, f"statutory:{key}", term.term, matter, now, application=number, basis=term.basis)


def _start(
    connection: Connection, kind: TargetKind, matter: str, now: datetime, priority: int, conversation: str | None = None
) -> None:
    of = connection.execute(select(matters.c.kind).where(matters.c.number == matter)).scalar_one()
    clockwork.start(connection, kind, targets().term(kind, priority, of), matter, now, conversation=conversation)


def _matter_of(connection: Connection, conversation: str) -> str | None:
    return connection.execute(
        select(conversations.c.matter).where(conversations.c.id == conversation)
    ).scalar_one_or_none()
