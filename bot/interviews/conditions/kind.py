"""The types of the expression language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = bool | Decimal | date | str
"""What a fact or an expression can be worth; None beside it means unknown."""


class Kind(StrEnum):
    """The type of an expression."""

    NUMBER = "number"
    BOOL = "yes/no"
    DATE = "date"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Name:
    """A fact as the expression language sees it."""

    kind: Kind
    options: tuple[str, ...] = ()
    """Option values, for a choice."""
