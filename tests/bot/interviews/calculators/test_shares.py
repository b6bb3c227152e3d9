"""Shares of an estate and support of a child, by tables worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bot.interviews.calculators.working import run, total


def test_child_support_ranges() -> None:
    assert total("child_support", monthly_income=8000) == "1600.00-2400.00"
    assert total("child_support", monthly_income=8000, children=2) == "1600.00-4000.00"
    assert run("child_support", monthly_income=8000, children=0) is None


@pytest.mark.parametrize(
    ("estate", "heirs", "half", "share"),
    [
        (900000, 3, None, "300000.00"),
        (900000, 3, False, "300000.00"),
        # Half of 900,000 is the spouse's; 450,000 among three.
        (900000, 3, True, "150000.00"),
        (100, 3, None, "33.33"),
        (800000, 1, True, "400000.00"),
        (800000, 1, False, "800000.00"),
    ],
)
def test_inheritance_shares_by_hand(estate: int, heirs: int, half: bool | None, share: str) -> None:
    assert total("inheritance_shares", estate=estate, heirs=heirs, half_is_spouses=half) == share


def test_inheritance_tells_what_the_spouse_gets_in_all_and_who_gets_more() -> None:
    result = run("inheritance_shares", estate=900000, heirs=3, half_is_spouses=True)
    assert result is not None
    assert "600,000元" in result.note
    assert "可以多分" in result.note
    assert [str(line.amount) for line in result.lines] == ["450000.00", "450000.00", "150000.00"]


@pytest.mark.parametrize(("estate", "heirs"), [(0, 2), (100, 0), (100, 1.5), (100, 0.9)])
def test_no_shares_of_nothing_or_for_nobody(estate: int, heirs: float) -> None:
    assert run("inheritance_shares", estate=estate, heirs=heirs) is None


@given(st.integers(1, 10**12), st.integers(1, 30), st.booleans())
def test_shares_use_up_the_estate_to_the_cent(amount: int, heirs: int, half: bool) -> None:
    estate = Decimal(amount) / 100
    result = run("inheritance_shares", estate=estate, heirs=heirs, half_is_spouses=half)
    assert result is not None
    own = result.lines[0].amount if half else Decimal(0)
    assert abs(own + result.total * heirs - estate) <= Decimal("0.005") * heirs
    more = run("inheritance_shares", estate=estate, heirs=heirs + 1, half_is_spouses=half)
    assert more is not None
    assert more.total <= result.total
