"""Finds days of the old calendar, as people tell them: 正月初八, 去年腊月, 十月初六, 农历七月二十, 上个月初八."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.festivals import festival_day
from bot.understanding.lunar_months import SLACK, is_exact, month_begins, month_of
from bot.understanding.period import Period, Precision, shift_months

_DAY = r"初[一二三四五六七八九十]|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|三十"
_LUNAR = re.compile(
    r"(?:(?P<which>大前年|前年|去年|今年|明年)|(?P<year>20\d\d|\d\d)年)?的?(?:农历|阴历|旧历|老历)?(?P<month>正月|冬月|腊月)"
    rf"(?:(?P<day>{_DAY})(?![多几来]?[天年岁个人]))?(?P<end>底|尾)?"
)
_NEW = r"初[一二三四五六七八九十](?![一二三四五六七八九]?[号日])"
_MONTH = re.compile(
    r"(?:(?P<which>大前年|前年|去年|今年)|(?P<year>20\d\d|\d\d)年)?的?(?:"
    rf"(?P<old>农历|阴历|旧历|老历)(?P<marked>十|[二三四五六七八九])月(?P<any>{_DAY})?(?![多几来]?[天年岁个人])|"
    rf"(?P<month>十|[二三四五六七八九])月(?P<day>{_NEW}))"
)
"""Any other month: a day called 初 is the old calendar's, whatever is not said."""
_THIS_MONTH = re.compile(rf"(?P<which>上上个?月|上个?月|这个?月|本月)(?:农历|阴历)?(?P<day>{_NEW})")
_MONTHS = 12
_MONTHS_BACK = {"上上": 2, "上": 1, "这": 0, "本": 0}
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
    for pattern, days in ((_MONTH, _of_the_year), (_THIS_MONTH, _of_these_months)):
        for match in pattern.finditer(text):
            if (span := days(match, today)) is not None:
                precision = "day" if span[0] == span[1] else "period"
                found.append(Period(*span, precision, *match.span()))
    return found


def _of_the_year(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """农历七月二十, 去年十月初六; the latest past one where no year is told."""
    now = month_of(today)
    if now is None:
        return None
    month = _number(match["marked"] or match["month"])
    year = now[0] + _WHICH.get(match["which"] or "", 0)
    if match["year"]:
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    span = _day_of(year, month, match["any"] or match["day"])
    if span is not None and span[0] > today and not match["which"] and not match["year"]:
        return _day_of(year - 1, month, match["any"] or match["day"])
    return span


def _of_these_months(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """上个月初八: of the month before by the old calendar or by the new one, which need not be the same."""
    now = month_of(today)
    if now is None:
        return None
    back = next(months for said, months in _MONTHS_BACK.items() if match["which"].startswith(said))
    by_new = shift_months(today.replace(day=1), -back)
    spans = []
    for ago in (back, back - 1, back + 1):
        year, month = (now[0], now[1] - ago) if now[1] > ago else (now[0] - 1, now[1] - ago + 12)
        span = _day_of(year, month, match["day"]) if month <= _MONTHS else None
        in_month = span is not None and (span[0].year, span[0].month) == (by_new.year, by_new.month)
        if span is not None and span[0] <= today and (ago == back or in_month):
            spans.append(span)
    return (min(one for one, _ in spans), max(one for _, one in spans)) if spans else None


def _day_of(year: int, month: int, day: str | None) -> tuple[date, date] | None:
    """Of a month whose beginning may be a day out."""
    begins = month_begins(year, month)
    if begins is None:
        return None
    slack = timedelta(0) if is_exact(month) else SLACK
    if day is None:
        return begins - slack, begins + timedelta(days=29) + slack
    told = begins + timedelta(days=_number(day) - 1)
    return told - slack, told + slack


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
