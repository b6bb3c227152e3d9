"""Finds how old somebody is, also where nobody says 岁: 今年六十七了, 都八十多了, 三岁半, 六一年的, 奔七十的人."""

from __future__ import annotations

import re
from collections import deque
from datetime import date
from decimal import Decimal

from bot.understanding.entity import Entity
from bot.understanding.numerals import Numeral, find_numerals, parse_numeral, read_numeral

_OLDEST = 120
_SINCE_BIRTH = re.compile(r"(?P<more>[多来几])?(?:周岁|岁|周)(?P<after>半|多|出头|左右|大)?")
_BEFORE = re.compile(
    r"(?P<near>快到?|将近|接近|不到|不满|未满|没满|没到|小)?(?P<about>差不多|大概|大约|约|也就)?(?P<towards>奔)?"
    r"(?:有|满|是)?$"
)
_LEAD = re.compile(
    r"(?:今年|虚岁|实岁|周岁|年龄|岁数|年纪|我|俺|他|她|人|娃|孩子|儿子|女儿|闺女|老[人头婆公伴]|"
    r"[爸妈爹娘奶爷哥姐弟妹]|[我俺]家?儿|"
    r"(?:都|已经|才|刚|也|就|快|都快|刚满|满|刚过|过|奔|有|是|大概|差不多|也就|上)|^|[\s,，。;；])(?:的|了)?$"
)
_TRAIL = re.compile(
    r"(?P<more>多|几|好几|出头|来)?(?:的人|多)?(?:了|啦|咯|喽|哦|啊|吧|呢|呗)*(?=$|[\s,，。.;；!！?？])"
)
_BORN = re.compile(
    r"(?P<year>(?<!\d)(?:(?:19|20)?\d\d)|[一二][九零〇○][零〇○一二三四五六七八九]{2}|[零〇○一二三四五六七八九]{2})年"
    r"(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月)?(?:[0-9一二三四五六七八九十]{1,3}[日号])?"
    r"(?:生人|出生|生日|生|的(?!时候|那))"
)
_ARABIC = str.maketrans("零〇○一二三四五六七八九", "000123456789")


def find_ages(text: str, today: date) -> list[Entity]:
    """Ages in `text` (already folded), in order. For answers to how old somebody is: a bare number is one here."""
    found = list(_born(text, today))
    taken = deque((one.start, one.end) for one in found)
    for one in find_numerals(text):
        # 老二|两岁: the second child.
        second = one.start and text[one.start - 1] == "老" and one.end - one.start > 1
        numeral = (read_numeral(text, one.start + 1, one.end) if second else None) or one
        while taken and taken[0][1] <= numeral.start:
            taken.popleft()
        if numeral.high > _OLDEST or (taken and taken[0][0] < numeral.end):
            continue
        if (age := _said(text, numeral)) is not None:
            found.append(age)
    return sorted(found, key=lambda one: one.start)


def _said(text: str, numeral: Numeral) -> Entity | None:
    trail = _SINCE_BIRTH.match(text, numeral.end)
    if trail is None:
        trail = _TRAIL.match(text, numeral.end)
        if trail is None or not _LEAD.search(text, max(0, numeral.start - 6), numeral.start):
            return None
    value, low, high = numeral.value, numeral.low, numeral.high
    said = {trail["more"], trail.groupdict().get("after")}
    if "半" in said:
        value, low, high = (one + Decimal("0.5") for one in (value, low, high))
    elif said & {"多", "几", "好几", "出头", "来"} and low == high:
        # 六十多 is any of the sixties, 一岁多 is not yet two.
        high = value + (9 if value >= 20 and value % 10 == 0 else 1)
        value = value + 5 if high - value > 1 and said & {"好几"} else value
    before = _BEFORE.search(text, max(0, numeral.start - 6), numeral.start)
    start = numeral.start
    if before is not None and low == high and value >= 1:
        if before["towards"]:
            low, value = value - 5, value - 2
        elif before["near"]:
            low, value, high = value - 1, value - Decimal("0.5"), value - Decimal("0.1")
    return _entity(text, value, low, high, start, trail.end())


def _born(text: str, today: date) -> list[Entity]:
    found = []
    for match in _BORN.finditer(text):
        year = int(match["year"].translate(_ARABIC))
        if year < 100:
            year += 2000 if year <= today.year % 100 else 1900
        age = today.year - year
        if not 0 <= age <= _OLDEST:
            continue
        month = parse_numeral(match["month"]) if match["month"] else None
        if month is not None:
            age -= int(month.value) > today.month
        low = Decimal(age if month is not None else max(age - 1, 0))
        found.append(_entity(text, Decimal(age), low, Decimal(age), match.start(), match.end()))
    return found


def _entity(text: str, value: Decimal, low: Decimal, high: Decimal, start: int, end: int) -> Entity:
    exact = low == high
    return Entity("count", value, None if exact else low, None if exact else high, "岁", text[start:end], start, end)
