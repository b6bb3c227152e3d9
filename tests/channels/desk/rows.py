"""Rows for the matrix of roles, routes and regions: whatever a path of the desk may name, in any region."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Date, Integer, LargeBinary, Table, insert, update

from bot.dialogue.engine import Part
from bot.message import parts_to_json
from bot.store import desk_schema, schema
from bot.store.call_schema import calls
from bot.store.schema import Moment, metadata

MARK = "外地才有的字样"
"""In every text of every row of a foreign region: no list may show it."""

_NUMBERS = count(1)
"""Of matters; at random, two would now and then be the same."""


@dataclass
class Rows:
    """Makes rows inside a transaction; `staff` is whose they are."""

    connection: Connection
    now: datetime
    staff: int
    region: str
    mark: str = ""
    last: tuple[str, str] = ("", "")
    """Conversation and matter made last; rows that belong to some belong to these."""
    claim: int = 0
    """And their handoff."""
    message: int = 0
    """And their first message."""

    def put(self, table: Table, **values: Any) -> dict[str, Any]:
        """A row with what is needed filled in."""
        row = {column.name: self._value(column) for column in table.columns if self._needed(column)} | values
        key = self.connection.execute(insert(table), row).inserted_primary_key
        return row | dict(zip((column.name for column in table.primary_key), key, strict=True))

    def conversation(self, state: str = "waiting", holder: int | None = None) -> str:
        """One that came to the desk, with its matter and handoff; its id."""
        name = secrets.token_hex(16)
        citizen = self.put(schema.citizens, id=secrets.token_hex(16), channel="web")["id"]
        number = f"20261123-{next(_NUMBERS):06}"
        self.put(
            schema.conversations, id=name, channel="web", citizen_id=citizen, state=state, matter=number,
            queue="general", region=self.region, claimed_by=holder, waiting_since=self.now, last_seq=1,
            help="consultation", claimed_at=self.now if holder else None, dialogue={},
        )  # fmt: skip
        self.put(
            schema.matters, number=number, conversation_id=name, citizen_id=citizen, state=state, region=self.region,
            topic="unpaid_wages", area="labour", summary={"topic": self.mark, "facts": []}, code="123456",
            title=self.mark, owner_id=holder, queue="general", code_failures=0, priority=2,
        )  # fmt: skip
        self.last = name, number
        self.claim = self.put(
            schema.claims, conversation_id=name, matter=number, kind="asked", reason=self.mark, staff_id=holder,
            queue="general", priority=2, claimed_at=self.now if holder else None,
        )["id"]  # fmt: skip
        self.message = self.put(
            schema.messages, channel="web", key=f"{name}/1", conversation_id=name, seq=1, sender="citizen",
            message_id="m1",
            parts=parts_to_json((Part("text", self.mark or "您好"),)), pending=False,
        )["id"]  # fmt: skip
        return name

    @property
    def matter(self) -> str:
        """Number of the matter of the last conversation."""
        return self.last[1]

    def _needed(self, column: Any) -> bool:
        by_itself = column.primary_key and isinstance(column.type, Integer) and not column.foreign_keys
        return not (column.nullable or column.server_default is not None or by_itself)

    def _value(self, column: Any) -> Any:
        for key in column.foreign_keys:
            target = key.column.table.name
            if target == "staff":
                return self.staff
            if target == "claims":
                return self.claim
            if target == "messages":
                return self.message
            if target == "conversations":
                return self.last[0]
            if target == "matters":
                return self.last[1]
        match column.type:
            case Moment():
                return self.now
            case Date():
                return self.now.date()
            case Boolean():
                return False
            case Integer():
                return 0
            case JSON():
                return {}
            case LargeBinary():
                return b""
            case _:
                return self.mark[: getattr(column.type, "length", None) or 40]


Maker = Callable[[Rows], dict[str, str]]
"""Makes the row that a path names; the variables of the path."""


def _conversation(rows: Rows) -> dict[str, str]:
    name = rows.conversation("human", rows.staff)
    return {"id": name, "conversation": name}


def _call(rows: Rows) -> dict[str, str]:
    name = rows.conversation("human", rows.staff)
    rows.put(calls, id=secrets.token_hex(16), conversation_id=name, caller=rows.mark)
    return {"id": name}


def _waiting(rows: Rows) -> dict[str, str]:
    return {"id": rows.conversation()}


def _matter(rows: Rows) -> dict[str, str]:
    rows.conversation("human", rows.staff)
    return {"number": rows.matter}


def _of(table: str, **values: Any) -> Maker:
    """A row of that table about a matter."""

    def make(rows: Rows) -> dict[str, str]:
        name = rows.conversation("human", rows.staff)
        found = metadata.tables[table]
        known = {key: value for key, value in values.items() if key in found.columns}
        extra = {"conversation_id": name} if "conversation_id" in found.columns else {}
        made = rows.put(found, **extra, **known)
        return {"id": str(made["id"]), "file": str(made["id"])}

    return make


def _account(rows: Rows) -> dict[str, str]:
    """An account always has regions; one of the whole country is not a region's administrator's to keep. It bears no
    mark: who the colleagues are is nobody's secret."""
    made = rows.put(
        schema.staff, name=f"甲{secrets.token_hex(6)}", password_hash="x", role="lawyer",
        regions=[rows.region or "4401"],
    )  # fmt: skip
    return {"id": str(made["id"])}


def _upload(rows: Rows) -> dict[str, str]:
    rows.conversation("human", rows.staff)
    digest = secrets.token_hex(32)
    rows.put(desk_schema.file_contents, sha256=digest, content=b"%PDF-1.4")
    files = desk_schema.files
    values = {
        "id": secrets.token_hex(16),
        "conversation_id": rows.last[0],
        "sha256": digest,
        "name": f"{rows.mark}.pdf",
    }
    kept = {key: value for key, value in values.items() if key in files.columns}
    return {"file": str(rows.put(files, **kept, kind="pdf", size=8)["id"])}


OF_REGIONS: dict[str, Maker] = {
    "/desk/api/conversations/{id}/claim": _waiting,
    "/desk/api/conversations/{id}/call": _call,
    "/desk/api/conversations/{id}/recordings": _call,
    "/desk/api/conversations/{id}": _conversation,
    "/desk/c/{conversation}": _conversation,
    "/desk/api/matters/{number}": _matter,
    "/desk/matters/{number}": _matter,
    "/desk/api/files/{file}": _upload,
    "/desk/api/callbacks/{id}": _of("callbacks", state="open", reason="dissatisfied", queue="general"),
    "/desk/api/dead-letters/{id}": _of("outbox", channel="wechat", state="dead"),
    "/desk/api/reviews/{id}": _of("reviews", state="drawn", kind="person", points={}),
    "/desk/reviews/{id}": _of("reviews", state="scored", kind="person", points={}),
    "/desk/api/referrals/{id}": _of("referrals", kind="mediation", state="sent"),
    "/desk/api/applications/{id}": _of("applications", kind="legal_aid", state="submitted", summary={}),
    "/desk/api/accounts/{id}": _account,
}
"""Beginning of a path → what makes its row; the longest that fits counts."""

EVERYWHERE = (
    "/desk/topics/{id}", "/desk/api/topics/{id}", "/desk/api/proposals/{id}", "/desk/api/roster/shifts/{id}",
    "/desk/api/roster/swaps/{id}", "/desk/api/canned/{number}", "/desk/api/filters/{id}",
    "/desk/api/me/sessions/{key}", "/desk/api/days-off/{day}",
)  # fmt: skip
"""Paths that name what belongs to no region: topics, the roster, what is one's own."""


def hold(connection: Connection, staff: int, region: str, now: datetime) -> None:
    """Nothing is left in the seat's hands, so that the next row finds room."""
    held = schema.conversations
    connection.execute(
        update(held).where(held.c.claimed_by == staff).values(state="closed", claimed_by=None, updated_at=now)
    )
    connection.execute(
        update(held).where(held.c.state == "waiting").values(state="closed", updated_at=now + timedelta(0))
    )
