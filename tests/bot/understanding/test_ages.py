"""How old somebody is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.understanding.ages import find_ages

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("我四十一，有一个女儿", "41"),
        ("今年六十七了", "67"),
        ("他都八十多了", "80"),
        ("娃刚满三岁半", "3.5"),
        ("属牛的，六一年的", "65"),
        ("我是1961年生的", "65"),
        ("八五年生人", "41"),
        ("九八年12月的", "27"),
        ("一九六一年三月五号出生", "65"),
        ("2015年出生", "11"),
        ("老头子奔七十的人了", "68"),
        ("快八岁了", "7.5"),
        ("还不到14岁", "13.5"),
        ("一岁多", "1"),
        ("十七八了", "17.5"),
        ("三十好几了", "35"),
        ("虚岁七十三", "73"),
        ("我妈八十二", "82"),
        ("67", "67"),
        ("五十出头", "50"),
        ("孩子十五，上初三", "15"),
        ("我今年三十岁，结婚五年了", "30"),
        ("都七十的人了", "70"),
        ("12周岁", "12"),
    ],
)
def test_ages(said: str, age: str) -> None:
    assert find_ages(said, TODAY)[0].value == Decimal(age)


@pytest.mark.parametrize(
    "said",
    ["有一个女儿", "借了三万块", "三个孩子", "五年级", "我一直在家", "两千块", "住三楼", "上个月五号", "六一那天"],
)
def test_no_ages(said: str) -> None:
    assert find_ages(said, TODAY) == []
