"""The audit trail as auditors read it: searched, exported, and its chain proved."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.clock import Clock
from bot.desk.chain import Entry, Fault
from bot.desk.seat import Seat
from bot.desk.trail_words import action_name

PAGE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows; "" and None leave a condition out."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    """An id; the number of a matter stands for its conversations too."""
    since: date | None = None
    until: date | None = None
    """The last day, itself included; days are those of Shanghai."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What walking the whole chain found."""

    proved: int
    """Rows that follow on the one before, up to the fault."""
    older: int
    """Rows of before there was a chain: there is nothing to prove them by."""
    last: int
    hash: str
    """Of the newest row. Noted down elsewhere, it proves later that nothing up to it was written anew."""
    fault: Fault | None


class TrailRecords(Protocol):
    """The storage of the trail; nothing in it can be changed."""

    async def entries(self, wanted: Wanted, seat: Seat, limit: int, below: int | None) -> list[Entry]:
        """Newest first, with ids under `below`; nothing about conversations and matters of foreign regions."""
        ...

    async def upward(self, wanted: Wanted, seat: Seat | None, limit: int, above: int) -> list[Entry]:
        """Oldest first, with ids over `above`; None is the command line."""
        ...

    async def actions(self) -> list[str]:
        """Every action that was ever noted."""
        ...

    async def people(self) -> dict[int, str]:
        """Names of all accounts by id, disabled ones too."""
        ...

    async def prove(self, known: tuple[int, str] | None = None) -> Proof:
        """Walk the chain. `known`: id and hash of a row as they were noted down elsewhere."""
        ...

    async def noted(self, actor: str, action: str, subject: str, detail: Mapping[str, object], clock: Clock) -> None:
        """One row about the trail itself."""
        ...


class Trail:
    """What an auditor can do; each look is noted too."""

    def __init__(self, records: TrailRecords, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    async def look(self, seat: Seat, wanted: Wanted, below: int | None = None) -> list[Entry]:
        """One page, newest first."""
        found = await self._records.entries(wanted, seat, PAGE, below)
        await self._note(f"staff:{seat.id}", "audit_viewed", wanted)
        return found

    async def actions(self) -> list[str]:
        """Every action that was ever noted."""
        return await self._records.actions()

    async def people(self) -> dict[int, str]:
        """Names of all accounts by id."""
        return await self._records.people()

    async def prove(self, seat: Seat | None = None, known: tuple[int, str] | None = None) -> Proof:
        """Walk the whole chain."""
        proof = await self._records.prove(known)
        fault = None if proof.fault is None else [proof.fault.kind, proof.fault.row]
        await self._records.noted(
            "cli" if seat is None else f"staff:{seat.id}", "audit_proved", "audit", {"fault": fault}, self._clock
        )
        return proof

    async def export(self, wanted: Wanted, seat: Seat | None = None) -> AsyncIterator[str]:
        """Rows as lines of JSON, oldest first; that they are taken out is noted before the first."""
        await self._note("cli" if seat is None else f"staff:{seat.id}", "audit_exported", wanted)
        return self._lines(wanted, seat)

    async def _lines(self, wanted: Wanted, seat: Seat | None) -> AsyncIterator[str]:
        names, above = await self._records.people(), -(2**62)
        while found := await self._records.upward(wanted, seat, 1000, above):
            for entry in found:
                yield line(entry, names)
            above = found[-1].id

    async def _note(self, actor: str, action: str, wanted: Wanted) -> None:
        asked = {
            name: value.isoformat() if isinstance(value, date) else value
            for name in Wanted.__slots__
            if (value := getattr(wanted, name))
        }
        await self._records.noted(actor, action, "audit", asked, self._clock)


def line(entry: Entry, names: Mapping[int, str]) -> str:
    """One row as a line of JSON."""
    said = {
        "id": entry.id,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "name": actor_name(entry.actor, names),
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "hash": entry.hash,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


ACTORS = {
    "cli": "命令行",
    "citizen": "来访人",
    "nobody": "没有登录的人",
    "service": "系统",
    "system": "系统",
    "telephone": "电话系统",
}


def actor_name(actor: str, names: Mapping[int, str]) -> str:
    """Who "staff:3" is."""
    kind, _, number = actor.partition(":")
    if kind == "staff" and number.isdigit():
        return names.get(int(number), "")
    return ACTORS.get(kind, "")


_ON_ACCOUNTS = frozenset(("login", "login_failed", "login_linked", "logout", "sessions_ended"))


def subject_name(entry: Entry, names: Mapping[int, str]) -> str:
    """What a row is about: the account's name where that is what its number means."""
    about = entry.action in _ON_ACCOUNTS or entry.action.startswith(("staff_", "factor_", "password_"))
    return names.get(int(entry.subject), entry.subject) if about and entry.subject.isdigit() else entry.subject


def kinds(found: Sequence[str]) -> list[tuple[str, str]]:
    """Actions with their names in Simplified Chinese, those known first."""
    return sorted(((one, action_name(one)) for one in found), key=lambda pair: (pair[0] == pair[1], pair[1]))
