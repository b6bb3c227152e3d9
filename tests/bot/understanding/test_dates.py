"""Dates, by the calendar and counted from today."""

from __future__ import annotations

from datetime import date

import pytest
from chinese_calendar.constants import holidays
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.dates import find_dates
from bot.understanding.festivals import festival_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("昨天", "2026-11-22"),
        ("大前天", "2026-11-20"),
        ("上周五", "2026-11-20"),
        ("上个月二十贴的", "2026-10-20"),
        ("下周三", "2026-12-02"),
        ("周五", "2026-11-20"),
        ("2024年5月1号", "2024-05-01"),
        ("2024-05-01", "2024-05-01"),
        ("2024.5.1", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("5月20日", "2026-05-20"),
        ("12月25号", "2025-12-25"),
        ("12月3号开庭", "2026-12-03"),
        ("去年的三月五号", "2025-03-05"),
        ("三月十五", "2026-03-15"),
        ("三月十五入职的", "2026-03-15"),
        ("三月十五，老板欠我钱", "2026-03-15"),
        ("去年十一月二十", "2025-11-20"),
        ("2025年五月三十一", "2025-05-31"),
        ("5月20公司辞退我", "2026-05-20"),
        ("下个月10号", "2026-12-10"),
        ("本月5号", "2026-11-05"),
        ("15号", "2026-11-15"),
        ("十天前", "2026-11-13"),
        ("大年三十", "2026-02-16"),
        ("2020年中秋", "2020-10-01"),
    ],
)
def test_days(said: str, day: str) -> None:
    found = find_dates(said, TODAY)
    assert [(entity.value, entity.low) for entity in found] == [(date.fromisoformat(day), None)]


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("去年", "2025-01-01", "2025-12-31"),
        ("前年", "2024-01-01", "2024-12-31"),
        ("今年3月", "2026-03-01", "2026-03-31"),
        ("上个月", "2026-10-01", "2026-10-31"),
        ("上个月初", "2026-10-01", "2026-10-10"),
        ("24年五月", "2024-05-01", "2024-05-31"),
        ("二零二三年十二月", "2023-12-01", "2023-12-31"),
        ("去年中秋前后", "2025-09-29", "2025-10-13"),
        ("国庆", "2026-10-01", "2026-10-07"),
        ("年底", "2026-12-01", "2026-12-31"),
        ("去年年底", "2025-12-01", "2025-12-31"),
        ("月初", "2026-11-01", "2026-11-10"),
        ("24年入职", "2024-01-01", "2024-12-31"),
        ("去年下半年", "2025-07-01", "2025-12-31"),
    ],
)
def test_periods_begin_at_their_first_day(said: str, first: str, last: str) -> None:
    (entity,) = find_dates(said, TODAY)
    assert (entity.value, entity.low, entity.high) == (
        date.fromisoformat(first),
        date.fromisoformat(first),
        date.fromisoformat(last),
    )


@pytest.mark.parametrize(
    "said",
    ["三月十五个人没发工资", "三月十五万", "三月二十多天", "3月15000元", "3月15.5元", "三月十五六天", "三月五千"],
)
def test_a_number_of_something_after_a_month_is_no_day(said: str) -> None:
    (entity,) = find_dates(said, TODAY)
    assert (entity.low, entity.high) == (date(2026, 3, 1), date(2026, 3, 31))


def test_ago_goes_by_the_day_counted_back() -> None:
    (entity,) = find_dates("三年前", TODAY)
    assert entity.value == date(2023, 11, 23)
    assert isinstance(entity.low, date)
    assert isinstance(entity.high, date)
    assert entity.low < date(2023, 11, 23) < entity.high


def test_a_month_follows_the_year_named_before() -> None:
    values = [entity.value for entity in find_dates("2023年3月入职，5月被辞退", TODAY)]
    assert values == [date(2023, 3, 1), date(2023, 5, 1)]


@pytest.mark.parametrize(
    "said", ["干了三年", "每月15号", "一月三千", "9999年", "2024年2月30日", "每周六上班", "一周上六天", "三年前夫"]
)
def test_what_is_no_date(said: str) -> None:
    assert find_dates(said, TODAY) == []


@given(st.dates(date(1950, 1, 1), date(2026, 11, 23)))
def test_a_full_date_reads_as_written(day: date) -> None:
    for said in (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}年{day.month:02}月{day.day:02}号",
    ):
        assert [entity.value for entity in find_dates(said, TODAY)] == [day]


@pytest.mark.parametrize(
    ("festival", "name"),
    [("spring", "Spring Festival"), ("dragon_boat", "Dragon Boat Festival"), ("mid_autumn", "Mid-autumn Festival")],
)
def test_the_almanac_agrees_with_the_holiday_notices(festival: str, name: str) -> None:
    exceptions = {date(2012, 6, 23), date(2020, 10, 1)}  # taken on neighbouring days; shared with the National Day
    for year in range(2010, 2027):
        day = festival_day(festival, year)
        assert day is not None
        assert day in exceptions or holidays[day] == name


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("昨天老板说明天发工资", "2026-11-23"),
        ("昨天我去要钱，他说明天给", "2026-11-23"),
        ("上周五他跟我讲后天就还", "2026-11-22"),
        ("11月10号他答应三天后还钱", "2026-11-13"),
        ("前天通知我说大后天搬走", "2026-11-24"),
        ("上个月5号房东发微信说过十天来退押金", "2026-10-15"),
        ("昨天吵了一架，他威胁说明天就来砸门", "2026-11-23"),
        ("大前天他保证，后天一定付清", "2026-11-22"),
        ("3月1号老板承诺半个月后补签", "2026-03-16"),
        ("今天他又说明天给", "2026-11-24"),
        ("他说明天给", "2026-11-24"),
        ("昨天闹过一次。他说明天还来", "2026-11-24"),
        ("昨天没去，明天开庭", "2026-11-24"),
        ("昨天他说今天来，今天又说明天来", "2026-11-24"),
    ],
)
def test_days_of_reported_speech_count_from_when_it_was_said(said: str, day: str) -> None:
    found = find_dates(said, date(2026, 11, 23))
    assert found[-1].value == date.fromisoformat(day)


def test_a_promise_that_was_not_kept_looks_back() -> None:
    (kept,) = find_dates("说好年底给", TODAY)
    (broken,) = find_dates("说好年底给到现在没给", TODAY)
    assert (kept.value, broken.value) == (date(2026, 12, 1), date(2025, 12, 1))


def test_days_before_something_to_come_are_none_gone_by() -> None:
    assert find_dates("临走前三天说取消", TODAY) == []
    assert find_dates("前三天他来过", TODAY) != []


@pytest.mark.parametrize(
    ("said", "first", "day", "last"),
    [
        ("国庆前", "2026-09-01", "2026-09-30", "2026-09-30"),
        ("春节前", "2026-01-18", "2026-02-16", "2026-02-16"),
        ("去年春节前", "2024-12-30", "2025-01-28", "2025-01-28"),
        ("上个月二十几号", "2026-10-21", "2026-10-25", "2026-10-29"),
        ("上个月十几号", "2026-10-11", "2026-10-15", "2026-10-19"),
        ("三月二十几号", "2026-03-21", "2026-03-25", "2026-03-29"),
        ("今年二月二十几号", "2026-02-21", "2026-02-25", "2026-02-28"),
        ("上半年", "2026-01-01", "2026-01-01", "2026-06-30"),
        ("年初", "2026-01-01", "2026-01-01", "2026-02-15"),
        ("年底说给的，", "2026-12-01", "2026-12-01", "2026-12-31"),
    ],
)
def test_the_day_to_go_by(said: str, first: str, day: str, last: str) -> None:
    (entity,) = find_dates(said, TODAY)
    assert (str(entity.low), str(entity.value), str(entity.high)) == (first, day, last)


def test_the_year_may_be_told_behind() -> None:
    assert find_dates("年底说给的，去年的", TODAY)[0].value == date(2025, 12, 1)
