"""What a calculator is: a typed function with a name, the articles it rests on and the rules it refers to."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from bot.interviews.calculation import Calculation, cents
from bot.interviews.conditions.kind import Kind, Value

Yuan = Annotated[Decimal, "yuan"]
Months = Annotated[Decimal, "months"]
Hours = Annotated[Decimal, "hours"]
Percent = Annotated[Decimal, "percent"]
Count = Annotated[Decimal, "count"]
Day = Annotated[date, "date"]
YesNo = Annotated[bool, "yes_no"]

_KINDS: dict[type, Kind] = {Decimal: Kind.NUMBER, date: Kind.DATE, bool: Kind.BOOL}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a calculator."""

    name: str
    kind: Kind
    unit: str
    """yuan, months, hours, percent, count, date or yes_no."""
    required: bool


@dataclass(frozen=True, slots=True)
class Calculator:
    """A named calculation. Topics reach it through the registry."""

    name: str
    function: Callable[..., Calculation | None]
    parameters: tuple[Parameter, ...]
    rests_on: tuple[str, ...]
    """Citations in topic form; a finding that uses the calculator must cite them."""
    refers: tuple[tuple[str, str], ...]
    """(title, note) of rules outside the index on which it depends."""
    wants_today: bool

    def run(self, arguments: Mapping[str, Value | None], today: date) -> Calculation | None:
        """The calculation; None when a required argument is unknown or there is nothing to compute.

        Raises KeyError for an argument it does not have.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in arguments:
            if name not in known:
                raise KeyError(f"calculator {self.name} has no argument {name!r} ({', '.join(known)})")
        given = {name: value for name, value in arguments.items() if value is not None}
        if any(parameter.required and parameter.name not in given for parameter in self.parameters):
            return None
        result = self.function(**given, **({"today": today} if self.wants_today else {}))
        return None if result is None else replace(result, basis=self.basis, total=cents(result.total))

    @property
    def basis(self) -> str:
        """The articles it rests on as a reader sees them."""
        laws: dict[str, list[str]] = {}
        for citation in self.rests_on:
            law, number = citation.split()
            laws.setdefault(law, []).append(number)
        return "；".join(f"《{law}》{'、'.join(numbers)}" for law, numbers in laws.items())


def calculator(
    *rests_on: str, refers: tuple[tuple[str, str], ...] = ()
) -> Callable[[Callable[..., Calculation | None]], Calculator]:
    """Make a calculator of a typed function; a parameter with a default is optional, `today` is given by the caller."""

    def wrap(function: Callable[..., Calculation | None]) -> Calculator:
        hints = get_type_hints(function, include_extras=True)
        parameters = inspect.signature(function).parameters
        return Calculator(
            name=function.__name__,
            function=function,
            parameters=tuple(
                _parameter(name, hints[name], parameter.default is inspect.Parameter.empty)
                for name, parameter in parameters.items()
                if name != "today"
            ),
            rests_on=rests_on,
            refers=refers,
            wants_today="today" in parameters,
        )

    return wrap


def _parameter(name: str, hint: Any, required: bool) -> Parameter:
    if get_origin(hint) is not Annotated:
        hint = next(part for part in get_args(hint) if part is not NoneType)
    base, unit = get_args(hint)
    return Parameter(name, _KINDS[base], unit, required)
