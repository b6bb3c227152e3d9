"""Works out what lessons already taken are worth: 「一共96节 上了10节」 of a fee told before."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.interviews.calculation import plain_number
from bot.interviews.facts import FactValue
from bot.interviews.inference import ESTIMATED
from bot.interviews.message_told import Message
from bot.interviews.topic_parts import Fact
from bot.interviews.wages_worked import WORKED
from bot.understanding.numerals import parse_numeral

LESSONS = "÷"
"""Stands in the words of a sum that was worked out so."""
_TAKEN = re.compile(r"已经上的课|已经用掉的")
_FEE = re.compile(r"交的(?:学费|钱)")
_NUMBER = r"(?P<number>[0-9]+|[一二两三四五六七八九十百]+)"
_UNIT = r"(?:节课?|个?课时|个?学时|堂课?|次)(?!性)"
_WHOLE = re.compile(rf"(?:一共|总共|共|全部|报了?|买了?|办了?|说好|合同)(?:是|有|的|写的)*{_NUMBER}个?{_UNIT}")
_USED = re.compile(rf"(?:上|用|去|学|做)(?:了|过|掉)(?:才|有|大概|差不多)*{_NUMBER}(?:{_UNIT}|个(?=$|[\s,，。;；了]))")
_HALF = re.compile(r"(?:上|用|去|学|做|消)(?:了|掉)(?:差不多|大概|快|将近|有)*一半")
_PART = re.compile(
    r"(?:上|用|去|学|做|消)(?:了|掉)(?:差不多|大概|快|将近|有)*(?P<of>[二两三四五六七八九十])分之(?P<part>[一二两三四五六七八九])"
)
_ONLY = re.compile(rf"(?:才|就|只|我们?|孩子|娃|大概|差不多|上了|上过|去了|[\s,，])*{_NUMBER}{_UNIT}")
"""「9节」 to what the lessons had are worth, of a number of lessons told before."""


def lessons_worked(message: Message) -> tuple[Fact, FactValue] | None:
    """The fact of what was used up and its value with the calculation; None where the fee or a number is missing."""
    taken = next((one for one in message.topic.facts if one.type == "amount" and _TAKEN.search(one.label)), None)
    fee = next((one for one in message.topic.facts if one.type == "amount" and _FEE.search(one.label)), None)
    told = message.facts.get(fee.id) if fee is not None else None
    whole, used = _count(_WHOLE, message.said), _count(_USED, message.said)
    if taken is not None and message.asked is not None and message.asked.id == taken.id:
        whole = whole or _told(message, "一共买的")
        used = used if used is not None else _first(_ONLY, message.said)
        used = used if used is not None else _told(message, "已经(?:上|用)了的(?:课时|次数)")
    if taken is None or told is None or not isinstance(told.value, float):
        return None
    if whole is None or used is None:
        whole, used = _share(message.said)
    if whole is None or used is None:
        return None
    if not 0 < used <= whole:
        return None
    paid = Decimal(str(told.value))
    each = f"{plain_number(paid)}元{LESSONS}{plain_number(whole)}次{WORKED}{plain_number(used)}次"
    return taken, FactValue(round(float(paid * used / whole), 2), False, ESTIMATED + each)


def _share(said: str) -> tuple[Decimal | None, Decimal | None]:
    """「上了一半」 is one of two, 「上了三分之一」 one of three."""
    if _HALF.search(said):
        return Decimal(2), Decimal(1)
    found = _PART.search(said)
    of, part = (parse_numeral(found[one]) for one in ("of", "part")) if found is not None else (None, None)
    return (of.value, part.value) if of is not None and part is not None else (None, None)


def _told(message: Message, label: str) -> Decimal | None:
    """What was told before of the number so labelled."""
    own = next((one for one in message.topic.facts if one.type == "count" and re.match(label, one.label)), None)
    told = message.facts.get(own.id) if own is not None else None
    return Decimal(str(told.value)) if told is not None and isinstance(told.value, float) else None


def _first(pattern: re.Pattern[str], said: str) -> Decimal | None:
    found = pattern.match(said)
    numeral = parse_numeral(found["number"]) if found is not None else None
    return numeral.value if numeral is not None else None


def _count(pattern: re.Pattern[str], said: str) -> Decimal | None:
    found = pattern.search(said)
    numeral = parse_numeral(found["number"]) if found is not None else None
    return numeral.value if numeral is not None else None
