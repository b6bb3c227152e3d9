"""The nodes that have a value of their own: constants, facts, today, and what is counted from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.interviews.conditions.kind import Value
from bot.interviews.conditions.known import Known
from bot.interviews.conditions.node import Node
from bot.interviews.conditions.outlook import EITHER, FALSE, TRUE, Outlook


@dataclass(frozen=True, slots=True)
class Constant(Node):
    constant: Value

    def value(self, known: Known) -> Value | None:
        return self.constant


@dataclass(frozen=True, slots=True)
class FactNode(Node):
    name: str
    options: tuple[str, ...] = ()

    def value(self, known: Known) -> Value | None:
        return known.values.get(self.name)

    def own_names(self) -> frozenset[str]:
        return frozenset({self.name})


@dataclass(frozen=True, slots=True)
class Today(Node):
    def value(self, known: Known) -> Value | None:
        return known.today


@dataclass(frozen=True, slots=True)
class Since(Node):
    fact: FactNode
    unit: str

    def value(self, known: Known) -> Value | None:
        start = self.fact.value(known)
        if not isinstance(start, date):
            return None
        if self.unit == "days":
            return Decimal((known.today - start).days)
        months = (known.today.year - start.year) * 12 + known.today.month - start.month
        return Decimal(months - (1 if known.today.day < start.day else 0))

    def own_names(self) -> frozenset[str]:
        return self.fact.names


@dataclass(frozen=True, slots=True)
class IsKnown(Node):
    fact: str

    def value(self, known: Known) -> Value | None:
        return self.fact in known.values

    def own_names(self) -> frozenset[str]:
        return frozenset({self.fact})

    def outlook(self, known: Known) -> Outlook:
        if self.fact in known.values or self.fact in known.stuck:
            return TRUE if self.fact in known.values else FALSE
        return Outlook(EITHER, open=self.names)


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    operator: str
    left: Node
    right: Node

    def value(self, known: Known) -> Value | None:
        left, right = self.left.value(known), self.right.value(known)
        if not isinstance(left, Decimal) or not isinstance(right, Decimal):
            return None
        match self.operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case _:
                return left / right if right else None

    def own_names(self) -> frozenset[str]:
        return self.left.names | self.right.names
