"""The trail of who did what, written in the transaction of what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from bot.store.schema import audit


def note(connection: Connection, now: datetime, actor: str, action: str, subject: str, **detail: Any) -> None:
    """One row. `actor` as "staff:3" or "cli"; `subject` is an id; `detail` holds nothing anyone said."""
    connection.execute(
        insert(audit), {"at": now, "actor": actor, "action": action, "subject": subject, "detail": detail}
    )
