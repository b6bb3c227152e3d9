"""Reads rosters from CSV and iCalendar files, line by line, and says what could not be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import icalendar
import recurring_ical_events

from bot.clock import SHANGHAI
from bot.desk.seat import TIERS

COLUMNS = {"account": ("账号", "account"), "starts": ("开始", "start"), "ends": ("结束", "end"),
           "area": ("领域", "area"), "tier": ("席别", "tier")}  # fmt: skip
"""Each column under the names a file may give it; area and tier may be absent."""
MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
_TIER_NAMES = {name: tier for tier, name in TIERS.items()} | {tier: tier for tier in TIERS} | {"": "general"}
_FORMS = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M", "%Y年%m月%d日 %H:%M", "%Y.%m.%d %H:%M")


class RosterFileError(ValueError):
    """The file as a whole cannot be read; the message says why (Simplified Chinese)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One shift as the file tells it."""

    line: int
    """Of the file; for a calendar, the place of the entry."""
    account: str
    starts: datetime
    ends: datetime
    area: str
    tier: str
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """One line that is no shift."""

    line: int
    why: str


def read_csv(content: bytes) -> tuple[list[Row], list[Unread]]:
    """Shifts and what was refused. UTF-8 or GB18030; a comma, semicolon or tab between. Raises RosterFileError."""
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t，", key=first.count)
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = [cell.strip().lower() for cell in next(lines, [])]
    where = {
        key: next((header.index(name) for name in names if name in header), None) for key, names in COLUMNS.items()
    }
    if missing := [COLUMNS[key][0] for key in ("account", "starts", "ends") if where[key] is None]:
        raise RosterFileError(f"第一行缺少这些列：{'、'.join(missing)}。")
    rows: list[Row] = []
    unread: list[Unread] = []
    for line, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if line > MOST_ROWS:
            raise RosterFileError(f"一次最多导入 {MOST_ROWS} 行，请分成几个文件。")
        told = {key: cells[at].strip() if at is not None and at < len(cells) else "" for key, at in where.items()}
        try:
            rows.append(_row(line, told))
        except ValueError as error:
            unread.append(Unread(line, str(error)))
    return rows, unread


def read_calendar(content: bytes, first: date, days: int) -> tuple[list[Row], list[Unread]]:
    """Shifts of an iCalendar file within `days` from `first`, recurring ones unfolded. Raises RosterFileError.

    Who it is for stands in the summary: the account, and behind a slash the tier: `zhou` or `zhou/专业席`.
    """
    if len(content) > MOST_BYTES:
        raise RosterFileError("文件太大。")
    try:
        calendar = icalendar.Calendar.from_ical(content)
        events = recurring_ical_events.of(calendar).between(first, first + timedelta(days=days))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise RosterFileError(f"这不是能读的日历文件（iCalendar）：{type(error).__name__}。") from None
    rows: list[Row] = []
    unread: list[Unread] = []
    for place, event in enumerate(sorted(events, key=lambda one: str(one.get("UID", "")) + str(one["DTSTART"].dt)), 1):
        if place > MOST_ROWS:
            raise RosterFileError(f"一次最多导入 {MOST_ROWS} 个班。")
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        try:
            rows.append(_entry(place, event))
        except ValueError as error:
            unread.append(Unread(place, str(error)))
    return rows, unread


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise RosterFileError("文件太大。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise RosterFileError("文件的编码认不出来，请存成 UTF-8 的 CSV。")


def _row(line: int, told: Mapping[str, str]) -> Row:
    if not told["account"]:
        raise ValueError("没有写账号")
    starts = _moment(told["starts"], None)
    ends = _moment(told["ends"], starts)
    return Row(line, told["account"], starts, ends, told["area"], _tier(told["tier"]))


def _moment(text: str, after: datetime | None) -> datetime:
    """A day with a time, or only the time of the day that the shift started, then perhaps of the next."""
    for form in _FORMS:
        try:
            return datetime.strptime(" ".join(text.split()), form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
    if after is not None:
        try:
            at = datetime.combine(after.date(), time.fromisoformat(text.zfill(5)), SHANGHAI)
        except ValueError:
            pass
        else:
            return at if at > after else at + timedelta(days=1)
    raise ValueError(f"时间“{text[:20]}”读不出来，应写成 2026-12-01 09:00")


def _tier(text: str) -> str:
    tier = _TIER_NAMES.get(text.strip())
    if tier is None:
        raise ValueError(f"席别“{text[:10]}”应为{'、'.join(TIERS.values())}之一")
    return tier


def _entry(place: int, event: Any) -> Row:
    account, _, tier = str(event.get("SUMMARY", "")).partition("/")
    if not account.strip():
        raise ValueError("标题里没有写账号")
    starts, ends = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
    if not isinstance(starts, datetime) or not isinstance(ends, datetime):
        raise ValueError("全天的日程没有上下班时间，没有导入")
    local = [one.astimezone(SHANGHAI) if one.tzinfo else one.replace(tzinfo=SHANGHAI) for one in (starts, ends)]
    uid = f"{event.get('UID', '')}@{starts.isoformat()}"[:120]
    area = str(event.get("CATEGORIES", "") and event["CATEGORIES"].to_ical().decode()).strip()
    return Row(place, account.strip(), local[0], local[1], area, _tier(tier), uid)
