"""The nodes that are true, false or unknown because of others: comparisons, not, and, or."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.interviews.conditions.kind import Value
from bot.interviews.conditions.known import Known
from bot.interviews.conditions.node import Node
from bot.interviews.conditions.outlook import EITHER, FALSE, TRUE, Outlook


@dataclass(frozen=True, slots=True)
class Compare(Node):
    operator: str
    left: Node
    right: Node

    def value(self, known: Known) -> Value | None:
        left, right = self.left.value(known), self.right.value(known)
        if left is None or right is None:
            return None
        match self.operator:
            case "==":
                return left == right
            case "!=":
                return left != right
        if isinstance(left, Decimal) and isinstance(right, Decimal):  # noqa: SIM114  the type checker needs each pair
            order = (left > right) - (left < right)
        elif isinstance(left, date) and isinstance(right, date):
            order = (left > right) - (left < right)
        else:
            return None
        return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[self.operator]

    def denied(self, negated: bool) -> frozenset[str]:
        return self.names if (self.operator != "!=") == negated else frozenset()

    def own_names(self) -> frozenset[str]:
        return self.left.names | self.right.names


@dataclass(frozen=True, slots=True)
class Not(Node):
    inner: Node

    def value(self, known: Known) -> Value | None:
        inner = self.inner.value(known)
        return None if inner is None else not inner

    def denied(self, negated: bool) -> frozenset[str]:
        return self.inner.denied(not negated)

    def own_names(self) -> frozenset[str]:
        return self.inner.names

    def outlook(self, known: Known) -> Outlook:
        inner = self.inner.outlook(known)
        if inner.outcomes == EITHER:
            return inner
        return Outlook(frozenset(None if one is None else not one for one in inner.outcomes), inner.open, inner.stuck)


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """`and` (settled_by False) or `or` (settled_by True): one part with that value settles the whole."""

    settled_by: bool
    parts: tuple[Node, ...]

    def value(self, known: Known) -> Value | None:
        values = [part.value(known) for part in self.parts]
        if self.settled_by in values:
            return self.settled_by
        return None if None in values else not self.settled_by

    def own_names(self) -> frozenset[str]:
        return frozenset().union(*(part.names for part in self.parts))

    def denied(self, negated: bool) -> frozenset[str]:
        return frozenset().union(*(part.denied(negated) for part in self.parts))

    def outlook(self, known: Known) -> Outlook:
        looks = [part.outlook(known) for part in self.parts]
        settles, other = self.settled_by, not self.settled_by
        if any(look.outcomes == {settles} for look in looks):
            return TRUE if settles else FALSE
        outcomes: set[bool | None] = set()
        if any(settles in look.outcomes for look in looks):
            outcomes.add(settles)
        if all(other in look.outcomes for look in looks):
            outcomes.add(other)
        if any(None in look.outcomes for look in looks) and all(look.outcomes - {settles} for look in looks):
            outcomes.add(None)
        return Outlook(
            frozenset(outcomes),
            frozenset().union(*(look.open for look in looks)),
            frozenset().union(*(look.stuck for look in looks)),
        )
