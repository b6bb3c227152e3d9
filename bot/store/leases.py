"""Whose turn it is to act on a conversation, where several processes work on one store."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, or_, update

from bot.store.append import lock
from bot.store.schema import conversations

LEASE = timedelta(seconds=10)
"""For so long a process that says nothing more is believed to be alive."""

_TAKE = (
    update(conversations)
    .where(
        conversations.c.id == bindparam("which"),
        or_(
            conversations.c.turn_until.is_(None),
            conversations.c.turn_until <= bindparam("now"),
            conversations.c.turn_by == bindparam("me"),
        ),
    )
    .values(turn_by=bindparam("me"), turn_until=bindparam("until"))
)
_DROP = (
    update(conversations)
    .where(conversations.c.id == bindparam("which"), conversations.c.turn_by == bindparam("me"))
    .values(turn_by=None, turn_until=None)
)
_KEEP = update(conversations).where(conversations.c.turn_by == bindparam("me")).values(turn_until=bindparam("until"))


class Leases:
    """Of this process. Where the store is not `shared` there is nobody to agree with."""

    def __init__(self, shared: bool) -> None:
        self._shared = shared
        self._me = secrets.token_hex(8)

    def take(self, connection: Connection, conversation: str, now: datetime) -> bool:
        """The conversation is ours to act on; False while it is another's."""
        if not self._shared:
            return True
        mine = {"which": conversation, "me": self._me, "now": now, "until": now + LEASE}
        return bool(connection.execute(_TAKE, mine).rowcount)

    def drop(self, connection: Connection, conversation: str) -> None:
        """Somebody else's, if it was ours; its row is locked from now on."""
        if self._shared and not connection.execute(_DROP, {"which": conversation, "me": self._me}).rowcount:
            lock(connection, conversation)

    def keep(self, connection: Connection, now: datetime) -> None:
        """All that is ours stays so for another while."""
        connection.execute(_KEEP, {"me": self._me, "until": now + LEASE})

    @staticmethod
    def free(now: datetime) -> Any:
        """The condition that nobody acts on a conversation."""
        return or_(conversations.c.turn_until.is_(None), conversations.c.turn_until <= now)
