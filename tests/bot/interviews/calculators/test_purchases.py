"""Deposits, prepaid sums, penalties and punitive damages, by tables worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bot.interviews.calculators.working import run, total


@pytest.mark.parametrize(
    ("price", "expected"), [(1000, "4000.00"), (100, "600.00"), (166.66, "666.66"), (166.67, "666.68")]
)
def test_punitive_consumer_minimum_500(price: float, expected: str) -> None:
    assert total("punitive_consumer", price=price) == expected


@pytest.mark.parametrize(
    ("price", "loss", "expected"),
    [(50, 0, "1000.00"), (200, 0, "2000.00"), (200, 1000, "4000.00"), (200, 500, "2500.00"), (20, 100, "1100.00")],
)
def test_punitive_food_minimum_1000(price: float, loss: float, expected: str) -> None:
    assert total("punitive_food", price=price, loss=loss) == expected


def test_deposit_refund() -> None:
    assert total("deposit_refund", deposit=3000, agreed_deductions=500, prepaid_rent=1000) == "3500.00"
    assert total("deposit_refund", deposit=300, agreed_deductions=500) == "0.00"


@pytest.mark.parametrize(
    ("paid", "used", "left"),
    [
        (2000, 200, "1800.00"),
        (12000, 0, "12000.00"),
        # 36 lessons for 12,000 yuan, three taken: 12,000 - 1,000.
        (12000, 1000, "11000.00"),
        (99.99, 33.33, "66.66"),
    ],
)
def test_prepaid_refund_by_hand(paid: float, used: float, left: str) -> None:
    assert total("prepaid_refund", paid=paid, used=used) == left


def test_prepaid_refund_has_nothing_to_tell_when_all_is_used() -> None:
    assert run("prepaid_refund", paid=1000, used=1000) is None
    assert run("prepaid_refund", paid=1000, used=1500) is None
    assert run("prepaid_refund", paid=1000, used=None) is None


def test_earnest_double_by_hand() -> None:
    assert total("earnest_double", earnest=1000) == "2000.00"
    # A year at 1,500 a month is 18,000; a fifth is 3,600, so 2,000 counts in full.
    assert total("earnest_double", earnest=2000, contract_price=18000) == "4000.00"
    # 5,000 paid: 3,600 twice and 1,400 once.
    result = run("earnest_double", earnest=5000, contract_price=18000)
    assert result is not None
    assert [str(line.amount) for line in result.lines] == ["7200.00", "1400.00"]
    assert str(result.total) == "8600.00"
    assert run("earnest_double", earnest=0) is None


@pytest.mark.parametrize(
    ("loss", "agreed", "expected", "words"),
    [
        # 130 % of 10,000 is 13,000: not above it is not excessive.
        (10000, 13000, "13000.00", "不算过高"),
        (10000, 13000.01, "13000.00", "请求法院减少"),
        (10000, 50000, "13000.00", "请求法院减少"),
        (10000, 10000, "10000.00", "不算过高"),
        (10000, 5000, "5000.00", "请求法院增加"),
    ],
)
def test_contract_penalty_by_hand(loss: float, agreed: float, expected: str, words: str) -> None:
    result = run("contract_penalty", loss=loss, agreed=agreed)
    assert result is not None
    assert str(result.total) == expected
    assert result.lines[-1].amount == result.total
    assert words in result.note


def test_no_measure_of_a_penalty_without_a_loss() -> None:
    assert run("contract_penalty", loss=0, agreed=100) is None
    assert run("contract_penalty", loss=100, agreed=0) is None


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(0, 10**9))
def test_a_penalty_grows_with_the_loss_and_the_agreement(loss: int, agreed: int, more: int) -> None:
    def left(loss: int, agreed: int) -> Decimal:
        result = run("contract_penalty", loss=loss, agreed=agreed)
        assert result is not None
        return result.total

    assert 0 < left(loss, agreed) <= min(left(loss + more, agreed), left(loss, agreed + more))
    assert left(loss, agreed) <= agreed
