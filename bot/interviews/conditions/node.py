"""One node of the tree that an expression is read into."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from bot.interviews.conditions.kind import Kind, Value
from bot.interviews.conditions.known import Known
from bot.interviews.conditions.outlook import EITHER, FALSE, NEVER_KNOWN, TRUE, Outlook


@dataclass(frozen=True, slots=True)
class Node(ABC):
    """One node of the tree; `kind` is the type of its value."""

    kind: Kind
    names: frozenset[str] = field(init=False, repr=False, compare=False)
    """Facts it mentions; worked out once, as every turn asks for them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", self.own_names())

    def own_names(self) -> frozenset[str]:
        return frozenset()

    @abstractmethod
    def value(self, known: Known) -> Value | None:
        """What it is worth; None when unknown."""

    def denied(self, negated: bool) -> frozenset[str]:
        """Facts in comparisons that hold by what a fact is not: `fact != x`, `not (fact == x)`."""
        return frozenset()

    def outlook(self, known: Known) -> Outlook:
        value = self.value(known)
        if value is not None:
            return TRUE if value else FALSE
        stuck = self.names & known.stuck
        if stuck:
            return Outlook(NEVER_KNOWN, stuck=stuck)
        unasked = self.names - known.values.keys()
        # Unknown with every fact known: a division by zero. It stays unknown.
        return Outlook(EITHER, open=unasked) if unasked else Outlook(NEVER_KNOWN)
