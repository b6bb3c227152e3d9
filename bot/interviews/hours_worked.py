"""Works out what is owed from pay by the hour: 「18一小时 干了31天每天十个钟头 只发了3000」."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.interviews.calculation import plain_number
from bot.understanding.numerals import parse_numeral

_NUMBER = r"[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千万]+"
_HOUR = r"个?(?:小时|钟头|钟点)"
_RATE = re.compile(
    rf"(?:一|每|1){_HOUR}(?:的)?(?:工资|工钱)?(?:是|给|算|才|就|只|说好|只有|大概)*(?P<behind>{_NUMBER})(?=块|元|[\s,，。]|$)"
    rf"|(?P<before>{_NUMBER})(?:块钱?|元)?(?:/|每|一|1){_HOUR}|时薪(?:是|才|只有|就)*(?P<named>{_NUMBER})"
)
_DAYS = re.compile(
    rf"(?:干|做|上|打工?|忙|发|跑|站)(?:了|满|够|过)?(?:班|一共|总共|有|整整|满)*(?P<number>{_NUMBER})(?:天|日)(?!前|后)"
)
_A_DAY = re.compile(
    rf"(?:每天|一天|天天|每日|1天)(?:都|要|得|干|做|上|站|班|是|工作|足足|差不多)*(?P<number>{_NUMBER}){_HOUR}"
)
_HOURS = re.compile(
    rf"(?<!天)(?:干|做|上|忙|跑|站)(?:了|满|够|过)?(?:班|一共|总共|有|整整)*(?P<number>{_NUMBER}){_HOUR}"
)
_TOTAL = re.compile(rf"(?:一共|总共|合计|加起来)(?:干|做|上|是|有)?了?(?P<number>{_NUMBER}){_HOUR}")
_PAID = re.compile(
    rf"(?<![没少不])(?:给|发|付|结|转)(?:了|过)(?:我)?(?:大概|也就)?(?P<number>{_NUMBER})(?=块|元|[\u4e00-\u9fff\s,，。]|$)(?!天|个|{_HOUR})"
)
_UNPAID = re.compile(
    r"(?:一分|一毛|一块|分文)[钱也都还没]*(?:没|不|未)|分文未|(?:没|不)(?:给|发|付|结)(?:过|我)*(?:一分|钱|工资|工钱|$|[,，。\s])"
)
_MOST_HOURS = 24


def hours_worked(said: str, asked: bool) -> tuple[Decimal, str, Decimal] | None:
    """What was earned less what was paid, the calculation in words, and what was paid; None where a part is missing.

    `asked`: the message answers what is owed, so that nothing need be said of what was paid.
    """
    rates = {_value(one) for one in _RATE.finditer(said)}
    hours, how = _hours(said)
    paid = [_value(one) for one in _PAID.finditer(said)]
    if len(rates) != 1 or hours is None or len(paid) > 1 or not (paid or asked or _UNPAID.search(said)):
        return None
    rate, got = rates.pop(), paid[0] if paid else Decimal(0)
    if rate is None or got is None or (due := rate * hours - got) <= 0:
        return None
    return due, f"{plain_number(rate)}元×{how}", got


def hourly_piece(said: str) -> bool:
    """Whether pay by the hour is told, so that the words are worth keeping until the rest follows."""
    return len({_value(one) for one in _RATE.finditer(said)}) == 1


def _hours(said: str) -> tuple[Decimal | None, str]:
    """The hours worked in all, and how they are said."""
    days, a_day = list(_DAYS.finditer(said)), list(_A_DAY.finditer(said))
    if len(days) == 1 and len(a_day) == 1:
        number, each = _value(days[0]), _value(a_day[0])
        if number is None or each is None or each > _MOST_HOURS:
            return None, ""
        return number * each, f"{plain_number(each)}小时×{plain_number(number)}天"
    whole = _TOTAL.search(said) or (None if a_day else _HOURS.search(said))
    number = None if whole is None else _value(whole)
    return number, "" if number is None else f"{plain_number(number)}小时"


def _value(found: re.Match[str]) -> Decimal | None:
    told = next(one for one in found.groups() if one)
    numeral = parse_numeral(told)
    return None if numeral is None else numeral.value
