"""A sum of money worked out step by step, so that a person can check it by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """The amount in yuan rounded half up to the cent."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)


def plain_number(number: Decimal) -> str:
    """A number as people write it: thousands separated, no needless zeros, at most two decimals."""
    text = f"{cents(number):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(amount: Decimal) -> str:
    """An amount as the opinion shows it, e.g. 15,000元."""
    return f"{plain_number(amount)}元"


@dataclass(frozen=True, slots=True)
class Line:
    """One step."""

    label: str
    expression: str
    """How the amount comes about, readable: 「5,000 × 3」; empty for a given amount."""
    amount: Decimal
    """Yuan."""
    high: Decimal | None = None
    """Upper end where the step gives a range."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """The steps and the sum."""

    title: str
    lines: tuple[Line, ...]
    total: Decimal
    """Yuan, rounded to the cent."""
    high: Decimal | None = None
    """Upper end where the sum is a range; `total` is then the lower end."""
    basis: str = ""
    """The articles it rests on, in words."""
    note: str = ""
    """What the reader must know: ceilings not checked, figures to look up."""

    @property
    def total_text(self) -> str:
        """The sum in words people read."""
        return _span(self.total, self.high)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON; amounts as display strings."""
        return {
            "title": self.title,
            "lines": [
                {"label": line.label, "expression": line.expression, "amount": _span(line.amount, line.high)}
                for line in self.lines
            ],
            "total": self.total_text,
            "basis": self.basis,
            "note": self.note,
        }


def _span(low: Decimal, high: Decimal | None) -> str:
    return yuan(low) if high is None or high == low else f"{yuan(low)}至{yuan(high)}"
