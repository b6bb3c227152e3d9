"""Finds dates named by the calendar: 2024年5月1号, 24年五月, 去年3月, 5月20日, 去年中秋前后, 年底, 15号."""

from __future__ import annotations

import functools
import re
from datetime import date

from bot.understanding.festivals import FESTIVALS, festival_day, festival_length
from bot.understanding.numerals import parse_numeral
from bot.understanding.period import Period, make_date, month_of, shift_days, shift_months, year_of

_DIGIT = "零〇○一二三四五六七八九"
_RELATIVE_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "大前年": -3, "明年": 1, "后年": 2}
_NO_AGE = (
    r"(?!(?:都|才|刚|满|快|虚岁|也就|就)*(?:1?[0-9]{1,2}|[一二两三四五六七八九]?十?[一二三四五六七八九十])"
    r"(?:周?岁|多?了?(?:$|[\s,，。;；!！])))"
)
"""「我今年14」 tells an age."""
_YEAR = (
    r"(?:(?P<relative>大前年|今年"
    + _NO_AGE
    + r"|本年|去年|上年|前年(?!后)|明年|后年)|(?<![0-9])(?P<year>(?:19|20)\d\d|"
    r"\d\d)\s?年(?!级|纪|龄)|"
    rf"(?P<han>[一二][九零〇○][{_DIGIT}]{{2}}|[零〇○一二九八][{_DIGIT}])年(?!级|纪|龄))(?:的|\s)?"
)
_MONTH = (
    r"(?<![0-9.一二三四五六七八九十个每])(?P<month>1[0-2]|0?[1-9]|十[一二]?|"
    r"[一二三四五六七八九元])\s?月(?:份(?!额))?(?!薪|供|租|息|经|嫂|子)"
)
_NO_UNIT = (
    r"(?![0-9零一二两三四五六七八九十百千万亿多几余个名位次件份笔项条座栋楼层套台辆吨岁块元角钱天周月年时点"
    r"%kKwW]|[.,]\d|人(?!事)|家(?!里|暴|人)|分(?!手|居)|小时|公[斤里]|来[个天万块人]|单(?!位))"
)
_DAY = (
    r"(?P<day>[12]\d|3[01]|0?[1-9]|二十[一-九]?|二十[一二三四五六七八九]|三十一?|十[一二三四五六七八九]?|"
    r"[一二三四五六七八九])(?:\s?(?:日|号)|"
    # 三月十五: two figures after a month are its day, unless they count something (三月十五个人).
    rf"(?<=[十二三123][0-9一二三四五六七八九十]){_NO_UNIT})"
)
_PART = r"(?P<part>二?十几[号日]|上旬|中旬|下旬|初|底|末|中(?!旬|秋))"
_SEASON = r"(?P<season>年?初|开年|年?底|年?末|年中|上半年|下半年|春天|春季|夏天|夏季|秋天|秋季|冬天|冬季|暑假|寒假)"
_FESTIVAL = (
    "(?P<festival>"
    + "|".join(
        f"(?<![千百万]){name}(?!个)" if name in ("五一", "六一", "八一") else name
        for name in sorted(FESTIVALS, key=len, reverse=True)
    )
    + ")(?!(?<=过年)假(?!期))"
)
"""「从来没给过年假」 speaks of leave, 「三千五一个月」 of pay."""
_AROUND = r"(?P<around>前后|左右|前夕|以前|之前|前几天|前(?!天|年|几|夫|妻)|以后|之后|后(?!天|年|来|果)|期间)?"

_CALENDAR = re.compile(
    rf"(?:{_YEAR})(?:{_MONTH.replace('(?<![0-9.一二三四五六七八九十个每])', '')}(?:的|\s)?(?:{_DAY}|"
    rf"{_PART})?|{_SEASON}|{_FESTIVAL}{_AROUND})?"
)
_BARE_MONTH = re.compile(rf"{_MONTH}(?:的|\s)?(?:{_DAY}|{_PART})?")
_BARE_FESTIVAL = re.compile(rf"(?<![0-9]){_FESTIVAL}{_AROUND}")
_BARE_PART = re.compile(
    r"(?<![一二三四五六七八九十0-9个月])(?:(?P<month_part>月[初底末中](?!介))|(?P<season>年初|年底|年末|"
    r"年终|上半年|下半年)|(?P<new>年前|年后))"
)
_BARE_DAY = re.compile(
    r"(?<![0-9一二三四五六七八九十月.第])(?P<day>[12]\d|3[01]|0?[1-9]|二?十[一二三四五六七八九]?|"
    r"三十一?)\s?号(?![楼线码文院店机房门令库车铺])"
)
_ISO = re.compile(
    r"(?<![0-9.])(?P<year>(?:19|20)?\d\d)(?P<mark>[-./])(?P<month>0?[1-9]|"
    r"1[0-2])(?:(?P=mark)(?P<day>[12]\d|3[01]|0?[1-9]))(?![0-9])"
)
_ISO_MONTH = re.compile(r"(?<![0-9.])(?P<year>(?:19|20)\d\d)[-./](?P<month>0[1-9]|1[0-2]|[1-9])(?![0-9.元块万]|-\d)")
_COMPACT = re.compile(r"(?<![0-9])(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[12]\d|3[01]|0[1-9])(?![0-9])")
_FUTURE = re.compile(r"开庭|到期(?!了)|截止|预产期|打算|准备|即将|将要|马上|下一次")
_PER_MONTH = re.compile(r"\s?(?:给|就|才|只有|有)?[0-9一二两三四五六七八九]+[千百万kK块元]")
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "暑": (7, 8), "上半年": (1, 6), "下半年": (7, 12)}


def find_calendar_dates(text: str, today: date) -> list[Period]:
    """Dates that `text` (already folded) names; may overlap, the caller chooses.

    A date without a year is the nearest past one, or the first one after a date that was named with its year earlier
    in the text (2023年3月入职，5月被辞退), or the next one where the words look ahead (5月3号开庭).
    """
    found: list[Period] = []
    for pattern in (_ISO, _COMPACT, _ISO_MONTH):
        for match in pattern.finditer(text):
            if (period := _from_digits(match, today)) is not None:
                found.append(period)
    for match in _CALENDAR.finditer(text):
        if (period := _with_year(text, match, today)) is not None:
            found.append(period)
    fixed = sorted(found, key=lambda period: period.start)
    starts = {period.start for period in fixed}
    for pattern, read in (
        (_BARE_MONTH, _month_alone),
        (_BARE_FESTIVAL, _festival_alone),
        (_BARE_PART, _part_alone),
        (_BARE_DAY, _day_alone),
    ):
        index, before = 0, None
        for match in pattern.finditer(text):
            while index < len(fixed) and fixed[index].end <= match.start():
                before, index = fixed[index], index + 1
            if match.start() not in starts and (period := read(text, match, today, before)) is not None:
                found.append(period)
    return found


_TO_ARABIC = str.maketrans("零〇○一二三四五六七八九", "000123456789")


def _year_number(text: str, today: date) -> int | None:
    """The year that two or four digits name; None for two digits that name none."""
    number = int(text.translate(_TO_ARABIC))
    if number >= 1900:
        return number
    if number <= today.year % 100 + 5:
        return today.year // 100 * 100 + number
    return 1900 + number if number >= 50 else None


@functools.lru_cache(maxsize=256)
def _number(said: str) -> int:
    if said == "元":
        return 1
    numeral = parse_numeral(said)
    return int(numeral.value) if numeral is not None else 0


def _from_digits(match: re.Match[str], today: date) -> Period | None:
    year = _year_number(match["year"], today)
    if year is None:
        return None
    if "day" in match.groupdict():
        day = make_date(year, int(match["month"]), int(match["day"]))
        return Period(day, day, "day", *match.span()) if day else None
    return Period(*month_of(year, int(match["month"])), "month", *match.span())


def _with_year(text: str, match: re.Match[str], today: date) -> Period | None:
    rest = match["month"] or match["season"] or match["festival"]
    if match["relative"]:
        year: int | None = today.year + _RELATIVE_YEARS[match["relative"]]
    else:
        said = match["year"] or match["han"]
        lasts = said[0] not in "0零〇"
        if lasts and len(said) == 2 and not rest and not _names_year(text, match.end()):
            return None  # 24年 alone is a length of time, 08年 is not
        if len(said) == 2 and not rest and text[max(0, match.start() - 1) : match.start()] in _LASTED:
            return None  # 干了20年就在这
        year = _year_number(said, today)
    if year is None or not date.min.year <= year <= date.max.year:
        return None
    if match["month"]:
        return _in_month(match, year, _number(match["month"]), True, today)
    if match["season"]:
        return Period(*_season(match["season"], year), "period", *match.span())
    if match["festival"]:
        return _festival(match, year, True)
    return Period(*year_of(year), "year", *match.span())


def _names_year(text: str, position: int) -> bool:
    return bool(_YEAR_VERB.match(text, position))


BEGAN_WORK = r"入职|参加工作|进(?:的|了|到)?[厂公单店矿]|来(?:的|了|到)?[公这厂店单矿]|来的|就在(?:这|那|他)|上的班"
"""Behind two figures and 年 these make a year of them: 19年进的公司."""
_LASTED = frozenset("了快有满足近")
_YEAR_VERB = re.compile(
    rf"(?:就|才|开始|到|至)?(?:{BEGAN_WORK}|开始|结婚|结的|登记|离婚|签|买|借|租|生|出生|"
    r"去世|那年|那会|毕业|到|至|和)"
)


def end_of(part: str, first: date, last: date, today: date) -> date | None:
    """The day to go by for the end of a month: its last, unless that is still to come while the end has begun."""
    return last if part in ("底", "末") and not first <= today < last else None


def _in_month(match: re.Match[str], year: int, month: int, anchored: bool, today: date) -> Period | None:
    if not 1 <= month <= 12:
        return None
    first, last = month_of(year, month)
    if match["day"]:
        day = make_date(year, month, _number(match["day"]))
        return Period(day, day, "day", *match.span(), anchored=anchored) if day else None
    if match["part"]:
        part = _month_part(match["part"], first, last)
        value = middle_of_tens(part[0]) if "几" in match["part"] else end_of(match["part"], *part, today)
        return Period(*part, "period", *match.span(), anchored=anchored, value=value)
    return Period(first, last, "month", *match.span(), anchored=anchored)


def middle_of_tens(first: date) -> date:
    """The day to go by for 二十几号, which begins with the 21st: the 25th."""
    return shift_days(first, 4)


def tens_of(part: str, first: date, last: date) -> tuple[date, date]:
    """First and last day of 十几号 and 二十几号."""
    tens = 21 if part.startswith("二") else 11
    return first.replace(day=tens), first.replace(day=min(tens + 8, last.day))


def _month_part(part: str, first: date, last: date) -> tuple[date, date]:
    if "几" in part:
        return tens_of(part, first, last)
    if part in ("上旬", "初"):
        return first, first.replace(day=10)
    if part in ("中旬", "中"):
        return first.replace(day=11), first.replace(day=20)
    return first.replace(day=21 if part == "下旬" else 25), last


def _season(season: str, year: int) -> tuple[date, date]:
    if season in ("初", "年初", "开年"):
        return date(year, 1, 1), date(year, 2, 15)
    if season in ("底", "年底", "末", "年末", "年终"):
        return date(year, 12, 1), date(year, 12, 31)
    if season == "年中":
        return date(year, 6, 1), date(year, 7, 31)
    if season[0] == "冬":
        return date(year, 11, 1), date(year, 12, 31)
    if season[0] == "寒":
        return date(year, 1, 10), date(year, 2, 28)
    months = _SEASONS.get(season) or _SEASONS[season[0]]
    return date(year, months[0], 1), month_of(year, months[1])[1]


def _festival(match: re.Match[str], year: int, anchored: bool) -> Period | None:
    name = FESTIVALS[match["festival"]]
    day = festival_day(name, year)
    if day is None:
        return None
    last = shift_days(day, festival_length(name) - 1)
    around = match["around"] or ""
    if around in ("前后", "左右"):
        day, last = shift_days(day, -7), shift_days(last, 7)
    elif around.startswith(("前", "以前", "之前")):
        # Of the time before a feast the last day is the one to go by.
        day, last = shift_days(day, -30), shift_days(day, -1)
        return Period(day, last, "period", *match.span(), anchored=anchored, value=last)
    elif around in ("后", "以后", "之后"):
        day, last = shift_days(last, 1), shift_days(last, 30)
    elif day == last:
        return Period(day, day, "day", *match.span(), anchored=anchored)
    return Period(day, last, "period", *match.span(), anchored=anchored)


_NOT_KEPT = re.compile(
    r"(?:到现在|现在|至今|一直|到今天)[^。!！?？;；]{0,4}(?:没|不)|(?:都|又|还)没(?:有)?(?:给|还|付|交)"
)
"""「说好年底给到现在没给」 looks back on what was promised."""
_KEPT_REACH = 14
_OF_LAST_YEAR = re.compile(r"[^。!！?？;；\n]{0,6}去年的(?:$|[\s,，。;；!！])")
"""「年底说给的，去年的」 tells the year behind."""


def _looks_ahead(text: str, match: re.Match[str]) -> bool:
    return bool(_FUTURE.search(text, max(0, match.start() - 6), min(len(text), match.end() + 6)))


def _choose(
    options: list[Period], text: str, match: re.Match[str], today: date, before: Period | None
) -> Period | None:
    """Of the same words read in several years or months, the one meant."""
    options = sorted(options, key=lambda period: period.first)
    past = [period for period in options if period.first <= today]
    if _looks_ahead(text, match):
        ahead = [period for period in options if period.last >= today]
        if ahead:
            return ahead[0]
    if before is not None:
        following = [period for period in past if period.first >= before.first]
        if following:
            return following[0]
    return past[-1] if past else None


def _years(today: date, before: Period | None) -> list[int]:
    """Years in which a date without one can lie."""
    near = {today.year - 1, today.year, today.year + 1}
    return sorted(near | {before.first.year, before.first.year + 1} if before else near)


def _month_alone(text: str, match: re.Match[str], today: date, before: Period | None) -> Period | None:
    month = _number(match["month"])
    if match["month"] == "一" and not match["day"] and not match["part"] and _PER_MONTH.match(text, match.end()):
        return None  # 一月三千: a month's pay
    following = text[match.end() : match.end() + 1]
    if text[match.end() - 1] == "月" and following in ("前", "后", "内"):
        return None
    years = _years(today, before)
    options = [period for year in years if (period := _in_month(match, year, month, False, today)) is not None]
    if not options and match["day"]:
        leap_years = range(today.year - 8, today.year)
        options = [period for year in leap_years if (period := _in_month(match, year, month, False, today))]
    return _choose(options, text, match, today, before)


def _festival_alone(text: str, match: re.Match[str], today: date, before: Period | None) -> Period | None:
    years = _years(today, before)
    options = [period for year in years if (period := _festival(match, year, False)) is not None]
    return _choose(options, text, match, today, before)


def _part_alone(text: str, match: re.Match[str], today: date, before: Period | None) -> Period | None:
    if part := match["month_part"]:
        first, last = month_of(today.year, today.month)
        span = _month_part(part[1], first, last)
        day = end_of(part[1], *span, today)
        this = Period(*span, "period", *match.span(), anchored=False, value=day)
        earlier = shift_months(first, -1)
        span = _month_part(part[1], *month_of(earlier.year, earlier.month))
        day = end_of(part[1], *span, today)
        last_month = Period(*span, "period", *match.span(), anchored=False, value=day)
        return last_month if this.first > shift_days(today, 10) and not _looks_ahead(text, match) else this
    if match["new"]:
        spring = festival_day("spring", today.year)
        if spring is None:
            return None
        if match["new"] == "年前":
            return Period(shift_days(spring, -30), shift_days(spring, -1), "period", *match.span(), anchored=False)
        return Period(shift_days(spring, 1), shift_days(spring, 30), "period", *match.span(), anchored=False)
    options = [
        Period(*_season(match["season"], year), "period", *match.span(), anchored=False)
        for year in (today.year - 1, today.year, today.year + 1)
    ]
    if _NOT_KEPT.search(text, match.end(), min(len(text), match.end() + _KEPT_REACH)):
        return max((one for one in options if one.last < today), key=lambda one: one.first, default=None)
    if match["season"] not in ("年底", "年末", "年终"):
        return _choose(options, text, match, today, None)  # 上半年 said in November is the one gone by
    if _OF_LAST_YEAR.match(text, match.end()):
        return options[0]
    # 年底 said in November is the one at hand, said in March the one gone by.
    return min(options, key=lambda period: min(abs((period.first - today).days), abs((period.last - today).days)))


def _day_alone(text: str, match: re.Match[str], today: date, before: Period | None) -> Period | None:
    number = _number(match["day"])
    base = before.first if before is not None and before.precision in ("day", "month") else today
    options: list[Period] = []
    for offset in range(-2, 3):
        month = shift_months(base.replace(day=1), offset)
        if (day := make_date(month.year, month.month, number)) is not None:
            options.append(Period(day, day, "day", *match.span(), anchored=False))
    return _choose(options, text, match, today, before if base is not today else None)
