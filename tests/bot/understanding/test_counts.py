"""How many."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.understanding.counts import find_counts


@pytest.mark.parametrize("said", ["拨了110报的", "96110打了", "打了12345", "12348让我找你们", "打122了", "119来了"])
def test_a_telephone_number_that_was_called_counts_nothing(said: str) -> None:
    assert find_counts(said) == []


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("十几个人", "15", "个"),
        ("打了两次", "2", "次"),
        ("孩子5岁", "5", "岁"),
        ("100多人", "100", "人"),
        ("8000", "8000", ""),
        ("三", "3", ""),
        ("就三次", "3", "次"),
        ("一百一十个", "110", "个"),
        ("一千一百人", "1100", "人"),
    ],
)
def test_reads_counts(said: str, value: str, unit: str) -> None:
    (count,) = find_counts(said)
    assert (count.value, count.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("said", ["一下", "三个月", "第3次", "v2", "两年", "一起"])
def test_other_numbers_are_not_counted(said: str) -> None:
    assert find_counts(said) == []


def test_some_is_no_number() -> None:
    assert find_counts("兄弟几个都不管") == []
