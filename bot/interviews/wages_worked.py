"""Works out what is owed from pay, time worked and what was paid: 「一天260 干了45天 给了3000」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.interviews.calculation import plain_number
from bot.interviews.facts import FactValue
from bot.interviews.hours_worked import hourly_piece, hours_worked
from bot.interviews.inference import ESTIMATED
from bot.interviews.kept_words import keep, kept
from bot.interviews.message_told import Message
from bot.interviews.per_period import period_start, told_per, without_frames
from bot.interviews.sums_meant import is_paid
from bot.interviews.topic_parts import Fact
from bot.understanding.entity import Entity
from bot.understanding.extract import extract

WORKED = "×"
"""Stands in the words of a sum that was worked out so."""
_WAGES_OWED = re.compile(r"[欠].*工[资钱]")
_LABOUR = re.compile(
    r"(?:干|做|上|出勤|出工|打|记|忙|跑|拉|送|摘|采|割|收|种|栽|挖|搬|扛|装|卸|砌|刷|焊)(?:了|满|够|过|的)?(?:一共|总共|有|整整|满|班)*$"
)
_SHIFTS = re.compile(r"工(?!资|钱|程|地|友|人|头|厂)")
_NOTED = re.compile(r"(?:记|出|上|干|做)(?:了|的)?工(?:一共|总共|有|了)*$")
"""Before 45个: 「记工45个」."""
_SHIFT_PAY = re.compile(r"(?:块钱?|元)?(?:/|一|每|1)个?工(?!资|钱|程|地|友|人|头|厂)")
_PER_SHIFT = re.compile(r"(?:一|每|1)个工(?:是|给|算)?$")
_PER_TRIP = re.compile(r"(?:一|每|1)趟(?:是|给|算)?$")
_TRIP_PAY = re.compile(r"(?:块钱?|元)?(?:一|每|1)趟")
_UNITS = {"day": "天", "month": "个月", "trip": "趟"}
_UNPAID = re.compile(
    r"(?:一分|一毛|一块|分文|一个子儿?|一分一毛)[钱也都还没]*(?:没|不|未)(?:给|发|付|拿|结|见)|分文未[给付]|"
    r"(?:没|不)(?:给|发|付|结)(?:过|我)*(?:一分|钱|工资|工钱)"
)
_SEVERAL = re.compile(r"我们|俺们|咱们?|[俩仨]|工友|几个人|每人|一人|人均|加班|底薪|提成|扣|罚")
"""Of several people, or with a sum of its own: nothing is worked out."""
_HALVES = Decimal(2)
_VERB = 3
"""Characters before the time worked that tell what it is of: 干了."""
_BEHIND = 5
"""Characters behind the last figure that tell what it is of: 一天, 个工."""
_NONE_PAID = re.compile(r"(?:没|没有|不|未)(?:给|发|付|结|拿)过?|一分")
LESS = "－已给的"
"""Begins what was taken off."""
PIECES = "“{words}”我记下了。一小时或者一天多少钱、一天几个小时、一共干了多少天、给过您多少，您分开说就行，我来算。"
"""Said while the rest is missing."""


def wages_worked(message: Message, entities: Sequence[Entity]) -> tuple[Fact, FactValue] | None:
    """The fact of the wages owed and its value with the calculation; None where the words leave any doubt.

    Where the pay or the time alone is told, the words are kept until the other follows.
    """
    owed = next((one for one in message.topic.facts if one.type == "amount" and _WAGES_OWED.search(one.label)), None)
    if owed is None or _SEVERAL.search(message.said) or any(one.kind == "percent" for one in entities):
        return None
    if (less := _less(message, owed, entities)) is not None:
        return owed, less
    before = kept(message.facts, owed.id)
    if (hourly := _hourly(message, owed, before)) is not None:
        return owed, hourly
    if before and (entities or _NONE_PAID.search(message.said)):
        # What was kept was told first: the places of its words are those of the whole.
        message = replace(message, said=f"{before} {message.said}")
        found = [one for one in extract(message.said, message.today) if one.kind in {"amount", "count", "duration"}]
        entities = without_frames(message.said, found)
    due = _due(message, owed, entities)
    return (owed, due) if due is not None else _piece(message, owed, entities)


def _hourly(message: Message, owed: Fact, before: str) -> FactValue | None:
    """What is owed of pay by the hour, or the words kept until the hours and the days are told too."""
    asked = message.asked is not None and message.asked.id == owed.id
    told = f"{before} {message.said}" if before else message.said
    if (worked := hours_worked(told, asked)) is not None:
        due, how, got = worked
        return FactValue(float(due), False, ESTIMATED + how + (f"{LESS}{plain_number(got)}元" if got else ""))
    return keep(told) if hourly_piece(told) and (asked or message.asked is None) else None


def _due(message: Message, owed: Fact, entities: Sequence[Entity]) -> FactValue | None:
    sums = [one for one in entities if _is_sum(one)]
    rates = [one for one in sums if _per(message, one)]
    paid = [one for one in sums if one not in rates and is_paid(message, one)]
    worked = [one for one in entities if _is_work(message, one)]
    lengths = [one for one in entities if one.kind == "duration"]
    if len(rates) != 1 or len(worked) != 1 or len(paid) > 1 or len(rates) + len(paid) != len(sums):
        return None
    if any(one not in worked for one in lengths):
        return None
    asked = message.asked is not None and message.asked.id == owed.id
    if not paid and not (_UNPAID.search(message.said) or asked):
        return None
    number = _units(_per(message, rates[0]), worked[0])
    pay, got = rates[0].value, paid[0].value if paid else Decimal(0)
    exact = all(_exact(one) for one in (*rates, *paid))
    if number is None or not exact or not isinstance(pay, Decimal) or not isinstance(got, Decimal):
        return None
    due = pay * number - got
    if due <= 0:
        return None
    unit = _UNITS[_per(message, rates[0])]
    how = f"{plain_number(pay)}元{WORKED}{plain_number(number)}{unit}"
    return FactValue(float(due), False, ESTIMATED + how + (f"{LESS}{plain_number(got)}元" if paid else ""))


def _piece(message: Message, owed: Fact, entities: Sequence[Entity]) -> tuple[Fact, FactValue] | None:
    """The pay by the day or by the trip alone, or the time alone, in answer to what is owed; both where nothing was
    asked and nobody says what was paid.
    """
    rates = [one for one in entities if _is_sum(one) and _per(message, one) in {"day", "trip"}]
    days = [one for one in entities if _is_work(message, one) and one.unit not in {"months", "years"}]
    told = sorted((*rates, *days), key=lambda one: one.start)
    if len(told) != len(entities) or len(rates) > 1 or len(days) > 1 or not all(_exact(one) for one in told):
        return None
    if message.asked is None and rates:
        start = min(told[0].start, period_start(message.said, told[0])) - (_VERB if told[0] in days else 0)
        return owed, keep(message.said[max(0, start) : told[-1].end + _BEHIND])
    asked = message.asked is not None and message.asked.id == owed.id
    return (owed, keep(message.said)) if asked and len(told) == 1 else None


def _less(message: Message, owed: Fact, entities: Sequence[Entity]) -> FactValue | None:
    """What was worked out before less what was paid, told later: 「给了3000」."""
    before = message.facts.get(owed.id)
    if before is None or not isinstance(before.value, float) or WORKED not in before.said:
        return None
    if not before.said.startswith(ESTIMATED) or LESS in before.said or len(entities) != 1:
        return None
    got = entities[0]
    if not (_is_sum(got) and is_paid(message, got) and _exact(got) and isinstance(got.value, Decimal)):
        return None
    due = Decimal(str(before.value)) - got.value
    return FactValue(float(due), False, before.said + f"{LESS}{plain_number(got.value)}元") if due > 0 else None


def _exact(entity: Entity) -> bool:
    return entity.low is None or entity.low == entity.high


def _is_sum(entity: Entity) -> bool:
    return entity.kind == "amount" or (entity.kind == "count" and not entity.unit)


def _per(message: Message, entity: Entity) -> str:
    """day, month or trip; "" for a sum that is no pay per any."""
    per = told_per(message.said, entity)
    if per in {"day", "month"}:
        return per
    if _PER_TRIP.search(message.before(entity)) or _TRIP_PAY.match(message.said, entity.end):
        return "trip"
    behind = _SHIFT_PAY.match(message.said, entity.end)
    return "day" if behind is not None or _PER_SHIFT.search(message.before(entity)) else ""


def _is_work(message: Message, entity: Entity) -> bool:
    """A length of time for which somebody worked, or so many day's works: 「干了45个工」."""
    if entity.kind == "count" and entity.unit == "个":
        noted = _NOTED.search(message.before(entity)) is not None
        return (noted or _SHIFTS.match(message.said, entity.end) is not None) and entity.value != 1
    if entity.kind == "count" and entity.unit == "趟":
        return _LABOUR.search(message.before(entity)) is not None
    return entity.kind == "duration" and _LABOUR.search(message.before(entity)) is not None


def _units(per: str, worked: Entity) -> Decimal | None:
    """How often the pay was earned; None where days would have to be turned into months or the other way round."""
    if not isinstance(worked.value, Decimal) or (worked.low is not None and worked.low != worked.high):
        return None
    if per == "trip" or worked.unit == "趟":
        return worked.value if per == "trip" and worked.unit == "趟" else None
    if per == "day" and (worked.kind == "count" or worked.unit == "days"):
        return worked.value
    months = worked.months if worked.unit in {"months", "years"} else None
    whole = per == "month" and months is not None and (months * _HALVES) % 1 == 0
    return months if whole else None
