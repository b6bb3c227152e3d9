"""Turns a quantity found in a text into the value of a fact, in the fact's unit."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from bot.interviews.facts import Plain
from bot.interviews.topic_parts import Fact
from bot.understanding.entity import Entity
from bot.understanding.period import make_date, shift_days, shift_months

_PEOPLE = frozenset({"人", "个", "名", "位", "口人", "个人", "号人", ""})
_AGE = frozenset({"岁", "周岁"})
_ITS_OWN = _AGE | {"级"}
"""Units that count nothing else: ten people are no grade."""
_FOREIGN = _AGE | {"次", "回", "遍", "趟", "级", "平米", "平方米", "亩", "公里", "斤", "楼", "层", "期", "张", "条"}
"""Counted things that answer no question about anything else."""
_LESSONS = frozenset({"节", "课时", "学时", "堂"})
_YEAR = re.compile(r"年|\d{4}|昨|前天|上|刚")
"""Words that fix the year, or that look back."""
_MONTH_DAY = re.compile(r"(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d|0?[1-9])")
"""10.8, where a day is asked for."""
_DAY_HOURS = Decimal(24)
_MONTH_DAYS = Decimal(30)
_YEAR_MONTHS = Decimal(12)
_WHOLE = 100
"""Per cent; a bare number above it is none."""
_MONTH_SLACK, _YEAR_SLACK = 15, 60
"""Days by which 三个月了 and 两年了 may be out."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A plausible reading of an entity as a fact; `exact` False when the kind had to be turned into another."""

    value: Plain
    low: Plain = None
    high: Plain = None
    exact: bool = True


def measure(fact: Fact, entity: Entity, asked: bool, today: date) -> Measured | None:
    """The entity as this fact's value; None when it cannot be. When asked, bare numbers and other kinds may do."""
    match fact.type, entity.kind:
        case "amount", "amount":
            return _scaled(entity, Decimal(1))
        case "duration", "duration":
            return _duration(fact.unit, entity)
        case "date", "date":
            if fact.future and (moved := _nearer(entity, today)) is not None:
                return moved
            return Measured(_iso(entity.value), _iso(entity.low), _iso(entity.high))
        case "percent", "percent":
            # 「利息一年两分」 is no rate of a month.
            monthly = "月" in fact.label and entity.unit == "%/year"
            return None if monthly else _scaled(entity, _per_year(fact, entity.unit))
        case "place", "place":
            return Measured(str(entity.value))
        case "count", "count" if entity.unit == "个" and entity.value == 1 and not asked:
            return None  # 「买了一个小区的房」 counts nobody
        case "count", "count":
            return _counted(fact.unit, _scaled(entity, Decimal(1))) if _fits(fact.unit, entity.unit, asked) else None
        case "count", "duration" if "小时" in fact.unit and entity.unit == "hours":
            return _scaled(entity, _DAY_HOURS)
        case "count", "duration" if fact.unit == "天" and entity.unit != "hours":
            return _scaled(entity, Decimal(1))
        case "count", "duration" if fact.unit in _AGE and asked and entity.unit in {"days", "months"}:
            return _duration("years", entity)  # 娃才八个月
    if not asked:
        return None
    match fact.type, entity.kind:
        case "percent", "count" if (_number(entity.value) or 0) > _WHOLE:
            return None  # 「只还过一次5000」 is no rate
        case "amount", "count" if entity.unit == "个" and (_number(entity.value) or 0) < _WHOLE:
            return None  # 「就一个」 is no sum
        case (("amount" | "duration" | "percent"), "count") if entity.unit in {"", "个"}:
            return _rough(_scaled(entity, Decimal(1)))
        case "count", "amount" if not any(mark in entity.text for mark in "元块毛角¥￥"):
            return _rough(_scaled(entity, Decimal(1)))
        case "date", "count" | "amount" if _MONTH_DAY.fullmatch(entity.text):
            return _month_day(entity, fact.future, today)
        case "date", "duration":
            return _that_long_ago(entity, today)
        case "duration", "date" if isinstance(entity.value, date) and entity.value <= today:
            return Measured(since(entity.value, fact.unit, today), exact=False)
    return None


def _month_day(entity: Entity, future: bool, today: date) -> Measured | None:
    """The last 8 October for 10.8, or the next one where that is nearer and may be meant."""
    month, day = map(int, entity.text.split("."))
    found = (make_date(year, month, day) for year in (today.year - 1, today.year, today.year + 1))
    days = [one for one in found if one is not None and (future or one <= today)]
    if not days:
        return None
    return Measured(min(days, key=lambda one: abs((one - today).days)).isoformat(), exact=False)


def _that_long_ago(entity: Entity, today: date) -> Measured | None:
    """The day from which so long a time has passed; a year or a month leaves some days open."""
    days = _number(entity.value)
    if days is None:
        return None
    if entity.unit not in {"years", "months"} or entity.months is None:
        return Measured((today - timedelta(days=int(days))).isoformat(), exact=False)
    whole = int(entity.months)
    day = shift_days(shift_months(today, -whole), -int((entity.months - whole) * _MONTH_DAYS))
    slack = _YEAR_SLACK if entity.months % _YEAR_MONTHS == 0 else _MONTH_SLACK
    longer = int((_number(entity.high) or days) - days)
    shorter = int(days - (_number(entity.low) or days))
    low, high = shift_days(day, -slack - longer), min(today, shift_days(day, slack + shorter))
    return Measured(day.isoformat(), low.isoformat(), high.isoformat(), exact=False)


def _fits(unit: str, said: str, asked: bool) -> bool:
    """Whether a count of 「说」 can be one of 「unit」: 有一个女儿 is nobody's age."""
    if unit in _ITS_OWN:
        return said == unit or {said, unit} <= _AGE or (asked and not said)
    if (
        unit == said
        or {unit, said} <= _LESSONS
        or (unit == "次" and said in _LESSONS)
        or (unit in _PEOPLE and said in _PEOPLE)
    ):
        return bool(said) or asked
    return asked and said not in _FOREIGN


def _counted(unit: str, measured: Measured | None) -> Measured | None:
    """Nobody is half a person, or of an age between two: 五六个 are five, or six."""
    # 十四五岁 are fourteen; 快八岁 ends before eight.
    ranges = unit in _AGE and measured is not None and isinstance(measured.high, float) and measured.high.is_integer()
    people = unit in _PEOPLE and bool(unit)
    if measured is None or not (people or ranges) or not isinstance(measured.value, float):
        return measured
    return replace(measured, value=float(int(measured.value)))


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _nearer(entity: Entity, today: date) -> Measured | None:
    """12月31号 said in November of something to come: of a day without a year the nearer one, next year's if it is."""
    if not isinstance(entity.value, date) or entity.value >= today or _YEAR.search(entity.text):
        return None
    ahead = _next_year(entity.value)
    if ahead - today >= today - entity.value:
        return None
    low, high = (one if not isinstance(one, date) else _next_year(one) for one in (entity.low, entity.high))
    return Measured(_iso(ahead), _iso(low), _iso(high))


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, monthrange(day.year + 1, day.month)[1]))


def _iso(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), 4)


def _scaled(entity: Entity, factor: Decimal) -> Measured | None:
    value, low, high = _number(entity.value), _number(entity.low), _number(entity.high)
    if value is None:
        return None
    return Measured(
        _plain(value * factor),
        _plain(None if low is None else low * factor),
        _plain(None if high is None else high * factor),
    )


def _rough(measured: Measured | None) -> Measured | None:
    return None if measured is None else Measured(measured.value, measured.low, measured.high, exact=False)


def _duration(unit: str, entity: Entity) -> Measured | None:
    days = _number(entity.value)
    if days is None or (entity.unit == "hours" and unit != "days"):
        return None  # 「一天就四个钟头」 is no part of a month
    if unit == "days":
        return _scaled(entity, Decimal(1))
    if entity.months is None or days == 0:
        return None
    # Months as the parser counted them (a year is 12 of them), not days by 30, so that two years are 24 months.
    factor = entity.months / days
    return _scaled(entity, factor / _YEAR_MONTHS if unit == "years" else factor)


def since(start: date, unit: str, today: date) -> float:
    """How long it has been from `start` to `today`, in days, whole months or years."""
    if unit == "days":
        return float((today - start).days)
    months = Decimal((today.year - start.year) * 12 + today.month - start.month)
    if today.day < start.day:
        months -= 1
    return round(float(months / _YEAR_MONTHS if unit == "years" else months), 4)


def _per_year(fact: Fact, unit: str) -> Decimal:
    """月息两分 asked for as a yearly rate is 24 %; which of both the fact wants, its label or question says."""
    yearly = "年" in fact.label or "年" in fact.question
    if not yearly:
        return Decimal(1)
    return {"%/month": _YEAR_MONTHS, "%/day": Decimal(365)}.get(unit, Decimal(1))
