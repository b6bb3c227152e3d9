"""Call records as exchanges write them: CSV whose columns have whatever names they have."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.calls.call import plain_number
from bot.clock import SHANGHAI

_NAMES: dict[str, tuple[str, ...]] = {
    "reference": (
        "reference",
        "call_id",
        "callid",
        "call-id",
        "sip_call_id",
        "uniqueid",
        "uuid",
        "呼叫标识",
        "通话标识",
    ),
    "caller": ("caller", "src", "from", "caller_id_number", "calling_number", "主叫", "主叫号码", "来电号码"),
    "start": ("started", "start", "start_stamp", "start_time", "calldate", "answer_stamp", "开始时间", "呼叫时间"),
    "disposition": ("disposition", "result", "状态", "接通情况"),
}
_TAKEN = ("answered", "answer", "ok", "已接通", "接通", "normal_clearing")
_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y%m%d%H%M%S")


class BadRecords(ValueError):
    """The file cannot be read as call records; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Record:
    """One call as the exchange saw it."""

    row: int
    reference: str
    caller: str
    """As it is dialled here."""
    start: datetime


def read_records(lines: Iterable[str]) -> list[Record]:
    """Those that were answered. Times without a zone are Shanghai's, whole numbers are seconds since 1970.

    Raises BadRecords.
    """
    reader = csv.DictReader(lines)
    columns = {name: _column(reader.fieldnames or (), known) for name, known in _NAMES.items()}
    if not columns["start"] or not (columns["reference"] or columns["caller"]):
        raise BadRecords(
            "the first line must name the columns: a start time, and the call's reference or the caller "
            f"(as {', '.join(known[0] for known in _NAMES.values())})"
        )

    def told(row: dict[str, str], name: str) -> str:
        return (row.get(columns[name]) or "").strip() if columns[name] else ""

    found = []
    for number, row in enumerate(reader, 2):
        if columns["disposition"] and told(row, "disposition").lower() not in _TAKEN:
            continue
        found.append(
            Record(
                number,
                told(row, "reference"),
                plain_number(told(row, "caller")),
                _moment(told(row, "start"), number),
            )
        )
    return found


def _column(names: Sequence[str], known: Sequence[str]) -> str:
    plain = {name.strip().lower().lstrip("\ufeff"): name for name in names}
    return next((plain[one] for one in known if one in plain), "")


def _moment(text: str, row: int) -> datetime:
    if text.replace(".", "", 1).isdigit() and len(text.partition(".")[0]) <= 11:
        return datetime.fromtimestamp(float(text), UTC).astimezone(SHANGHAI)
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise BadRecords(f"row {row}: {text[:40]!r} is no start time, as 2026-11-23 10:00:00") from None
    return read if read.tzinfo is not None else read.replace(tzinfo=SHANGHAI)
