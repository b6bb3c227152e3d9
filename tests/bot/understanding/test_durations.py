"""Lengths of time."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.understanding.durations import find_durations


@pytest.mark.parametrize(
    ("said", "months", "unit"),
    [
        ("俩月", "2", "months"),
        ("仨月", "3", "months"),
        ("三年多", "36", "years"),
        ("干了三年", "36", "years"),
        ("半年", "6", "years"),
        ("一年半", "18", "years"),
        ("一年零三个月", "15", "years"),
        ("3年2个月", "38", "years"),
        ("两个半月", "2.5", "months"),
        ("18个月", "18", "months"),
        ("半个月", "0.5", "months"),
        ("三四个月", "3.5", "months"),
        ("三到五年", "48", "years"),
        ("24年", "288", "years"),
        ("一两年", "18", "years"),
        ("两个来月", "2", "months"),
    ],
)
def test_reads_months_and_years(said: str, months: str, unit: str) -> None:
    (duration,) = find_durations(said)
    assert duration.months == Decimal(months)
    assert duration.unit == unit


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("十来天", "10"),
        ("两周", "14"),
        ("20天左右", "20"),
        ("一个月零五天", "35"),
        ("12个小时", "0.5"),
        ("六十天", "60"),
    ],
)
def test_reads_days(said: str, days: str) -> None:
    (duration,) = find_durations(said)
    assert isinstance(duration.value, Decimal)
    assert round(duration.value, 6) == Decimal(days)


def test_more_than_is_a_range_upwards() -> None:
    (duration,) = find_durations("三年多")
    assert (duration.low, duration.high) == (Decimal(1095), Decimal(1460))


@pytest.mark.parametrize("said", ["3月", "三月", "2024年", "24年五月", "二三年入职", "第三天", "年级", "三年级"])
def test_dates_and_ordinals_are_no_durations(said: str) -> None:
    assert find_durations(said) == []
