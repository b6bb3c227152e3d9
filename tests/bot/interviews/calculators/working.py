"""One calculation, as a topic asks for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.interviews.calculation import Calculation
from bot.interviews.calculators.registry import CALCULATORS
from bot.interviews.conditions.kind import Value

TODAY = date(2026, 11, 23)


def run(name: str, **arguments: Value | int | float | None) -> Calculation | None:
    exact = {
        key: Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
        for key, value in arguments.items()
    }
    return CALCULATORS[name].run(exact, TODAY)


def total(name: str, **arguments: Value | int | float | None) -> str:
    result = run(name, **arguments)
    assert result is not None
    return str(result.total) if result.high is None else f"{result.total}-{result.high}"
