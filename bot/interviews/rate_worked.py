"""Works out a rate of interest from the money it comes to: 「一万块一个月给二百」."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.interviews.calculation import plain_number
from bot.interviews.facts import FactValue
from bot.interviews.hearing import Hearing
from bot.interviews.inference import ESTIMATED
from bot.interviews.topic_parts import Fact
from bot.interviews.wages_worked import WORKED
from bot.understanding.amounts import find_amounts
from bot.understanding.entity import Entity

_OF_PERIOD = {"月": re.compile(r"(?:每|一|1)个?月"), "年": re.compile(r"(?:每|一|1)年")}
_RATE = re.compile(r"(?P<period>[月年])(?:息|利)")
"""In the label of such a fact."""
_OTHER = re.compile(r"工[资钱]|挣|收入|赚|还了|给了|还过")
"""What comes in or was paid back is no interest."""
_INTEREST = re.compile(
    r"(?:每|一|1)个?(?P<period>[月年])的?利息(?:就|是|要|给|收|付|我|他|她|还|了|[0-9])*$"
    r"|利息(?:就|是|要|给|收|付|我|他|她|按)*(?:每|一|1)个?(?P<then>[月年])(?:就|是|要|给|收|付|我|他|她)*$"
)
"""Before a sum that is called interest."""
_MOST = 50
"""Per cent a month or a year; above it the sums are something else."""
_MANY = 3


def rate_worked(fact: Fact, hearing: Hearing) -> FactValue | None:
    """The rate with its calculation; None where the period, the interest or the money lent is not told."""
    named = _RATE.search(fact.label) if fact.type == "percent" else None
    sums = find_amounts(hearing.said) if named is not None else []
    if named is None or _OTHER.search(hearing.said) or not 0 < len(sums) < _MANY:
        return None
    if not _OF_PERIOD[named["period"]].search(hearing.said):
        return None
    interest = _sum(sums[-1])
    lent = _sum(sums[0]) if len(sums) > 1 else _lent(hearing)
    return _rate(named["period"], interest, lent)


def interest_told(hearing: Hearing) -> tuple[Fact, FactValue] | None:
    """The same where nobody asked: 「借了五万，一个月利息四千」; None where the sum is not called interest."""
    for entity in find_amounts(hearing.said):
        found = _INTEREST.search(hearing.said, max(0, entity.start - 14), entity.start)
        period = (found["period"] or found["then"]) if found is not None else ""
        fact = next((one for one in hearing.topic.facts if _is_rate_of(one, period)), None) if period else None
        interest, lent = _sum(entity), _lent(hearing)
        if (
            fact is not None
            and fact.id not in {**hearing.facts, **hearing.new}
            and (rate := _rate(period, interest, lent))
        ):
            return fact, rate
    return None


def _is_rate_of(fact: Fact, period: str) -> bool:
    named = _RATE.search(fact.label) if fact.type == "percent" else None
    return named is not None and named["period"] == period


def _rate(period: str, interest: Decimal | None, lent: Decimal | None) -> FactValue | None:
    if interest is None or lent is None or not 0 < interest < lent or interest / lent * 100 > _MOST:
        return None
    words = f"每{period}{plain_number(interest)}元÷{plain_number(lent)}元{WORKED}100%"
    return FactValue(round(float(interest / lent * 100), 2), False, ESTIMATED + words)


def _sum(entity: Entity) -> Decimal | None:
    return entity.value if isinstance(entity.value, Decimal) else None


def _lent(hearing: Hearing) -> Decimal | None:
    """The money lent as it was told before."""
    own = next((one for one in hearing.topic.facts if one.type == "amount" and "本金" in one.label), None)
    told = (hearing.new.get(own.id) or hearing.facts.get(own.id)) if own is not None else None
    return Decimal(str(told.value)) if told is not None and isinstance(told.value, float) else None
