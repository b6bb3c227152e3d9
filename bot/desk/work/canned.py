"""Replies that are said often: kept under a shortcut, filled from the case, never sent by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.clock import Clock
from bot.desk.refused import Refused
from bot.desk.rights import may
from bot.desk.seat import Seat
from bot.message import BadMessage, clean_text

VARIABLES = {
    "坐席": "您的称呼",
    "事项": "事项编号",
    "主题": "咨询的主题",
    "期限": "最近的期限",
    "今天": "今天的日期",
    "热线": "12348",
}
"""Each variable and what stands in its place. The citizen's name is none: we do not know it."""
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_SHORTCUT = re.compile(r"[a-z0-9\u4e00-\u9fff]{1,16}")
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Canned:
    """One of them."""

    id: int
    shortcut: str
    """Typed as /shortcut."""
    title: str
    text: str
    area: str
    """Of law; "" for any."""
    owner: int | None
    """Whose it is; None is everybody's."""
    uses: int


@dataclass(frozen=True, slots=True)
class NewCanned:
    """One to be kept."""

    shortcut: str
    title: str
    text: str
    area: str
    everybody: bool


class CannedRecords(Protocol):
    """Their storage; every change is one transaction, audit row included."""

    async def of(self, seat: Seat) -> Sequence[Canned]:
        """Everybody's and the seat's own, the most used first."""
        ...

    async def put(self, seat: Seat, id: int | None, new: NewCanned, now: datetime) -> Canned | None:
        """Make one, or change the one with `id`. None: no such one of the seat. Raises Refused: shortcut taken."""
        ...

    async def remove(self, seat: Seat, id: int, now: datetime) -> bool:
        """Away with one of the seat's own, or of everybody's where it has the right; False when there is none such."""
        ...

    async def used(self, seat: Seat, id: int) -> None:
        """Count a use."""
        ...


class CannedReplies:
    """What a seat sees and changes."""

    def __init__(self, records: CannedRecords, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    async def of(self, seat: Seat) -> Sequence[Canned]:
        """Everybody's and one's own; one's own hides everybody's of the same shortcut."""
        found = await self._records.of(seat)
        own = {one.shortcut for one in found if one.owner is not None}
        return [one for one in found if one.owner is not None or one.shortcut not in own]

    async def all(self, seat: Seat) -> Sequence[Canned]:
        """Those the seat may look after, none hidden."""
        return await self._records.of(seat)

    async def put(self, seat: Seat, id: int | None, new: NewCanned) -> Canned:
        """Keep one. Raises Refused and BadMessage."""
        _check(seat, new.everybody)
        kept = await self._records.put(seat, id, _checked(new), self._clock.now())
        if kept is None:
            raise Refused("unknown_canned", "没有这条常用语，或者它不是您的。")
        return kept

    async def remove(self, seat: Seat, id: int) -> None:
        """Away with one. Raises Refused when it is not the seat's to remove."""
        if not await self._records.remove(seat, id, self._clock.now()):
            raise Refused("unknown_canned", "没有这条常用语，或者它不是您的。")

    async def used(self, seat: Seat, id: int) -> None:
        """It was put into an answer."""
        await self._records.used(seat, id)


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with what is known in place of its variables; what is not stays in braces, which a reply is warned of."""
    return _VARIABLE.sub(lambda found: values.get(found[1]) or found[0], text)


def values_of(seat: Seat, matter: str, topic: str, summary: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """What stands in place of the variables in one case."""
    deadlines = summary.get("deadlines") or []
    return {
        "坐席": seat.called,
        "事项": matter,
        "主题": str(summary.get("topic") or topic),
        "期限": str(deadlines[0]) if deadlines else "",
        "今天": f"{now.year}年{now.month}月{now.day}日",
        "热线": "12348",
    }


def _check(seat: Seat, everybody: bool) -> None:
    if everybody and not may(seat, "settings"):
        raise Refused("no_right", "大家共用的常用语由主管或管理员修改。")


def _checked(new: NewCanned) -> NewCanned:
    shortcut = new.shortcut.strip().lstrip("/").lower()
    if not _SHORTCUT.fullmatch(shortcut):
        raise BadMessage("bad_shortcut", "快捷码请用 1 至 16 个小写字母、数字或汉字，例如 nihao。")
    text = clean_text(new.text, LONGEST)
    unknown = [name for name in _VARIABLE.findall(text) if name not in VARIABLES]
    if unknown:
        known = "、".join(f"{{{name}}}" for name in VARIABLES)
        raise BadMessage("unknown_variable", f"没有“{{{unknown[0]}}}”这个变量。可以用的有：{known}。")
    return NewCanned(shortcut, clean_text(new.title, 60), text, new.area.strip()[:32], new.everybody)
