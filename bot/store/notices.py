"""What a seat is told outside a conversation, written in the transaction of what it is told of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert

from bot.store.desk_schema import notices


def notify(connection: Connection, now: datetime, seats: Iterable[int], kind: str, text: str, link: str) -> None:
    """One notice for each seat. `text` names no citizen: it may show on a screen in sight of others."""
    rows = [{"staff_id": seat, "kind": kind, "text": text, "link": link, "at": now} for seat in seats]
    if rows:
        connection.execute(insert(notices), rows)
