"""The three-valued expression language in which topics write conditions and calculator arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.interviews.conditions.condition_error import ConditionError
from bot.interviews.conditions.kind import Kind, Name, Value
from bot.interviews.conditions.known import Known
from bot.interviews.conditions.node import Node
from bot.interviews.conditions.outlook import Outlook
from bot.interviews.conditions.reader import Reader
from bot.interviews.conditions.syntax import syntax_tree


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression over the facts of one topic."""

    source: str
    kind: Kind
    names: frozenset[str]
    """Facts it mentions."""
    constants: frozenset[tuple[str, Value]] = field(repr=False)
    """(fact, constant) pairs that stand in one comparison; what `check` tries values around."""
    denied: frozenset[str]
    """Facts in comparisons that hold by what a fact is not: `fact != x`, `not (fact == x)`."""
    _root: Node = field(repr=False)

    def value(self, known: Known) -> Value | None:
        """What it is worth; None when unknown."""
        return self._root.value(known)

    def truth(self, known: Known) -> bool | None:
        """The value of a condition by Kleene's logic."""
        value = self._root.value(known)
        return None if value is None else bool(value)

    def outlook(self, known: Known) -> Outlook:
        """What a condition may still become when the questions not yet asked are answered."""
        return self._root.outlook(known)


def parse_condition(source: str, names: Mapping[str, Name]) -> Expression:
    """Read a condition. Raises ConditionError for syntax, unknown names and mismatched types."""
    expression = parse_value(source, names)
    if expression.kind is not Kind.BOOL:
        raise ConditionError(f"in {source!r}: a condition must be true or false, this is a {expression.kind}")
    return expression


def parse_value(source: str, names: Mapping[str, Name]) -> Expression:
    """Read an expression of any type, e.g. a calculator's argument. Raises ConditionError."""
    try:
        tree = syntax_tree(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ConditionError(f"in {source!r}: not an expression of this language") from error
    reader = Reader(source, names)
    root = reader.read(tree.body)
    return Expression(source, root.kind, root.names, frozenset(reader.constants), root.denied(False), root)
