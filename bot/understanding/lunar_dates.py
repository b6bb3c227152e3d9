"""Finds days of the old calendar, as people tell them: 正月初八, 去年腊月, 十月初六, 农历七月二十, 上个月初八."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.lunar_months import month_begins, month_length, month_of
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
_NAMED = {"正月": 1, "冬月": 11, "腊月": 12}
_LAST_DAYS = timedelta(days=9)


def find_lunar_dates(text: str, today: date) -> list[Period]:
    """Days and months of the old calendar; where no year is told, the latest past one. Years outside the almanac's are
    not reported."""
    found = []
    for pattern, days in ((_LUNAR, _of_the_year), (_MONTH, _of_the_year), (_THIS_MONTH, _of_these_months)):
        for match in pattern.finditer(text):
            if (span := days(match, today)) is not None:
                precision: Precision = "day" if span[0] == span[1] else "period"
                found.append(Period(*span, precision, *match.span()))
    return found


def _of_the_year(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """农历七月二十, 去年十月初六, 前年腊月底; the latest past one where no year is told."""
    now = month_of(today)
    if now is None:
        return None
    told = match.groupdict()
    year = now[0] + _WHICH.get(told["which"] or "", 0)
    if told["year"]:
        year = int(told["year"]) + (2000 if len(told["year"]) == 2 else 0)
    name = told["month"] or told["marked"]
    month, day = _NAMED.get(name) or _number(name), told["day"] or told.get("any")
    span = _day_of(year, month, day)
    if span is not None and span[0] > today and told["which"] in {None, "今年"} and not told["year"]:
        span = _day_of(year - 1, month, day)
    return (span[1] - _LAST_DAYS, span[1]) if span is not None and told.get("end") and not day else span


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
    """That day, or the whole month; 三十 of a month of 29 days is its last."""
    begins = month_begins(year, month)
    if begins is None:
        return None
    length = month_length(year, month)
    if day is None:
        return begins, begins + timedelta(days=length - 1)
    told = begins + timedelta(days=min(_number(day), length) - 1)
    return told, told


def _number(said: str) -> int:
    digits = "零一二三四五六七八九"
    said = said.removeprefix("初").replace("廿", "二十")
    tens, ten, ones = said.rpartition("十")
    return (10 * (digits.index(tens) if tens else 1) if ten else 0) + (digits.index(ones) if ones else 0)
