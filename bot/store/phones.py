"""Citizens' telephones in the database: the storage behind `bot.texting`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.desk.queues.words import moment
from bot.store.channel_schema import phones
from bot.store.database import Database
from bot.store.desk_schema import callbacks
from bot.store.schema import conversations
from bot.store.sms import write
from bot.texting import CALL, MATTER, mobile


class PhoneStore:
    """Implements `bot.texting.PhoneRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def consent(self, conversation: str, agrees: bool, now: datetime) -> str | None:
        """Keep the answer."""

        def work(connection: Connection) -> str | None:
            talk = _talk(connection, conversation)
            mine = phones.c.citizen_id == talk.citizen_id
            number = connection.execute(select(phones.c.number).where(mine).with_for_update()).scalar_one_or_none()
            if number is None:
                return None
            connection.execute(update(phones).where(mine).values(sms="yes" if agrees else "no", at=now))
            if agrees:
                write_matter(connection, number, talk.matter or "", now)
                write_call(connection, number, conversation, talk.matter or "", now)
            return str(number)

        return await self._database.write(work)


def keep(connection: Connection, conversation: str, number: str, now: datetime) -> bool:
    """The citizen gave this number; True where they are still to be asked whether it may be written to.

    Where they have agreed before, the time of the call is written at once.
    """
    if not mobile(number):
        return False
    talk = _talk(connection, conversation)
    mine = phones.c.citizen_id == talk.citizen_id
    known = connection.execute(select(phones).where(mine).with_for_update()).one_or_none()
    if known is not None and known.number == number:
        if known.sms == "yes":
            write_call(connection, number, conversation, talk.matter or "", now)
        return False
    # Another number may be another's telephone: what was agreed to was agreed to for the old one.
    values: dict[str, Any] = {"number": number, "sms": "asked", "at": now}
    if known is None:
        connection.execute(phones.insert().values(citizen_id=talk.citizen_id, **values))
    else:
        connection.execute(update(phones).where(mine).values(**values))
    return True


def write_matter(connection: Connection, number: str, matter: str, now: datetime) -> None:
    """The number of the matter, once to each telephone."""
    if matter:
        write(connection, f"matter/{matter}/{number}", number, "matter", MATTER.format(matter=matter), matter, now)


def write_call(connection: Connection, number: str, conversation: str, matter: str, now: datetime) -> None:
    """The time of the call that the citizen chose, once for each time."""
    booked = connection.execute(
        select(callbacks.c.due_at).where(
            callbacks.c.conversation_id == conversation,
            callbacks.c.state == "open",
            callbacks.c.reason == "booked",
            callbacks.c.contact == number,
        )
    ).scalar()
    if booked is not None:
        key = f"call/{conversation}/{booked:%Y%m%d%H%M}/{number}"
        write(connection, key, number, "appointment", CALL.format(when=moment(booked)), matter, now)


def _talk(connection: Connection, conversation: str) -> Any:
    return connection.execute(
        select(conversations.c.citizen_id, conversations.c.matter).where(conversations.c.id == conversation)
    ).one()
