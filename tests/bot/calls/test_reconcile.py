"""Our calls beside the exchange's: what is missing on either side is named."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.calls.call import Kept, is_mobile, plain_number
from bot.calls.exchange import BadRecords, read_records
from bot.calls.reconcile import reconcile
from bot.clock import SHANGHAI

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)


def ours(name: str, minutes: int = 0, caller: str = "13800138000", reference: str = "", ended: bool = True) -> Kept:
    start = TEN + minutes * MINUTE
    end = start + MINUTE if ended else None
    return Kept(name, "sip", caller, "12348", reference, start, end, "advised", "c", "20261123-0001", ())


def csv(*rows: str) -> list[str]:
    return ["calldate,src,dst,disposition,uniqueid", *rows]


def test_by_reference_then_by_caller_and_time() -> None:
    theirs = read_records(
        csv(
            "2026-11-23 10:00:02,13800138000,12348,ANSWERED,a@x",
            "2026-11-23 10:05:20,+8613900139000,12348,ANSWERED,",
            "2026-11-23 10:06:00,13900139000,12348,NO ANSWER,",
            "2026-11-23 10:09:00,057112345678,12348,ANSWERED,lost@x",
        )
    )
    mine = [ours("1", reference="a@x"), ours("2", 5, "013900139000"), ours("3", 7, ""), ours("4", 300)]
    found = reconcile(mine, theirs, MINUTE)
    assert found.both == 2
    assert [one.id for one in found.ours_alone] == ["3"]
    assert [(one.row, one.reference) for one in found.theirs_alone] == [(5, "lost@x")]


def test_two_calls_of_one_number_are_two() -> None:
    row = "2026-11-23 10:00:0{},13800138000,12348,answered,"
    found = reconcile([ours("1")], read_records(csv(row.format(1), row.format(2))), MINUTE)
    assert (found.both, len(found.theirs_alone)) == (1, 1)


def test_a_matter_without_an_end_is_named() -> None:
    found = reconcile([ours("1", reference="a", ended=False)], read_records(csv("1795399200,1,2,OK,a")), MINUTE)
    assert [one.id for one in found.unfinished] == ["1"]


@pytest.mark.parametrize(
    "start", ["2026-11-23 10:00:00", "2026/11/23 10:00:00", "20261123100000", "2026-11-23T02:00:00Z", "1795399200"]
)
def test_times_as_exchanges_write_them(start: str) -> None:
    (record,) = read_records(["\ufeff主叫号码,开始时间", f"13800138000,{start}"])
    assert record.start == TEN


@pytest.mark.parametrize("lines", [["a,b", "1,2"], ["start", "2026-11-23 10:00:00"], ["src,start", "1,yesterday"], []])
def test_what_is_no_record_is_told(lines: list[str]) -> None:
    with pytest.raises(BadRecords):
        read_records(lines)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("+8613800138000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("013800138000", "13800138000"),
        ("0571-1234 5678", "057112345678"),
        ("", ""),
    ],
)
def test_numbers_as_they_are_dialled_here(raw: str, plain: str) -> None:
    assert plain_number(raw) == plain
    assert is_mobile(plain) == plain.startswith("1")
