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


@pytest.mark.parametrize(
    ("said", "low", "value", "high"),
    [
        ("好几个月", "3", "6", "9"),
        ("几个月", "2", "5", "9"),
        ("没几个月", "1", "3", "5"),
        ("数月", "2", "5", "9"),
        ("好几年", "36", "72", "108"),
        ("几年了", "24", "60", "108"),
        ("好多年", "48", "96", "180"),
        ("半年多", "6", "6", "9"),
        ("小半年", "3", "4.5", "6"),
        ("大半年", "6", "8.5", "11"),
        ("多半年了", "6", "8.5", "11"),
        ("一年到头", "10", "11", "12"),
        ("快一年", "11", "11.5", "12"),
        ("快两年了", "22", "23", "24"),
        ("将近三年", "33", "34.5", "36"),
        ("小一年", "9.6", "10.8", "12"),
        ("一年不到", "9.6", "10.8", "12"),
        ("不到半年", "4.8", "5.4", "6"),
        ("差不多一年", "10.8", "12", "13.2"),
        ("一年半载", "6", "9", "12"),
        ("三年五载", "36", "48", "60"),
        ("半个来月", "0.45", "0.5", "0.6"),
        ("大半个月", "0.5", "0.7", "0.9"),
        ("个把月", "1", "1", "2"),
        ("俩仨月", "2", "2.5", "3"),
        ("十几年", "132", "180", "228"),
    ],
)
def test_round_lengths_keep_their_range(said: str, low: str, value: str, high: str) -> None:
    (duration,) = find_durations(said)
    assert duration.months is not None
    assert isinstance(duration.value, Decimal)
    assert isinstance(duration.low, Decimal)
    assert isinstance(duration.high, Decimal)
    assert round(duration.months, 3) == Decimal(value)
    factor = duration.value / duration.months
    assert round(duration.low / factor, 3) == Decimal(low)
    assert round(duration.high / factor, 3) == Decimal(high)


@pytest.mark.parametrize(
    ("said", "low", "value", "high"),
    [
        ("几天", "2", "5", "9"),
        ("好几天", "3", "6", "9"),
        ("没几天", "1", "3", "5"),
        ("好些天", "5", "10", "30"),
        ("十来天", "9", "10", "15"),
        ("三两天", "2", "2.5", "3"),
        ("三五天", "3", "4", "5"),
        ("十天半个月", "10", "12", "15"),
        ("几个礼拜", "14", "35", "63"),
        ("二十多天", "20", "20", "30"),
        ("几十天", "20", "55", "90"),
    ],
)
def test_round_days_keep_their_range(said: str, low: str, value: str, high: str) -> None:
    (duration,) = find_durations(said)
    assert (duration.low, duration.value, duration.high) == (Decimal(low), Decimal(value), Decimal(high))


@pytest.mark.parametrize("said", ["那几个月", "多半年底还", "头几天"])
def test_words_around_a_few_may_name_no_length(said: str) -> None:
    assert find_durations(said) == []


@pytest.mark.parametrize("said", ["最近一年", "签约一年"])
def test_recent_is_not_nearly(said: str) -> None:
    (duration,) = find_durations(said)
    assert duration.low is None


def test_how_often_a_sum_is_paid_does_not_lengthen_what_stands_before() -> None:
    (years, _) = find_durations("干了两年多 一个月5500")
    assert years.text == "两年多"
    assert [one.text for one in find_durations("干了一年一个月")] == ["一年一个月"]


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("差两个月满三年", "34"),
        ("还差两个月就三年了", "34"),
        ("差一个月到一年", "11"),
        ("差半年三年", "30"),
    ],
)
def test_what_is_missing_is_taken_off(said: str, months: str) -> None:
    (entity,) = find_durations(said)
    assert entity.months == Decimal(months)


def test_what_is_owed_for_long_is_not_taken_off() -> None:
    assert [one.months for one in find_durations("差我两个月工资，三年了")] == [Decimal(2), Decimal(36)]


@pytest.mark.parametrize("said", ["一天没休过", "一天都没休", "一天也没歇", "一天都不放假"])
def test_not_a_day_is_none(said: str) -> None:
    assert find_durations(said) == []


@pytest.mark.parametrize("said", ["一天没去", "一天都不到", "休了一天", "一天不给钱"])
def test_a_day_is_one(said: str) -> None:
    (entity,) = find_durations(said)
    assert entity.text.startswith("一天")
