"""What holds for every calculator; each number of law stands beside its article in the module."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.calculators.registry import CALCULATORS
from bot.interviews.conditions.kind import Value
from tests.bot.interviews.calculators.working import TODAY, run


def test_a_missing_required_argument_gives_nothing() -> None:
    assert run("economic_compensation", service_months=30, monthly_wage=None) is None


def test_an_unknown_argument_is_an_error() -> None:
    with pytest.raises(KeyError, match="no argument"):
        run("notice_pay", wage=1)


@given(st.sampled_from(sorted(CALCULATORS)), st.integers(0, 10_000_000), st.integers(0, 1000))
def test_every_calculation_adds_up_to_whole_cents(name: str, amount: int, small: int) -> None:
    calculator = CALCULATORS[name]
    values: dict[str, Value] = {}
    for parameter in calculator.parameters:
        match parameter.unit:
            case "date":
                values[parameter.name] = date(2023, 1, 1)
            case "yes_no":
                values[parameter.name] = True
            case "yuan":
                values[parameter.name] = Decimal(amount) / 100
            case _:
                values[parameter.name] = Decimal(small % 100)
    result = calculator.run(values, TODAY)
    if result is not None:
        assert result.total >= 0
        assert result.total == result.total.quantize(Decimal("0.01"))
        assert result.high is None or result.high >= result.total
        assert result.to_dict()["total"].endswith("元")
        assert calculator.basis == result.basis


@given(
    st.sampled_from(
        [
            ("annual_leave_pay", "monthly_wage", "unused_days"),
            ("probation_damages", "full_wage", "excess_months"),
            ("detention_compensation", None, "days"),
        ]
    ),
    st.integers(1, 10**7),
    st.integers(1, 1000),
    st.integers(0, 1000),
)
def test_longer_never_pays_less(names: tuple[str, str | None, str], wage: int, time: int, more: int) -> None:
    name, wage_name, time_name = names
    wages = {wage_name: wage} if wage_name else {}
    one, two = (run(name, **wages, **{time_name: length}) for length in (time, time + more))
    assert one is not None
    assert two is not None
    assert 0 < one.total <= two.total
    assert one.lines[-1].amount == one.total


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_authors_can_read_of_every_calculator_and_its_arguments(name: str) -> None:
    page = (Path(__file__).resolve().parents[4] / "docs" / "topics.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
    calculator = CALCULATORS[name]
    for parameter in calculator.parameters:
        assert f"`{parameter.name}`{'' if parameter.required else '?'}" in row
    for citation in calculator.rests_on:
        law, number = citation.split()
        assert law in row
        assert number in row
