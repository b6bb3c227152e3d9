"""Court costs, by a table worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bot.interviews.calculators.working import run, total


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        # 诉讼费用交纳办法 13, at and around each bound, by hand.
        (0.01, "50.00"),
        (10000, "50.00"),
        (10100, "52.50"),
        (20000, "300.00"),
        (100000, "2300.00"),
        (150000, "3300.00"),
        (200000, "4300.00"),
        (500000, "8800.00"),
        (1000000, "13800.00"),
        (2000000, "22800.00"),
        (5000000, "46800.00"),
        (10000000, "81800.00"),
        (20000000, "141800.00"),
        (30000000, "191800.00"),
    ],
)
def test_court_costs_by_hand(amount: float, fee: str) -> None:
    assert total("court_costs", amount=amount) == fee


def test_court_costs_show_the_halved_fee_beside_the_sum() -> None:
    result = run("court_costs", amount=20000)
    assert result is not None
    *steps, half = result.lines
    assert sum(line.amount for line in steps) == result.total
    assert (half.amount, "不计入合计" in half.label) == (Decimal("150.00"), True)
    assert "10元" in result.note
    assert run("court_costs", amount=0) is None


@given(st.integers(1, 5_000_000_000), st.integers(0, 5_000_000_000))
def test_a_larger_claim_never_costs_less(amount: int, more: int) -> None:
    small = run("court_costs", amount=Decimal(amount) / 100)
    large = run("court_costs", amount=Decimal(amount + more) / 100)
    assert small is not None
    assert large is not None
    assert Decimal(50) <= small.total <= large.total
    assert sum(line.amount for line in small.lines[:-1]) == small.total
