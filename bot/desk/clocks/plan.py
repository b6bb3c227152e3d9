"""A year's plan of days off as it is pasted: one day or stretch of days a line, from a table or a notice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MOST_DAYS = 400
"""More than a year has: a slip of the year in a stretch would else fill the table."""
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_WORKS = {"放假": False, "休": False, "休息": False, "off": False, "上班": True, "班": True, "补班": True, "work": True}


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be read."""

    line: int
    why: str
    """Simplified Chinese."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What was read: each day, whether it is worked."""

    days: Mapping[date, bool]
    refused: tuple[BadLine, ...]


def read_plan(text: str) -> Plan:
    """Lines of 「日期，放假」 or 「第一天，最后一天，上班」; commas, tabs and semicolons part alike.

    Empty lines and the names of columns are passed over. A day that stands twice with another meaning is refused the
    second time.
    """
    days: dict[date, bool] = {}
    refused: list[BadLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in re.split(r"[,，;；、\t]", line.strip().lstrip("\ufeff")) if cell.strip()]
        if not cells or (number == 1 and not _DAY.match(cells[0])):
            continue  # nothing, or the names of the columns
        found = _line(cells)
        if isinstance(found, str):
            refused.append(BadLine(number, found))
        elif any(days.get(day, works) is not works for day, works in found.items()):
            refused.append(BadLine(number, "有一天前面已经写过，一处放假，一处上班。"))
        elif len(days) + len(found) > MOST_DAYS:
            refused.append(BadLine(number, f"一次最多录入 {MOST_DAYS} 天。"))
        else:
            days |= found
    return Plan(days, tuple(refused))


def _line(cells: list[str]) -> dict[date, bool] | str:
    """The days of one line, or what is wrong with it."""
    works = _WORKS.get(cells[-1].lower())
    if works is None or len(cells) not in (2, 3):
        return "每行写：日期，放假（或上班）；连着几天写：第一天，最后一天，放假（或上班）。"
    ends = [_day(cell) for cell in cells[:-1]]
    first, last = ends[0], ends[-1]
    if first is None or last is None:
        return "日期看不懂，请写成 2027-02-06。"
    if not 0 <= (last - first).days < MOST_DAYS:
        return "最后一天应当不早于第一天，并且在一年以内。"
    return {first + timedelta(days=ahead): works for ahead in range((last - first).days + 1)}


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return None if found is None else date(*(int(one) for one in found.groups()))
    except ValueError:
        return None
