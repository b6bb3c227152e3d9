"""Conditions in plain Chinese, for a lawyer who reads a topic: 「用工情况」是“在单位上班”."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal

from bot.interviews.calculation import plain_number
from bot.interviews.conditions.syntax import MARK, syntax_tree
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.interviews.wording import day_text, duration_text

_COMPARES: dict[type[ast.cmpop], str] = {
    ast.Eq: "等于",
    ast.NotEq: "不等于",
    ast.Lt: "小于",
    ast.LtE: "不超过",
    ast.Gt: "大于",
    ast.GtE: "不少于",
}
_WORDED: dict[type[ast.cmpop], str] = {
    ast.Eq: "是",
    ast.NotEq: "不是",
    ast.Lt: "早于",
    ast.LtE: "不晚于",
    ast.Gt: "晚于",
    ast.GtE: "不早于",
}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "＋", ast.Sub: "－", ast.Mult: "×", ast.Div: "÷"}
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}
_SINCE = {"days_since": "天", "months_since": "个月"}


def condition_words(topic: Topic, source: str) -> str:
    """The condition, or calculator argument, in words; it must be one of this topic."""
    return _Teller(topic).tell(syntax_tree(source).body)


class _Teller:
    """Tells one expression; that it is well-formed was seen when the topic was loaded."""

    def __init__(self, topic: Topic) -> None:
        self._facts = {fact.id: fact for fact in topic.facts}

    def tell(self, node: ast.expr, inside: bool = False) -> str:
        """`inside`: within another and/or, so that mixed ones get brackets."""
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = [self.tell(one, True) for one in values]
                told = "，并且".join(parts) if isinstance(op, ast.And) else "，或者".join(parts)
                return f"（{told}）" if inside else told
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._not(operand)
            case ast.UnaryOp(operand=operand):
                return f"－{self.tell(operand, True)}"
            case ast.BinOp(op=op, left=left, right=right):
                told = f"{self.tell(left, True)} {_ARITHMETIC[type(op)]} {self.tell(right, True)}"
                return f"（{told}）" if inside else told
            case ast.Compare():
                return self._comparison(node)
            case ast.Call(func=ast.Name(id=name), args=[ast.Name() as argument]):
                fact = self._fact(argument)
                label = fact.label if fact else ""
                return f"已经知道「{label}」" if name == "known" else f"「{label}」至今的{_SINCE[name].lstrip('个')}数"
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.Constant(value=value):
                return self._value(None, str(value))
        return ast.unparse(node)

    def _name(self, node: ast.expr, name: str) -> str:
        fact = self._fact(node)
        if fact is not None:
            return f"「{fact.label}」是“是”" if fact.type == "yes_no" else f"「{fact.label}」"
        return {"true": "任何情况", "yes": "任何情况", "today": "今天"}.get(name, "从不")

    def _not(self, operand: ast.expr) -> str:
        match operand:
            case ast.Call(func=ast.Name(id="known"), args=[argument]):
                fact = self._fact(argument)
                return f"还不知道「{fact.label if fact else ''}」"
            case ast.Name() if (fact := self._fact(operand)) is not None:
                return f"「{fact.label}」是“否”"
        return f"并非（{self.tell(operand)}）"

    def _fact(self, node: ast.expr) -> Fact | None:
        return self._facts.get(node.id.removeprefix(MARK)) if isinstance(node, ast.Name) else None

    def _comparison(self, node: ast.Compare) -> str:
        parts, left = [], node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self._pair(left, operator, right))
            left = right
        return "，并且".join(parts)

    def _pair(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
        kind = type(operator)
        if isinstance(right, ast.List | ast.Tuple):
            fact = self._fact(left)
            told = "、".join(self._side(fact, one) for one in right.elts)
            verb, tail = "不是" if kind is ast.NotIn else "是", "之一" if right.elts[1:] else ""
            return f"{self._subject(left)}{verb}{told}{tail}"
        fact, other = self._fact(left), right
        if fact is None and not isinstance(left, ast.Call) and (self._fact(right) or isinstance(right, ast.Call)):
            fact, left, other, kind = self._fact(right), right, left, _TURNED.get(kind, kind)
        if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id in _SINCE:
            start = self._fact(left.args[0])
            unit = _SINCE[left.func.id]
            amount = f"{self._side(None, other)}{unit}" if isinstance(other, ast.Constant) else self.tell(other)
            return f"「{start.label if start else ''}」至今{_COMPARES[kind]}{amount}"
        counted = fact is None or fact.type in {"amount", "duration", "count", "percent"}
        relation = (_COMPARES if counted else _WORDED)[kind]
        return f"{self._subject(left)}{relation}{self._side(fact, other)}"

    def _subject(self, node: ast.expr) -> str:
        fact = self._fact(node)
        return f"「{fact.label}」" if fact is not None else self.tell(node, True)

    def _side(self, fact: Fact | None, node: ast.expr) -> str:
        """The right side of a comparison with `fact`: an option, yes or no, a number with its unit."""
        match node:
            case ast.Name(id=name) if fact is not None:
                option = next((one for one in fact.options if one.value == name.removeprefix(MARK)), None)
                if option is not None:
                    return f"“{option.label}”"
                if name in {"yes", "true", "no", "false"}:
                    return "“是”" if name in {"yes", "true"} else "“否”"
            case ast.Constant(value=value):
                return self._value(fact, str(value).replace(MARK, ""))
        other = self._fact(node)
        return f"「{other.label}」" if other is not None else self.tell(node, True)

    @staticmethod
    def _value(fact: Fact | None, text: str) -> str:
        try:
            number = Decimal(text)
        except ArithmeticError:
            try:
                return day_text(date.fromisoformat(text))
            except ValueError:
                return f"“{text}”"
        match fact.type if fact else "":
            case "amount":
                return f"{plain_number(number)}元"
            case "percent":
                return f"{plain_number(number)}%"
            case "duration" if fact is not None:
                return duration_text(number, fact.unit)
        return plain_number(number) + (fact.unit if fact else "")
