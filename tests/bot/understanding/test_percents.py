"""Shares and rates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.understanding.percents import find_percents


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("20%", "20", "%"),
        ("百分之二十", "20", "%"),
        ("六成", "60", "%"),
        ("三成半", "35", "%"),
        ("千分之三", "0.3", "%"),
        ("月息两分", "2", "%/month"),
        ("2分利", "2", "%/month"),
        ("年利率15%", "15", "%/year"),
        ("年息一分五", "15", "%/year"),
        ("月利率2%", "2", "%/month"),
        ("日息万分之五", "0.05", "%/day"),
    ],
)
def test_reads_shares_and_rates(said: str, value: str, unit: str) -> None:
    (percent,) = find_percents(said)
    assert (percent.value, percent.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("said", ["三分钟", "考了两分", "成了", "三成立案"])
def test_other_words_are_no_shares(said: str) -> None:
    assert find_percents(said) == []
