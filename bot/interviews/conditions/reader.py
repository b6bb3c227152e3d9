"""Turns the syntax tree of an expression into ours."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bot.interviews.conditions.condition_error import ConditionError
from bot.interviews.conditions.kind import Kind, Name, Value
from bot.interviews.conditions.logic import Compare, Junction, Not
from bot.interviews.conditions.node import Node
from bot.interviews.conditions.syntax import MARK
from bot.interviews.conditions.terms import Arithmetic, Constant, FactNode, IsKnown, Since, Today

_RESERVED = {"true": True, "yes": True, "false": False, "no": False}

_COMPARES: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class Reader:
    """Turns Python's syntax tree into ours; whatever has no counterpart is an error."""

    def __init__(self, source: str, names: Mapping[str, Name]) -> None:
        self._source = source
        self._names = names
        self.constants: set[tuple[str, Value]] = set()

    def read(self, node: ast.expr) -> Node:
        match node:
            case ast.BoolOp(op=op, values=values):
                return Junction(Kind.BOOL, isinstance(op, ast.Or), tuple(self._boolean(one) for one in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(Kind.BOOL, self._boolean(operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Arithmetic(Kind.NUMBER, "-", Constant(Kind.NUMBER, Decimal(0)), self._number(operand))
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _ARITHMETIC:
                return Arithmetic(Kind.NUMBER, _ARITHMETIC[type(op)], self._number(left), self._number(right))
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

    def _boolean(self, node: ast.expr) -> Node:
        inner = self.read(node)
        if inner.kind is not Kind.BOOL:
            raise self._error(f"{ast.unparse(node)!r} is a {inner.kind}, not true or false")
        return inner

    def _number(self, node: ast.expr) -> Node:
        inner = self.read(node)
        if inner.kind is not Kind.NUMBER:
            raise self._error(f"{ast.unparse(node)!r} is a {inner.kind}, not a number")
        return inner

    def _constant(self, constant: object) -> Node:
        if isinstance(constant, bool):
            raise self._error("write true or false, not True or False")
        if isinstance(constant, int | float):
            return Constant(Kind.NUMBER, Decimal(str(constant)))
        if isinstance(constant, str):
            try:
                return Constant(Kind.DATE, date.fromisoformat(constant))
            except ValueError:
                return Constant(Kind.TEXT, constant.replace(MARK, ""))
        raise self._error(f"{constant!r} has no meaning here")

    def _name(self, name: str) -> Node:
        if name in _RESERVED:
            return Constant(Kind.BOOL, _RESERVED[name])
        if name == "today":
            return Today(Kind.DATE)
        if name in self._names:
            fact = self._names[name]
            return FactNode(fact.kind, name, fact.options)
        raise self._error(f"there is no fact {name!r} (facts: {', '.join(sorted(self._names))})")

    def _call(self, node: ast.Call) -> Node:
        if not isinstance(node.func, ast.Name) or len(node.args) != 1 or node.keywords:
            raise self._error(f"{ast.unparse(node)!r}: functions are known(f), days_since(f), months_since(f)")
        name = node.func.id
        if name not in {"known", "days_since", "months_since"}:
            raise self._error(f"there is no function {name!r} (known, days_since, months_since)")
        argument = self.read(node.args[0])
        if not isinstance(argument, FactNode):
            raise self._error(f"{name}() takes the id of a fact")
        if name == "known":
            return IsKnown(Kind.BOOL, argument.name)
        if argument.kind is not Kind.DATE:
            raise self._error(f"{name}() takes a date fact, {argument.name!r} is a {argument.kind}")
        return Since(Kind.NUMBER, argument, name.removesuffix("_since"))

    def _comparison(self, node: ast.Compare) -> Node:
        parts: list[Node] = []
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
        return parts[0] if len(parts) == 1 else Junction(Kind.BOOL, False, tuple(parts))

    def _membership(self, left_node: ast.expr, right_node: ast.expr, negated: bool) -> Node:
        if not isinstance(right_node, ast.List | ast.Tuple) or not right_node.elts:
            raise self._error("after `in` comes a list: [a, b]")
        parts = tuple(self._compare("==", *self._pair(left_node, one)) for one in right_node.elts)
        whole = Junction(Kind.BOOL, True, parts)
        return Not(Kind.BOOL, whole) if negated else whole

    def _pair(self, left_node: ast.expr, right_node: ast.expr) -> tuple[Node, Node]:
        """Both sides; a bare word beside a choice is one of its options."""
        for first, second, swapped in ((left_node, right_node, False), (right_node, left_node, True)):
            options = self._options(first)
            if options and isinstance(second, ast.Name) and second.id not in _RESERVED:
                option = second.id.removeprefix(MARK)
                if option in options:
                    word: Node = Constant(Kind.CHOICE, option)
                    fact = self.read(first)
                    return (word, fact) if swapped else (fact, word)
                if option not in self._names:
                    raise self._error(f"{option!r} is no option of {ast.unparse(first)} ({', '.join(options)})")
        return self.read(left_node), self.read(right_node)

    def _options(self, node: ast.expr) -> tuple[str, ...]:
        fact = self._names.get(node.id.removeprefix(MARK)) if isinstance(node, ast.Name) else None
        return fact.options if fact is not None else ()

    def _compare(self, operator: str, left: Node, right: Node) -> Node:
        kinds = {left.kind, right.kind}
        if len(kinds) > 1:
            raise self._error(f"a {left.kind} cannot be compared with a {right.kind}")
        if operator not in {"==", "!="} and not kinds <= {Kind.NUMBER, Kind.DATE}:
            raise self._error(f"{operator} compares numbers or dates, not a {left.kind}")
        for side, other in ((left, right), (right, left)):
            if isinstance(other, Constant):
                self.constants.update((name, other.constant) for name in side.names)
        return Compare(Kind.BOOL, operator, left, right)
