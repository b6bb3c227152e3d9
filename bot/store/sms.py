"""Texts to telephones in the database: written with what they tell of, sent afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from bot.sms import SmsKind
from bot.store.channel_schema import phones, sms
from bot.store.database import Database
from bot.store.linked import same_person
from bot.store.schema import citizens

LEASE = timedelta(seconds=30)
_DUE = sms.c.state == "due"


@dataclass(frozen=True, slots=True)
class Text:
    """One to send."""

    row: int
    key: str
    number: str
    text: str
    attempts: int


def write(connection: Connection, key: str, number: str, kind: SmsKind, text: str, matter: str, now: datetime) -> bool:
    """Have it sent, once for each key; False where it was written before."""
    if connection.execute(select(sms.c.id).where(sms.c.key == key)).first() is not None:
        return False
    values: dict[str, Any] = {"key": key, "number": number, "kind": kind, "text": text, "matter": matter}
    connection.execute(sms.insert(), values | {"state": "due", "due_at": now, "made_at": now})
    return True


def number_of(connection: Connection, citizen: str) -> str | None:
    """The telephone of this citizen, or of who they are on another channel, if it may be written to."""
    people = select(citizens.c.id).where(same_person(citizen))
    mine = phones.c.citizen_id.in_(people), phones.c.sms == "yes"
    found = connection.execute(select(phones.c.number).where(*mine).order_by(phones.c.at.desc()).limit(1))
    return found.scalar_one_or_none()


class SmsStore:
    """The rows that wait."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, limit: int) -> Sequence[Text]:
        """Those whose time has come; this process's for a while."""
        ready = select(sms.c.id).where(_DUE, sms.c.due_at <= now).order_by(sms.c.id).limit(limit)

        def work(connection: Connection) -> list[Text]:
            mine = list(connection.execute(ready.with_for_update(skip_locked=True)).scalars())
            if not mine:
                return []
            connection.execute(update(sms).where(sms.c.id.in_(mine)).values(due_at=now + LEASE))
            rows = connection.execute(select(sms).where(sms.c.id.in_(mine)).order_by(sms.c.id))
            return [Text(row.id, row.key, row.number, row.text, row.attempts) for row in rows]

        if await self._database.read(lambda connection: connection.execute(ready.limit(1)).first()) is None:
            return []
        return await self._database.write(work)

    async def sent(self, row: int) -> None:
        """It was taken; what it said and to whom is kept no longer than needed to say it once."""
        await self._change(row, state="sent", text="", number="")

    async def failed(self, row: int, again: datetime | None, why: str) -> None:
        """Once more at `again`; None gives up."""
        ended = {"state": "dead"} if again is None else {"due_at": again}
        await self._change(row, attempts=sms.c.attempts + 1, why=why[:200], **ended)

    async def _change(self, row: int, **values: Any) -> None:
        statement = update(sms).where(sms.c.id == row).values(**values)
        await self._database.write(lambda connection: connection.execute(statement))
