"""Rosters from files: every spelling people use, and each bad line named."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SHANGHAI
from bot.desk.roster.files import RosterFileError, read_calendar, read_csv

GOOD = "账号,开始,结束,席别,领域\nzhou,2026-12-01 09:00,2026-12-01 17:00,专业席,labour\nwu,2026/12/01 22:00,06:00,,\n"
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:weekly@test
SUMMARY:zhou/专业席
CATEGORIES:labour
DTSTART;TZID=Asia/Shanghai:20261201T090000
DTEND;TZID=Asia/Shanghai:20261201T170000
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE;TZID=Asia/Shanghai:20261208T090000
END:VEVENT
BEGIN:VEVENT
UID:utc@test
SUMMARY:wu
DTSTART:20261202T010000Z
DTEND:20261202T090000Z
END:VEVENT
BEGIN:VEVENT
UID:gone@test
SUMMARY:wu
STATUS:CANCELLED
DTSTART:20261203T010000Z
DTEND:20261203T090000Z
END:VEVENT
BEGIN:VEVENT
UID:day@test
SUMMARY:wu
DTSTART;VALUE=DATE:20261204
DTEND;VALUE=DATE:20261205
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=SHANGHAI)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_a_csv_is_read(encoding: str, delimiter: str) -> None:
    rows, unread = read_csv(GOOD.replace(",", delimiter).encode(encoding))
    assert unread == []
    assert [(row.account, row.starts, row.ends, row.tier, row.area) for row in rows] == [
        ("zhou", at(1, 9), at(1, 17), "professional", "labour"),
        ("wu", at(1, 22), at(2, 6), "general", ""),
    ]


def test_bad_lines_are_named_and_the_others_read() -> None:
    nobody, words, hour = ",2026-12-01 09:00,2026-12-01 17:00,,", "zhou,明天,后天,,", "zhou,2026-12-01 09:00,17点,,"
    text = "\n".join((GOOD, nobody, words, hour, "zhou,2026-12-02 09:00,17:00,总裁席,"))
    rows, unread = read_csv(text.encode())
    assert len(rows) == 2
    assert [(one.line, one.why[:4]) for one in unread] == [
        (5, "没有写账"),
        (6, "时间“明"),
        (7, "时间“1"),
        (8, "席别“总"),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00\x01", "姓名,日期\n周,1".encode(), b"\x00" * 50, b"a" * 2_000_001]
)
def test_a_file_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(RosterFileError):
        read_csv(content)


def test_a_calendar_is_unfolded() -> None:
    rows, unread = read_calendar(CALENDAR.encode(), date(2026, 12, 1), 60)
    assert sorted((row.account, row.starts, row.ends, row.tier, row.area) for row in rows) == [
        ("wu", at(2, 9), at(2, 17), "general", ""),
        ("zhou", at(1, 9), at(1, 17), "professional", "labour"),
        ("zhou", at(15, 9), at(15, 17), "professional", "labour"),
    ]
    assert len({row.uid for row in rows}) == 3
    assert ["全天" in one.why for one in unread] == [True]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_roster_or_refused(content: bytes) -> None:
    for read in (read_csv, lambda given: read_calendar(given, date(2026, 12, 1), 30)):
        try:
            rows, unread = read(content)
        except RosterFileError:
            continue
        assert isinstance(rows, list)
        assert isinstance(unread, list)
