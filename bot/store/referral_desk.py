"""Referrals to a notary, an appraiser, a mediation committee, another authority."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.desk.matters.orders import Order
from bot.desk.matters.records import Done
from bot.desk.matters.referrals import REFERRALS, may_become
from bot.desk.matters.refused import MatterRefused, unknown_matter
from bot.desk.seat import Seat
from bot.store.audit import note
from bot.store.desk_schema import referrals
from bot.store.steps import UNANSWERED, guarded, locked, machine


def send(connection: Connection, matter: str, order: Order, seat: Seat, now: datetime) -> None:
    """The matter has gone to somebody else. Raises MatterRefused for an unknown kind."""
    if order.referral not in REFERRALS:
        raise MatterRefused("demand", "请选择转办的种类。")
    values = {
        "matter": matter,
        "kind": order.referral,
        "receiver": order.receiver.strip(),
        "reason": order.reason.strip(),
        "state": "sent",
        "answer": "",
        "staff_id": seat.id,
        "sent_at": now,
    }
    connection.execute(insert(referrals), values)


def answer(connection: Connection, referral: int, state: str, text: str, seat: Seat, now: datetime) -> Done:
    """The receiver took it, declined it or is done; with the last answer the matter goes on."""
    number = connection.execute(select(referrals.c.matter).where(referrals.c.id == referral)).scalar_one_or_none()
    row = None if number is None else locked(connection, number)
    if row is None or not seat.covers(row.region):
        raise unknown_matter()
    before = connection.execute(select(referrals.c.state).where(referrals.c.id == referral)).scalar_one()
    if not may_become(before, state):
        raise MatterRefused("wrong_status", "这次转办已经有结果了。")
    if state != "accepted" and not 0 < len(text.strip()) <= 2000:
        raise MatterRefused("demand", "请写明对方的答复（不超过 2000 字）。")
    values = {"state": state, "answer": text.strip(), "answered_at": now}
    connection.execute(update(referrals).where(referrals.c.id == referral).values(**values))
    guarded(connection, row, {}, f"referral_{state}", seat, now, reason=text.strip())
    waits = select(referrals.c.id).where(referrals.c.matter == row.number, referrals.c.state.in_(UNANSWERED))
    if connection.execute(waits.limit(1)).first() is None:
        machine(connection, row.number, "answered", now)
    note(connection, now, f"staff:{seat.id}", f"referral_{state}", row.number, referral=referral)
    return Done(row.number)
