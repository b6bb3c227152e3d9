"""Sums of money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.understanding.amounts import find_amounts


@pytest.mark.parametrize(
    ("said", "value", "low", "high"),
    [
        ("一共一万五", "15000", None, None),
        ("工资8000", "8000", None, None),
        ("月薪3k", "3000", None, None),
        ("借了他5w", "50000", None, None),
        ("一两万块钱", "15000", "10000", "20000"),
        ("3-5万", "40000", "30000", "50000"),
        ("三千到五千", "4000", "3000", "5000"),
        ("三到五万", "40000", "30000", "50000"),
        ("￥800", "800", None, None),
        ("¥1,200.50", "1200.50", None, None),
        ("三块五", "3.5", None, None),
        ("八百一十二块五毛", "812.5", None, None),
        ("万把块", "10000", "9000", "12000"),
        ("小一万", "10000", "9000", "10000"),
        ("不到一万", "10000", "8000", "10000"),
        ("五千多块", "5000", "5000", "6000"),
        ("一百五", "150", None, None),
        ("押金2000没退", "2000", None, None),
        ("一个月六千五", "6500", None, None),
        ("大概三千左右", "3000", "2700", "3300"),
        ("五毛", "0.5", None, None),
        ("借了10万 月利息2分", "100000", None, None),
        ("欠我3000 天天说没钱", "3000", None, None),
        ("工资到手7800", "7800", None, None),
        ("他欠我八万一分没给", "80000", None, None),
        ("三万一分都没还", "30000", None, None),
        ("他欠我货款37万一直拖", "370000", None, None),
        ("欠我八千一起给我", "8000", None, None),
        ("五万一次性付清", "50000", None, None),
        ("三万一", "31000", None, None),
        ("五千一毛不给", "5000", None, None),
        ("三千五一分钱没给", "3500", None, None),
        ("借走两万一次都没还", "20000", None, None),
        ("欠我三万一没还", "31000", None, None),
        ("八千一个月", "8000", None, None),
        ("工钱三百一天", "300", None, None),
        ("租金一万一年", "10000", None, None),
        ("欠我八千两个月没给", "8000", None, None),
        ("一千二一平", "1200", None, None),
        ("两百一晚上", "200", None, None),
        ("欠我三万一，没还", "31000", None, None),
        ("还欠八毛一分不少", "0.8", None, None),
        ("罚了120元", "120", None, None),
        ("扣了120说我违停", "120", None, None),
        ("给了12345", "12345", None, None),
        ("交了1888年卡，用了五个月", "1888", None, None),
        ("1999的年卡", "1999", None, None),
        ("3999季卡", "3999", None, None),
    ],
)
def test_reads_money(said: str, value: str, low: str | None, high: str | None) -> None:
    (amount,) = find_amounts(said)
    assert amount.value == Decimal(value)
    assert amount.low == (None if low is None else Decimal(low))
    assert amount.high == (None if high is None else Decimal(high))
    assert amount.unit == "yuan"


@pytest.mark.parametrize(
    "said",
    [
        "50个人",
        "八百人",
        "3万美元",
        "2024年",
        "13800138000",
        "千万别",
        "第三百条",
        "第一千二百条",
        "百分之二十",
        "一千米",
        "三百平",
        "一分没给",
        "拨了110报的",
        "96110打了",
        "给110打了电话",
        "打12345投诉",
        "12333投诉过",
        "报了120",
        "2019年卡办的",
        "交了2024年卫生费",
    ],
)
def test_other_numbers_are_not_money(said: str) -> None:
    assert find_amounts(said) == []


@pytest.mark.parametrize("said", ["是他俩一块挣的", "我们一块干活", "一块儿住", "一块过日子"])
def test_together_is_no_money(said: str) -> None:
    assert find_amounts(said) == []


def test_one_yuan_is_money() -> None:
    assert [entity.value for entity in find_amounts("一块钱，一块五，一块")] == [Decimal(1), Decimal("1.5"), Decimal(1)]
