"""The chain of the audit trail: each row's hash covers what it says and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

START = ""
"""What stands before the first row."""

_KINDS = {
    "changed": "内容被改过（或者它前面有记录被抽走、编号重排过）",
    "deleted": "被删除了",
    "inserted": "是后来塞进来的",
    "reordered": "被调换过位置",
    "cut": "从这一条起，末尾的记录不见了",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the trail."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    hash: str
    """"" for rows of before there was a chain."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the newest row should be."""

    first: int
    """Id of the first row in the chain; older rows have no hash."""
    last: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place at which the chain does not hold."""

    kind: Literal["changed", "deleted", "inserted", "reordered", "cut"]
    row: int

    @property
    def text(self) -> str:
        """In Simplified Chinese."""
        return f"第 {self.row} 条{_KINDS[self.kind]}。"


def digest(before: str, at: datetime, actor: str, action: str, subject: str, detail: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a row and the hash before it."""
    said = {
        "action": action,
        "actor": actor,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "before": before,
        "detail": detail,
        "subject": subject,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def follows(row: Entry, before: str) -> bool:
    """Whether the row says what its hash says, after `before`."""
    return row.hash == digest(before, row.at, row.actor, row.action, row.subject, row.detail)


class Walk:
    """Goes along the rows in the order of their ids; `broken` is the first that does not follow on the one before."""

    def __init__(self, head: Head) -> None:
        self._head = head
        self.older = 0
        """Rows of before the chain."""
        self.proved = 0
        self.before = START
        self.broken: Entry | None = None
        self.following: Entry | None = None
        """The row after the broken one."""
        self.fault: Fault | None = None
        """Where what is wrong shows already."""

    def take(self, rows: Iterable[Entry]) -> bool:
        """Whether to go on."""
        for row in rows:
            if self.broken is not None:
                self.following = row
                return False
            if row.id < self._head.first:
                if row.hash or row.id < 1:  # ids have always been counted from 1
                    self.fault = Fault("inserted", row.id)
                    return False
                self.older += 1
            elif row.id != self._expected:
                self.fault = Fault("deleted", self._expected)
                return False
            elif follows(row, self.before):
                self.proved += 1
                self.before = row.hash
            else:
                self.broken = row
        return True

    @property
    def _expected(self) -> int:
        return self._head.first + self.proved

    def end(self, newest: int, last: int) -> Fault | None:
        """The fault, after all rows up to the head were taken and none broke. `newest`: the highest id of all rows;
        `last`: the id in the head, read at the same moment."""
        if self.fault is not None:
            return self.fault
        if self._expected <= self._head.last:
            return Fault("cut", self._expected)
        if self.before != self._head.hash:
            return Fault("changed", self._head.last)
        return Fault("inserted", last + 1) if newest > last else None


def explain(walk: Walk, hashes: Iterator[tuple[int, str]]) -> Fault:
    """What was done to the broken row, as far as rows tell. `hashes`: of all rows in the chain, by id."""
    row, following = walk.broken, walk.following
    assert row is not None
    if follows(row, START):
        return Fault("inserted", row.id - walk.proved)
    for number, known in hashes:
        if follows(row, known):  # it stood after that one
            return Fault("reordered", row.id) if number >= row.id else Fault("inserted", number + 1)
    if following is not None and follows(following, walk.before):
        return Fault("inserted", row.id)
    return Fault("changed", row.id)


def as_known(text: str) -> tuple[int, str]:
    """ "12034:ab12…" as id and hash. ValueError for anything else."""
    number, _, mark = text.strip().partition(":")
    if not number.isdigit() or len(mark) != 64 or set(mark) - set("0123456789abcdef"):
        raise ValueError("expected NUMBER:HASH, as `faxian audit verify` prints them")
    return int(number), mark
