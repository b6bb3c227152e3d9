"""The trail of who did what, written in the transaction of what was done, each row chained to the one before.

`note` only remembers; `settle` writes at the end of the transaction. The lock on the head of the chain is thereby the
last one that any transaction takes, and is held for a moment: it can neither close a ring of waiting transactions nor
make one wait for the work of another.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.desk.chain import digest
from bot.store.schema import audit, audit_head

_NOTED = "faxian_noted"
_HEAD = select(audit_head.c.last, audit_head.c.hash).where(audit_head.c.id == 1).with_for_update()
_MOVE = (
    update(audit_head)
    .where(audit_head.c.id == 1)
    .values(last=bindparam("new_last"), hash=bindparam("new_hash"))
)  # fmt: skip
_INSERT = insert(audit)


def note(connection: Connection, now: datetime, actor: str, action: str, subject: str, /, **detail: Any) -> None:
    """One row. `actor` as "staff:3" or "cli"; `subject` is an id; `detail` holds nothing anyone said."""
    row = {
        "at": now,
        "actor": actor,
        "action": action,
        "subject": subject,
        "detail": json.loads(json.dumps(detail, ensure_ascii=False)),  # what will be read back, keys and all
    }
    connection.info.setdefault(_NOTED, []).append(row)


def forget(connection: Connection) -> None:
    """Drop what a transaction noted that was rolled back."""
    connection.info.pop(_NOTED, None)


def settle(connection: Connection) -> None:
    """Write what this transaction noted; nothing must be noted or locked after it."""
    noted = connection.info.pop(_NOTED, None)
    if not noted:
        return
    last, before = connection.execute(_HEAD).one()
    for row in noted:
        last += 1
        before = row["hash"] = digest(before, row["at"], row["actor"], row["action"], row["subject"], row["detail"])
        row["id"] = last
    connection.execute(_INSERT, noted)
    connection.execute(_MOVE, {"new_last": last, "new_hash": before})
