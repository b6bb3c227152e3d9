"""Timers that have come to their next stage: who is told, exactly once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.desk.clocks.stages import LEVELS, STAGES, Stage, step, told
from bot.desk.clocks.targets import TIMERS
from bot.desk.clocks.timekeeper import Told
from bot.desk.matters.terms import TERMS
from bot.store.clockwork import refresh
from bot.store.database import Database
from bot.store.desk_schema import timers
from bot.store.notices import supervisors, tell
from bot.store.schema import conversations, matters


class TimerStore:
    """Implements `bot.desk.clocks.timekeeper.TimerRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run_out(self, now: datetime, limit: int) -> list[Told]:
        """Bring timers to their new stage; see the protocol."""
        statement = (
            select(
                timers,
                matters.c.region,
                matters.c.owner_id,
                conversations.c.claimed_by,
            )
            .join(matters, matters.c.number == timers.c.matter)
            .outerjoin(conversations, conversations.c.id == timers.c.conversation_id)
            .where(timers.c.next_at <= now)
            .order_by(timers.c.next_at, timers.c.id)
            .limit(limit)
        )
        if not await self._database.read(lambda connection: connection.execute(statement.limit(1)).first()):
            return []

        def work(connection: Connection) -> list[Told]:
            return [one for row in connection.execute(statement).all() for one in _advance(connection, row, now)]

        return await self._database.write(work)


def _advance(connection: Connection, row: Any, now: datetime) -> list[Told]:
    """One timer; nothing where another process was faster, or the timer was met meanwhile."""
    come = step(now, row.warn_at, row.due_at, row.red_at)
    # One statement decides: it finds the row only as it was read.
    mine = connection.execute(
        update(timers)
        .where(timers.c.id == row.id, timers.c.stage == row.stage, timers.c.next_at == row.next_at)
        .values(stage=come.stage, next_at=come.next, level=LEVELS[come.stage])
    )
    if mine.rowcount != 1:
        return []
    refresh(connection, row.matter)
    holder = row.claimed_by if row.conversation_id is not None else row.owner_id
    seats = told(come.stage, holder, row.region, supervisors(connection))
    link = f"/desk/c/{row.conversation_id}" if row.conversation_id else f"/desk/matters/{row.matter}"
    words = _words(row, come.stage)
    return tell(connection, seats, f"timer_{come.stage}", words, link, now, row.conversation_id or "")


def timer_name(kind: str) -> str:
    """What people call a timer: 首次答复, 法定期限：审查决定."""
    key = kind.removeprefix("statutory:")
    named = (term.name for terms in TERMS.values() for term in terms if term.key == key)
    return TIMERS.get(kind) or f"法定期限：{next(named, key)}"


def _words(row: Any, stage: Stage) -> str:
    basis = f"（{row.basis}）" if row.basis else ""
    doubt = "" if row.certain else "；该年放假安排还没有录入，日期可能不准"
    return f"{STAGES[stage]}　事项 {row.matter}　{timer_name(row.kind)}{basis}，期限 {row.due_at:%m月%d日 %H:%M}{doubt}"
