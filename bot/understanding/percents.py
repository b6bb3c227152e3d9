"""Finds shares and rates: 20%, 百分之二十, 六成, 三分之一, 月息两分, 年利率15%."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.understanding.entity import Entity
from bot.understanding.numerals import Numeral, find_numerals, read_numeral

_SIGN = re.compile(r"\s?(?:%|％|个百分点|个点)")
_TENTHS = re.compile(r"成(?P<half>半)?(?![立为功了员本年交绩都])")
_OF = re.compile(r"(?P<base>百|千|万|[二两三四五六七八九十])分之")
_INTEREST = re.compile(
    r"\s?(?P<unit>分|厘)(?P<half>半|[1-9一二三四五六七八九](?![个月年天日万千百十]))?(?:的)?(?P<word>利|"
    r"息)?"
)
_PERIOD = re.compile(
    r"(?P<day>日息|日利|每天|每日|一天)|(?P<month>月息|月利|每月|每个月|一个月|按月)|(?P<year>年息|年利|"
    r"每年|一年|年化)"
)
_RATE_WORD = re.compile(r"(?:利息|月息|年息|日息|利率|月利|年利)[^,。,;!?\s\d]{0,4}$")
_BASES = {"百": 100, "千": 1000, "万": 10_000}


def find_percents(text: str) -> list[Entity]:
    """Shares and rates in `text` (already folded), in percent, in order."""
    found: list[Entity] = []
    for match in _OF.finditer(text):
        base = match["base"]
        divisor = read_numeral(base, 0, 1) if base not in _BASES else None
        share = read_numeral(text, match.end(), min(len(text), match.end() + 12))
        if share is None:
            continue
        whole = Decimal(_BASES[base]) if base in _BASES else (divisor.value if divisor else Decimal(100))
        found.append(_entity(text, match.start(), share.end, share, Decimal(100) / whole, Decimal(0)))
    taken = [(entity.start, entity.end) for entity in found]
    for numeral in find_numerals(text):
        if any(start <= numeral.start < end for start, end in taken):
            continue
        if (entity := _after_numeral(text, numeral)) is not None:
            found.append(entity)
    found.sort(key=lambda entity: entity.start)
    return [entity for index, entity in enumerate(found) if not index or entity.start >= found[index - 1].end]


def _after_numeral(text: str, numeral: Numeral) -> Entity | None:
    if match := _SIGN.match(text, numeral.end):
        return _entity(text, numeral.start, match.end(), numeral, Decimal(1), Decimal(0))
    if numeral.high <= 10 and (match := _TENTHS.match(text, numeral.end)):
        more = Decimal(5) if match["half"] else Decimal(0)
        return _entity(text, numeral.start, match.end(), numeral, Decimal(10), more)
    if numeral.high <= 30 and (match := _INTEREST.match(text, numeral.end)):
        rate_said = match["word"] or _RATE_WORD.search(text, max(0, numeral.start - 8), numeral.start)
        if not rate_said:
            return None
        # 一分 is one percent, 一厘 a tenth of it; a month's rate unless a year is named.
        size = Decimal(1) if match["unit"] == "分" else Decimal("0.1")
        half = match["half"] or ""
        more = Decimal(0)
        if half:
            digit = read_numeral(half, 0, 1)
            more = size * (Decimal("0.5") if half == "半" else (digit.value if digit else Decimal(0)) / 10)
        period = _period(text, numeral.start)
        if period == "%/year" and match["unit"] == "分":
            size, more = size * 10, more * 10  # 年息一分 is ten percent a year
        return _entity(text, numeral.start, match.end(), numeral, size, more, period if period != "%" else "%/month")
    return None


def _period(text: str, start: int) -> str:
    periods = list(_PERIOD.finditer(text, max(0, start - 8), start))
    if not periods:
        return "%"
    last = periods[-1]
    return "%/day" if last["day"] else "%/month" if last["month"] else "%/year"


def _entity(
    text: str, start: int, end: int, numeral: Numeral, factor: Decimal, more: Decimal, unit: str | None = None
) -> Entity:
    low, high = numeral.low * factor + more, numeral.high * factor + more
    exact = low == high
    value = numeral.value * factor + more
    said = unit or _period(text, start)
    return Entity("percent", value, None if exact else low, None if exact else high, said, text[start:end], start, end)
