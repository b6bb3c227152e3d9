"""The three-valued expression language in which topics write conditions and calculator arguments."""

# Over 400 lines on purpose: the tree and the reader that builds it mean nothing without each other.

from __future__ import annotations

import ast
import keyword
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

Value = bool | Decimal | date | str
"""What a fact or an expression can be worth; None beside it means unknown."""

# Our reader uses Python's syntax tree, but an author need not know Python's keywords: `need == raise` is fine here.
_FOREIGN = re.compile(rf"\b({'|'.join(sorted(set(keyword.kwlist) - {'and', 'or', 'not', 'in', 'True', 'False'}))})\b")
MARK = "word__"
_RESERVED = {"true": True, "yes": True, "false": False, "no": False}


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


class ConditionError(ValueError):
    """The expression cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when an expression is evaluated."""

    values: Mapping[str, Value]
    """Facts that have a value."""
    today: date
    stuck: frozenset[str] = frozenset()
    """Facts that will stay unknown: the citizen does not know, or the question does not apply."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a condition may still become."""

    outcomes: frozenset[bool | None]
    """Some of true, false, unknown."""
    open: frozenset[str] = frozenset()
    """Facts not yet asked on which it depends."""
    stuck: frozenset[str] = frozenset()
    """Facts that stay unknown on which it depends."""

    @property
    def decided(self) -> bool | None:
        """True or false when nothing can change it any more, else None."""
        return next(iter(self.outcomes)) if len(self.outcomes) == 1 else None

    @property
    def live(self) -> bool:
        """It is not true yet but may become so."""
        return True in self.outcomes and len(self.outcomes) > 1


_TRUE, _FALSE = Outlook(frozenset({True})), Outlook(frozenset({False}))
_EITHER: frozenset[bool | None] = frozenset({True, False})
_NEVER_KNOWN: frozenset[bool | None] = frozenset({None})


@dataclass(frozen=True, slots=True)
class _Node(ABC):
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
            return _TRUE if value else _FALSE
        stuck = self.names & known.stuck
        if stuck:
            return Outlook(_NEVER_KNOWN, stuck=stuck)
        unasked = self.names - known.values.keys()
        # Unknown with every fact known: a division by zero. It stays unknown.
        return Outlook(_EITHER, open=unasked) if unasked else Outlook(_NEVER_KNOWN)


@dataclass(frozen=True, slots=True)
class _Constant(_Node):
    constant: Value

    def value(self, known: Known) -> Value | None:
        return self.constant


@dataclass(frozen=True, slots=True)
class _Fact(_Node):
    name: str
    options: tuple[str, ...] = ()

    def value(self, known: Known) -> Value | None:
        return known.values.get(self.name)

    def own_names(self) -> frozenset[str]:
        return frozenset({self.name})


@dataclass(frozen=True, slots=True)
class _Today(_Node):
    def value(self, known: Known) -> Value | None:
        return known.today


@dataclass(frozen=True, slots=True)
class _Since(_Node):
    fact: _Fact
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
class _IsKnown(_Node):
    fact: str

    def value(self, known: Known) -> Value | None:
        return self.fact in known.values

    def own_names(self) -> frozenset[str]:
        return frozenset({self.fact})

    def outlook(self, known: Known) -> Outlook:
        if self.fact in known.values or self.fact in known.stuck:
            return _TRUE if self.fact in known.values else _FALSE
        return Outlook(_EITHER, open=self.names)


@dataclass(frozen=True, slots=True)
class _Arithmetic(_Node):
    operator: str
    left: _Node
    right: _Node

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


@dataclass(frozen=True, slots=True)
class _Compare(_Node):
    operator: str
    left: _Node
    right: _Node

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
class _Not(_Node):
    inner: _Node

    def value(self, known: Known) -> Value | None:
        inner = self.inner.value(known)
        return None if inner is None else not inner

    def denied(self, negated: bool) -> frozenset[str]:
        return self.inner.denied(not negated)

    def own_names(self) -> frozenset[str]:
        return self.inner.names

    def outlook(self, known: Known) -> Outlook:
        inner = self.inner.outlook(known)
        if inner.outcomes == _EITHER:
            return inner
        return Outlook(frozenset(None if one is None else not one for one in inner.outcomes), inner.open, inner.stuck)


@dataclass(frozen=True, slots=True)
class _Junction(_Node):
    """`and` (settled_by False) or `or` (settled_by True): one part with that value settles the whole."""

    settled_by: bool
    parts: tuple[_Node, ...]

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
            return _TRUE if settles else _FALSE
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
    _root: _Node = field(repr=False)

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
    reader = _Reader(source, names)
    root = reader.read(tree.body)
    return Expression(source, root.kind, root.names, frozenset(reader.constants), root.denied(False), root)


@lru_cache(maxsize=4096)
def syntax_tree(source: str) -> ast.Expression:
    """Python's tree of a source. Topics repeat theirs (`true` above all), and a topic that changed is read again."""
    return ast.parse(_FOREIGN.sub(rf"{MARK}\1", source.strip()), mode="eval")


_COMPARES: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class _Reader:
    """Turns Python's syntax tree into ours; whatever has no counterpart is an error."""

    def __init__(self, source: str, names: Mapping[str, Name]) -> None:
        self._source = source
        self._names = names
        self.constants: set[tuple[str, Value]] = set()

    def read(self, node: ast.expr) -> _Node:
        match node:
            case ast.BoolOp(op=op, values=values):
                return _Junction(Kind.BOOL, isinstance(op, ast.Or), tuple(self._boolean(one) for one in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return _Not(Kind.BOOL, self._boolean(operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _Arithmetic(Kind.NUMBER, "-", _Constant(Kind.NUMBER, Decimal(0)), self._number(operand))
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _ARITHMETIC:
                return _Arithmetic(Kind.NUMBER, _ARITHMETIC[type(op)], self._number(left), self._number(right))
            case ast.Compare():
                return self._comparison(node)
            case ast.Call():
                return self._call(node)
            case ast.Name(id=name):
                return self._name(name.removeprefix(MARK))
            case ast.Constant(value=constant):
                return self._constant(constant)
        raise self._error(f"{ast.unparse(node)!r} has no meaning here")

    def _error(self, message: str) -> ConditionError:
        return ConditionError(f"in {self._source!r}: {message}")

    def _boolean(self, node: ast.expr) -> _Node:
        inner = self.read(node)
        if inner.kind is not Kind.BOOL:
            raise self._error(f"{ast.unparse(node)!r} is a {inner.kind}, not true or false")
        return inner

    def _number(self, node: ast.expr) -> _Node:
        inner = self.read(node)
        if inner.kind is not Kind.NUMBER:
            raise self._error(f"{ast.unparse(node)!r} is a {inner.kind}, not a number")
        return inner

    def _constant(self, constant: object) -> _Node:
        if isinstance(constant, bool):
            raise self._error("write true or false, not True or False")
        if isinstance(constant, int | float):
            return _Constant(Kind.NUMBER, Decimal(str(constant)))
        if isinstance(constant, str):
            try:
                return _Constant(Kind.DATE, date.fromisoformat(constant))
            except ValueError:
                return _Constant(Kind.TEXT, constant.replace(MARK, ""))
        raise self._error(f"{constant!r} has no meaning here")

    def _name(self, name: str) -> _Node:
        if name in _RESERVED:
            return _Constant(Kind.BOOL, _RESERVED[name])
        if name == "today":
            return _Today(Kind.DATE)
        if name in self._names:
            fact = self._names[name]
            return _Fact(fact.kind, name, fact.options)
        raise self._error(f"there is no fact {name!r} (facts: {', '.join(sorted(self._names))})")

    def _call(self, node: ast.Call) -> _Node:
        if not isinstance(node.func, ast.Name) or len(node.args) != 1 or node.keywords:
            raise self._error(f"{ast.unparse(node)!r}: functions are known(f), days_since(f), months_since(f)")
        name = node.func.id
        if name not in {"known", "days_since", "months_since"}:
            raise self._error(f"there is no function {name!r} (known, days_since, months_since)")
        argument = self.read(node.args[0])
        if not isinstance(argument, _Fact):
            raise self._error(f"{name}() takes the id of a fact")
        if name == "known":
            return _IsKnown(Kind.BOOL, argument.name)
        if argument.kind is not Kind.DATE:
            raise self._error(f"{name}() takes a date fact, {argument.name!r} is a {argument.kind}")
        return _Since(Kind.NUMBER, argument, name.removesuffix("_since"))

    def _comparison(self, node: ast.Compare) -> _Node:
        parts: list[_Node] = []
        left_node = node.left
        for operator, right_node in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, ast.In | ast.NotIn):
                parts.append(self._membership(left_node, right_node, isinstance(operator, ast.NotIn)))
            elif type(operator) in _COMPARES:
                left, right = self._pair(left_node, right_node)
                parts.append(self._compare(_COMPARES[type(operator)], left, right))
            else:
                raise self._error(f"{ast.unparse(node)!r} has no meaning here")
            left_node = right_node
        return parts[0] if len(parts) == 1 else _Junction(Kind.BOOL, False, tuple(parts))

    def _membership(self, left_node: ast.expr, right_node: ast.expr, negated: bool) -> _Node:
        if not isinstance(right_node, ast.List | ast.Tuple) or not right_node.elts:
            raise self._error("after `in` comes a list: [a, b]")
        parts = tuple(self._compare("==", *self._pair(left_node, one)) for one in right_node.elts)
        whole = _Junction(Kind.BOOL, True, parts)
        return _Not(Kind.BOOL, whole) if negated else whole

    def _pair(self, left_node: ast.expr, right_node: ast.expr) -> tuple[_Node, _Node]:
        """Both sides; a bare word beside a choice is one of its options."""
        for first, second, swapped in ((left_node, right_node, False), (right_node, left_node, True)):
            options = self._options(first)
            if options and isinstance(second, ast.Name) and second.id not in _RESERVED:
                option = second.id.removeprefix(MARK)
                if option in options:
                    word: _Node = _Constant(Kind.CHOICE, option)
                    fact = self.read(first)
                    return (word, fact) if swapped else (fact, word)
                if option not in self._names:
                    raise self._error(f"{option!r} is no option of {ast.unparse(first)} ({', '.join(options)})")
        return self.read(left_node), self.read(right_node)

    def _options(self, node: ast.expr) -> tuple[str, ...]:
        fact = self._names.get(node.id.removeprefix(MARK)) if isinstance(node, ast.Name) else None
        return fact.options if fact is not None else ()

    def _compare(self, operator: str, left: _Node, right: _Node) -> _Node:
        kinds = {left.kind, right.kind}
        if len(kinds) > 1:
            raise self._error(f"a {left.kind} cannot be compared with a {right.kind}")
        if operator not in {"==", "!="} and not kinds <= {Kind.NUMBER, Kind.DATE}:
            raise self._error(f"{operator} compares numbers or dates, not a {left.kind}")
        for side, other in ((left, right), (right, left)):
            if isinstance(other, _Constant):
                self.constants.update((name, other.constant) for name in side.names)
        return _Compare(Kind.BOOL, operator, left, right)
