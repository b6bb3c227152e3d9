"""Finds days of the old calendar around the New Year, as people tell them: 正月初八, 去年腊月, 腊月二十三."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.festivals import festival_day
from bot.understanding.period import Period, Precision

_DAY = r"初[一二三四五六七八九十]|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|三十"
_LUNAR = re.compile(
    r"(?:(?P<which>大前年|前年|去年|今年|明年)|(?P<year>20\d\d|\d\d)年)?的?(?:农历|阴历|旧历|老历)?(?P<month>正月|冬月|腊月)"
    rf"(?:(?P<day>{_DAY})(?![多几来]?[天年岁个人]))?(?P<end>底|尾)?"
)
_WHICH = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "明年": 1}
_BEFORE_SPRING = {"腊月": (30, 1), "冬月": (60, 31)}
"""First and last day, counted back from the New Year that follows; a lunar month has 29 or 30 days."""
_SHORTER = timedelta(days=1)
_LAST_DAYS = timedelta(days=9)


def find_lunar_dates(text: str, today: date) -> list[Period]:
    """Days and months of the old calendar's last two months and its first; where no year is told, the latest past one.

    Years outside the table of festivals are not reported.
    """
    found = []
    for match in _LUNAR.finditer(text):
        if (span := _span(match, today)) is not None:
            first, last = span
            precision: Precision = "day" if first == last else "period"
            found.append(Period(first, last, precision, *match.span()))
    return found


def _span(match: re.Match[str], today: date) -> tuple[date, date] | None:
    spring = festival_day("spring", today.year)
    if spring is None:
        return None
    year = today.year if today >= spring else today.year - 1
    if match["year"]:
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    elif match["which"]:
        year += _WHICH[match["which"]]
    span = _days(match, year)
    if span is not None and span[0] > today and match["which"] in {None, "今年"} and not match["year"]:
        return _days(match, year - 1)
    return span


def _days(match: re.Match[str], year: int) -> tuple[date, date] | None:
    """Of the lunar year that begins in `year`."""
    first_month = match["month"] == "正月"
    spring = festival_day("spring", year if first_month else year + 1)
    if spring is None:
        return None
    day = _number(match["day"]) if match["day"] else None
    if first_month:
        first = spring + timedelta(days=(day or 1) - 1)
        last = first if day else spring + timedelta(days=29)
    else:
        start, end = (spring - timedelta(days=days) for days in _BEFORE_SPRING[match["month"]])
        # Of 29 or 30 days nobody knows which without the almanac, so that a day may be one later.
        first = start if day is None else start + timedelta(days=day - 1)
        last = end if day is None else min(first + _SHORTER, end)
    return (last - _LAST_DAYS, last) if match["end"] and day is None else (first, last)


def _number(said: str) -> int:
    digits = "零一二三四五六七八九"
    said = said.removeprefix("初").replace("廿", "二十")
    tens, ten, ones = said.rpartition("十")
    return (10 * (digits.index(tens) if tens else 1) if ten else 0) + (digits.index(ones) if ones else 0)
