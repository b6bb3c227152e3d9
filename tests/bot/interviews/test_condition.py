from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.condition import parse_condition, parse_value
from bot.interviews.conditions.condition_error import ConditionError
from bot.interviews.conditions.kind import Kind, Name, Value
from bot.interviews.conditions.known import Known

NAMES = {
    "a": Name(Kind.BOOL),
    "b": Name(Kind.BOOL),
    "c": Name(Kind.BOOL),
    "n": Name(Kind.NUMBER),
    "m": Name(Kind.NUMBER),
    "day": Name(Kind.DATE),
    "kind": Name(Kind.CHOICE, ("employee", "helper", "raise", "n")),
    "town": Name(Kind.TEXT),
}
TODAY = date(2026, 11, 23)


def truth(source: str, stuck: frozenset[str] = frozenset(), **values: Value) -> bool | None:
    return parse_condition(source, NAMES).truth(Known(values, TODAY, stuck))


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("a and b", {"a": False}, False),
        ("a and b", {"a": True}, None),
        ("a or b", {"a": True}, True),
        ("a or b", {"a": False}, None),
        ("not a", {}, None),
        ("not a", {"a": False}, True),
        ("a == yes", {"a": True}, True),
        ("a != no", {"a": False}, False),
        ("n > 0", {}, None),
        ("n + m >= 2 * n", {"n": Decimal(3), "m": Decimal(3)}, True),
        ("n / m > 1", {"n": Decimal(3), "m": Decimal(0)}, None),
        ("0 < n < 5", {"n": Decimal(5)}, False),
        ("-n == -2", {"n": Decimal(2)}, True),
        ("kind == employee", {"kind": "employee"}, True),
        ("employee == kind", {"kind": "helper"}, False),
        ("kind == raise", {"kind": "raise"}, True),
        ("kind == n", {"kind": "n", "n": Decimal(4)}, True),
        ("kind in [employee, helper]", {"kind": "raise"}, False),
        ("kind not in [employee, helper]", {"kind": "raise"}, True),
        ("kind in [employee]", {}, None),
        ("known(n)", {}, False),
        ("known(n)", {"n": Decimal(0)}, True),
        ("days_since(day) > 10", {"day": date(2026, 11, 1)}, True),
        ("months_since(day) == 1", {"day": date(2026, 9, 24)}, True),
        ("months_since(day) == 2", {"day": date(2026, 9, 23)}, True),
        ('day < "2020-08-20"', {"day": date(2020, 8, 19)}, True),
        ("day <= today", {"day": TODAY}, True),
        ('town == "北京"', {"town": "北京"}, True),
        ("true", {}, True),
        ("not (a and n > 3)", {"n": Decimal(3)}, True),
    ],
)
def test_kleene_truth(source: str, values: dict[str, Value], expected: bool | None) -> None:
    assert truth(source, **values) is expected


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("x > 1", "no fact 'x'"),
        ("n", "must be true or false"),
        ("n > a", "cannot be compared"),
        ("n == yes", "cannot be compared"),
        ("kind > employee", "compares numbers or dates"),
        ("kind == boss", "no option"),
        ("kind in employee", "comes a list"),
        ("days_since(n) > 1", "takes a date fact"),
        ("eval(n) > 1", "no function"),
        ("n.real > 1", "no meaning"),
        ("a = b", "not an expression"),
        ("", "not an expression"),
        ("n > 1 if a else b", "not an expression"),
        ("[n]", "no meaning"),
        ("a and n", "not true or false"),
        ("a + 1 > 2", "not a number"),
        ("True", "write true"),
        ("known(1)", "takes the id"),
        ("n is m", "not an expression"),
        ("n ** 2 > 1", "no meaning"),
    ],
)
def test_errors_say_why(source: str, part: str) -> None:
    with pytest.raises(ConditionError) as error:
        parse_condition(source, NAMES)
    assert part in str(error.value)


@given(st.text(alphabet="abnm()<>=+-*/ .,[]'\"0123456789andortkw\n\\", max_size=60))
def test_no_other_error_than_condition_error(source: str) -> None:
    try:
        expression = parse_condition(source, NAMES)
    except ConditionError:
        return
    assert expression.kind is Kind.BOOL


LEAVES = st.sampled_from(
    ["a", "b", "c", "a == no", "n > 3", "n <= 5", "known(n)", "known(a)", "kind == employee", "true"]
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} and {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} or {two[1]})"),
        inner.map(lambda one: f"(not {one})"),
    ),
    max_leaves=8,
)
POOLS: dict[str, list[Value | None]] = {
    "a": [True, False, None],
    "b": [True, False, None],
    "c": [True, False, None],
    "n": [Decimal(2), Decimal(4), Decimal(6), None],
    "kind": ["employee", "helper", None],
}


@given(CONDITIONS, st.dictionaries(st.sampled_from(sorted(POOLS)), st.integers(0, 2)))
def test_outlook_covers_every_way_the_interview_can_end(source: str, begun: dict[str, int]) -> None:
    """Whatever the open questions turn out to be, 「不知道」 included, the end was foreseen by the outlook."""
    expression = parse_condition(source, NAMES)
    told = {name: POOLS[name][min(at, len(POOLS[name]) - 2)] for name, at in begun.items()}
    values = {name: value for name, value in told.items() if value is not None}
    outlook = expression.outlook(Known(values, TODAY))
    open_names = [name for name in POOLS if name not in values and name in expression.names]
    ends = set()
    for choice in itertools.product(*(POOLS[name] for name in open_names)):
        more = {name: value for name, value in zip(open_names, choice, strict=True) if value is not None}
        stuck = frozenset(name for name, value in zip(open_names, choice, strict=True) if value is None)
        ends.add(expression.truth(Known({**values, **more}, TODAY, stuck)))
    assert ends - {None} <= outlook.outcomes
    if outlook.decided is not None:
        assert ends == {outlook.decided}
    if not outlook.open:
        assert len(ends) == 1


def test_stuck_facts_leave_a_condition_undecided_and_ask_nothing() -> None:
    outlook = parse_condition("n > 3 and a", NAMES).outlook(Known({"a": True}, TODAY, frozenset({"n"})))
    assert outlook.outcomes == {None}
    assert not outlook.live
    assert outlook.stuck == {"n"}


def test_a_settled_part_silences_the_other() -> None:
    outlook = parse_condition("a and n > 3", NAMES).outlook(Known({"a": False}, TODAY))
    assert outlook.decided is False
    assert not outlook.open


def test_constants_are_recorded_for_the_check() -> None:
    expression = parse_condition("n > 3 and kind == employee", NAMES)
    assert ("n", Decimal(3)) in expression.constants
    assert ("kind", "employee") in expression.constants


def test_value_expressions_compute() -> None:
    assert parse_value("n * 12 + 0.5", NAMES).value(Known({"n": Decimal(2)}, TODAY)) == Decimal("24.5")
