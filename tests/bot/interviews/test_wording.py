from __future__ import annotations

from decimal import Decimal

import pytest

from bot.interviews.facts import FactValue
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.interviews.wording import duration_text, fact_text, fill, told_text


@pytest.mark.parametrize(
    ("length", "unit", "text"),
    [
        ("38", "months", "3年2个月"),
        ("12", "months", "1年"),
        ("8", "months", "8个月"),
        ("0", "months", "0个月"),
        ("0.5", "months", "半个月"),
        ("1.5", "months", "1个半月"),
        ("3.5", "years", "3年6个月"),
        ("2.3", "months", "2.3个月"),
        ("45", "days", "45天"),
    ],
)
def test_durations(length: str, unit: str, text: str) -> None:
    assert duration_text(Decimal(length), unit) == text


@pytest.mark.parametrize(
    ("fact", "told", "text"),
    [
        ("relation", FactValue("helper"), "给个人帮工"),
        ("owed", FactValue(15000.0), "15,000元"),
        ("owed", FactValue(15000.0, low=10000.0, high=20000.0), "约15,000元"),
        ("owed", FactValue(0.5), "0.5元"),
        ("still", FactValue(False), "否"),
        ("left_on", FactValue("2026-03-01"), "2026年3月1日"),
        ("people", FactValue(12.0), "12人"),
        ("owed", FactValue(None, True), "不清楚"),
    ],
)
def test_facts(wages: Topic, fact: str, told: FactValue, text: str) -> None:
    assert fact_text(wages.fact(fact), told) == text


def test_a_text_never_shows_a_hole(wages: Topic) -> None:
    text = fill("欠{owed}，共{total}，最迟{last_day}", wages, {}, {"last_day": "明天"})
    assert text == "欠（拖欠金额待核实），共（金额待核算），最迟明天"


@pytest.mark.parametrize(
    ("fact", "told", "text"),
    [
        ("months", FactValue(6.0, low=3.0, high=9.0), "3到9个月"),
        ("months", FactValue(6.0, low=0.5, high=18.0), "半个月到1年6个月"),
        ("months", FactValue(72.0, low=36.0, high=108.0), "3到9年"),
        ("months", FactValue(36.0, low=36.0, high=48.0), "约3年"),
        ("months", FactValue(23.0, low=22.0, high=24.0), "约1年11个月"),
        ("people", FactValue(15.0, low=11.0, high=19.0), "11到19人"),
    ],
)
def test_a_wide_range_is_told_with_its_ends(wages: Topic, fact: str, told: FactValue, text: str) -> None:
    assert fact_text(wages.fact(fact), told) == text


@pytest.mark.parametrize(
    ("label", "told", "text"),
    [
        ("是否提前通知", False, "没有提前通知"),
        ("有没有工伤保险", False, "没有工伤保险"),
        ("有没有工伤保险", True, "有工伤保险"),
        ("还在试用期", False, "不在试用期"),
        ("老板躲起来或转移财产", True, "老板躲起来或转移财产，是的"),
        ("是扑倒、绊倒、撞倒的，没咬", False, "不是“是扑倒、绊倒、撞倒的，没咬”这种情况"),
        ("催过没有", False, "没催过"),
    ],
)
def test_a_yes_or_no_is_told_in_a_sentence(label: str, told: bool, text: str) -> None:
    fact = Fact.model_construct(type="yes_no", label=label)
    assert told_text(fact, FactValue(told)) == text
