"""How far a provider lets us write to somebody: what has come from them, and what has gone to them since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from bot.store.channel_schema import contacts as table
from bot.store.database import Database
from bot.store.schema import citizens, conversations, messages

_HERE = (table.c.channel == bindparam("to"), table.c.external_id == bindparam("who"))
_ROW = select(table.c.sent_since, table.c.blocked, table.c.last_inbound_at).where(*_HERE).with_for_update()
_WRITTEN = (
    select(messages.c.at)
    .join(conversations, conversations.c.id == messages.c.conversation_id)
    .join(citizens, citizens.c.id == conversations.c.citizen_id)
    .where(
        citizens.c.channel == bindparam("to"),
        citizens.c.external_id == bindparam("who"),
        messages.c.sender == "citizen",
    )
    .order_by(messages.c.at.desc())
    .limit(1)
)
_COUNTED = (
    update(table)
    .where(*_HERE)
    .values(sent_since=bindparam("new_count"), last_inbound_at=bindparam("new_since"), blocked=False)
)


class ContactStore:
    """One row of each who was written to, or has done something that must be remembered."""

    def __init__(self, database: Database, channel: str) -> None:
        self._database = database
        self._channel = channel

    async def heard(self, external_id: str, now: datetime, keep: int = 0) -> None:
        """Something came from them that is no message: what they may be sent counts anew, from `keep` at the most.

        Nothing is written where nothing was counted.
        """
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)
        counted = (table.c.sent_since > keep) | table.c.blocked
        anew = update(table).where(*mine, counted).values(sent_since=keep, blocked=False, last_inbound_at=now)
        await self._database.write(lambda connection: connection.execute(anew))

    async def spend(self, external_id: str, most: int) -> int | None:
        """Count one message to them, the how manieth it is; None where `most` have gone, or they have blocked us.

        What they have written since counts anew here, so that nothing need be written when they do.
        """
        there, who = self._new(external_id), {"to": self._channel, "who": external_id}

        def work(connection: Connection) -> int | None:
            connection.execute(there)
            row = connection.execute(_ROW, who).one()
            written = connection.execute(_WRITTEN, who).scalar_one_or_none()
            count, blocked, since = row.sent_since, row.blocked, row.last_inbound_at
            if written is not None and (since is None or written > since):
                count, blocked, since = 0, False, written
            if blocked or count >= most:
                return None
            values = {"new_count": count + 1, "new_since": since}
            connection.execute(_COUNTED, who | values)
            return int(count) + 1

        return await self._database.write(work)

    async def unspend(self, external_id: str) -> None:
        """It did not leave."""
        mine = (table.c.channel == self._channel, table.c.external_id == external_id, table.c.sent_since > 0)
        back = update(table).where(*mine).values(sent_since=table.c.sent_since - 1)
        await self._database.write(lambda connection: connection.execute(back))

    async def spent(self, external_id: str, most: int) -> None:
        """The provider says that nothing more goes to them before they write."""
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)
        full = update(table).where(*mine).values(sent_since=func.max(table.c.sent_since, most))
        if self._database.shared:
            full = update(table).where(*mine).values(sent_since=func.greatest(table.c.sent_since, most))
        await self._database.write(lambda connection: connection.execute(full))

    async def block(self, external_id: str, now: datetime) -> None:
        """They have unsubscribed: until they write or come back."""
        await self._set(external_id, blocked=True, last_inbound_at=now)

    async def data(self, external_id: str) -> dict[str, Any]:
        """What the adapter has noted about them."""
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)
        found = await self._database.read(
            lambda connection: connection.execute(select(table.c.data).where(*mine)).scalar_one_or_none()
        )
        return dict(found or {})

    async def note(self, external_id: str, **noted: Any) -> dict[str, Any]:
        """Note these; None forgets one. What was noted before."""
        there = self._new(external_id)
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)

        def work(connection: Connection) -> dict[str, Any]:
            connection.execute(there)
            before: dict[str, Any] = dict(
                connection.execute(select(table.c.data).where(*mine).with_for_update()).scalar_one() or {}
            )
            after = {name: value for name, value in {**before, **noted}.items() if value is not None}
            connection.execute(update(table).where(*mine).values(data=after))
            return before

        return await self._database.write(work)

    async def _set(self, external_id: str, **values: Any) -> None:
        there = self._new(external_id)
        mine = (table.c.channel == self._channel, table.c.external_id == external_id)

        def work(connection: Connection) -> None:
            connection.execute(there)
            connection.execute(update(table).where(*mine).values(**values))

        await self._database.write(work)

    def _new(self, external_id: str) -> Any:
        values: Mapping[str, Any] = {"channel": self._channel, "external_id": external_id}
        return self._database.insert_once(table).values(**values, sent_since=0, blocked=False, data={})
