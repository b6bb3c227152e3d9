"""Finds dates counted from today: 昨天, 上周五, 上个月10号, 三年前, 半个月前, 前几天, 再过十天."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.understanding.calendar_dates import end_of, middle_of_tens, tens_of
from bot.understanding.durations import Span, find_spans
from bot.understanding.numerals import parse_numeral
from bot.understanding.period import Period, make_date, month_of, shift_days, shift_months, week_of

_DAYS = {
    "大前天": -3, "前天": -2, "前晚": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "昨儿": -1,
    "今天": 0, "今日": 0, "今早": 0, "今晚": 0, "今晨": 0, "今儿": 0, "刚才": 0, "刚刚": 0, "当下": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_DAY_WORD = re.compile("(?<![0-9一二两三四五六七八九十几])(?:" + "|".join(sorted(_DAYS, key=len, reverse=True)) + ")")
_WEEK = re.compile(
    r"(?P<which>上上个?|上个?|这个?|本|下下个?|下个?)?(?P<word>周|星期|"
    r"礼拜)(?P<day>[一二三四五六日天末1-7])?(?![岁年转边围到期折])"
)
_MONTH = re.compile(
    r"(?P<which>上上个|上上|上个|上|这个|本|当|下下个|下个|下)月(?:份)?(?:的)?(?:(?P<day>[12]\d|3[01]|"
    r"0?[1-9]|二?十[一二三四五六七八九]?|三十一?|"
    r"[一二三四五六七八九])\s?[号日]|(?P<bare>二十[一二三四五六七八九]?|十[一二三四五六七八九])(?![多几来]?[天个元块万千百年月岁人户亩件次号日])|"
    r"(?P<tens>二?十几[号日])|(?P<part>上旬|中旬|下旬|初(?![一二三四五六七八九十])|[底末]))?"
)
_WHICH = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "下": 1, "下下": 2}
_AGO = re.compile(r"(?:之|以)?前(?!后|夫|妻|男友|女友|任)")
_LATER = re.compile(r"(?:之|以)?后")
_PROMISES = re.compile(r"(?:说|讲|答应|承诺|保证|许诺|通知|约好)(?:了|过|我|好)?$")
_AHEAD = re.compile(r"(?:再过|还有|过)\s?$")
_BEFORE_EVENT = re.compile(r"(?:临走|临|出发|动身|登机|开庭|婚礼|结婚|报到|上车|交房|开学|考试|手术)$")
"""What happens later than 前三天."""
_VAGUE = (
    (re.compile(r"(?<!提)前(?:几|两|些|三)天|前些日子|这(?:几|两)天"), 2, 9, 3),
    (
        re.compile(
            r"前(?:一)?(?:段时间|阵子|阵|段日子)|前不久|不久前|最近(?!一[次回]|的?一[次回]|这?[次回])|近期|近来|这段时间|这阵子"
        ),
        3,
        60,
        14,
    ),
    (re.compile(r"前(?:几|两|些)个?月|近几个月|这几个月"), 60, 180, 90),
    (re.compile(r"前(?:几|两|些)年|这几年|近几年"), 700, 1800, 1095),
)
"""Pattern, days ago at the latest, at the earliest, and the day to go by."""


def find_relative_dates(text: str, today: date) -> list[Period]:
    """Dates that `text` (already folded) counts from today; may overlap, the caller chooses."""
    found: list[Period] = []
    for match in _DAY_WORD.finditer(text):
        day = shift_days(today, _DAYS[match[0]])
        found.append(Period(day, day, "day", *match.span()))
    found.extend(_counted_days(text, today))
    found.extend(_weeks(text, today))
    found.extend(_months(text, today))
    for span in find_spans(text):
        if (period := _from_span(text, span, today)) is not None:
            found.append(period)
    for pattern, latest, earliest, usual in _VAGUE:
        for match in pattern.finditer(text):
            if match.start() and text[match.start() - 1].isdigit():
                continue
            if _BEFORE_EVENT.search(text, max(0, match.start() - 3), match.start()):
                continue  # 临走前三天说取消
            first, last = shift_days(today, -earliest), shift_days(today, -latest)
            found.append(Period(first, last, "period", *match.span(), value=shift_days(today, -usual)))
    return found


_BREAK = re.compile(r"[。!！?？;；\n]")
_SAYS = re.compile(
    r"说(?!明(?!天|日|早|晚)|法|服|话|好的)|讲|答应|承诺|保证|许诺|告诉|通知|表示|威胁|发(?:微信|短信|消息|信息)|约(?:好|定)"
)
_CLUE = 4
"""Characters before a date that tell how it is counted: 说过十天."""
_MOST_BETWEEN = 40
"""Characters between when something was said and the words that say so."""


def reported(text: str, periods: list[Period], today: date) -> list[Period]:
    """`periods` with what is said to come (明天, 三天后) counted from the day on which it was said, where that is told.

    昨天他说明天给: the speaker's tomorrow is today. Of each sentence only the latest such day counts.
    """
    found: list[Period] = []
    for period in sorted(periods, key=lambda one: one.start):
        said_on = _said_on(text, period, found, today) if period.first > today else None
        first = max(period.start - _CLUE, found[-1].end if found else 0)
        again = find_relative_dates(text[first : period.end], said_on) if said_on else []
        whole = next((one for one in again if one.end == period.end - first), None)
        if whole is not None:
            period = replace(period, first=whole.first, last=whole.last, value=whole.value)
        found.append(period)
    return found


def _said_on(text: str, period: Period, before: list[Period], today: date) -> date | None:
    for earlier in reversed(before[-3:]):
        between = text[earlier.end : period.start]
        if len(between) > _MOST_BETWEEN or _BREAK.search(between):
            return None
        if earlier.precision == "day" and earlier.first <= today and _SAYS.search(between):
            return earlier.first
    return None


_EACH_MONTH = re.compile(r"每个?月[^。!！?？;；\n]{0,8}[结发付给算开]$")
"""「每个月15号结上个月的」 names no month."""
_DAY_COUNTED = re.compile(
    r"(?:今天|今儿|今日)(?:是|已经|都|就)*第(?P<number>[一二两三四五六七八九十]{1,3}|[0-9]{1,3})天"
)


def _counted_days(text: str, today: date) -> Iterator[Period]:
    """「今天第三天」: it began the day before yesterday."""
    for match in _DAY_COUNTED.finditer(text):
        numeral = parse_numeral(match["number"])
        if numeral is not None and numeral.value >= 1:
            day = shift_days(today, 1 - int(numeral.value))
            yield Period(day, day, "day", *match.span())


def _weeks(text: str, today: date) -> Iterator[Period]:
    for match in _WEEK.finditer(text):
        which, said = match["which"], match["day"]
        if which is None and said is None:
            continue
        if which is None and text[max(0, match.start() - 1) : match.start()] in tuple(
            "每一二两三四五六七八九十几个双0123456789"
        ):
            continue  # 每周六, 一周六天
        if match["word"] == "周" and which is None and said in ("末", "天"):
            continue
        if said is None and which is not None and text[match.end() : match.end() + 1] in ("年", "岁"):
            continue
        monday = week_of(today, _WHICH[which.rstrip("个")] if which else 0)
        if said is None:
            yield Period(monday, shift_days(monday, 6), "period", *match.span())
        elif said == "末":
            yield Period(shift_days(monday, 5), shift_days(monday, 6), "period", *match.span())
        else:
            day = shift_days(
                monday,
                "一二三四五六日".find(said) if said in "一二三四五六日" else 6 if said == "天" else int(said) - 1,
            )
            if which is None and day > today:
                day = shift_days(day, -7)
            yield Period(day, day, "day", *match.span())


def _months(text: str, today: date) -> Iterator[Period]:
    for match in _MONTH.finditer(text):
        if match["which"] in ("上", "下") and match.start() and text[match.start() - 1] in "以加晚早":
            continue
        if _EACH_MONTH.search(text, max(0, match.start() - _CLUE * 3), match.start()):
            continue
        base = shift_months(today.replace(day=1), _WHICH[match["which"].rstrip("个")])
        first, last = month_of(base.year, base.month)
        if told := match["day"] or match["bare"]:
            numeral = parse_numeral(told)
            day = make_date(base.year, base.month, int(numeral.value)) if numeral else None
            if day is not None:
                yield Period(day, day, "day", *match.span())
                continue
            yield Period(first, last, "month", match.start(), match.start("day"))
        elif match["tens"]:
            first, last = tens_of(match["tens"], first, last)
            yield Period(first, last, "period", *match.span(), value=middle_of_tens(first))
        elif match["part"]:
            first, last = {
                "初": (first, first.replace(day=10)),
                "上旬": (first, first.replace(day=10)),
                "中旬": (first.replace(day=11), first.replace(day=20)),
                "下旬": (first.replace(day=21), last),
            }.get(match["part"], (first.replace(day=25), last))
            yield Period(first, last, "period", *match.span(), value=end_of(match["part"], first, last, today))
        else:
            yield Period(first, last, "month", *match.span())


def _from_span(text: str, span: Span, today: date) -> Period | None:
    """三年前 and 再过十天; the longer the unit, the wider the range the words leave."""
    if ago := _AGO.match(text, span.end):
        sign, end = -1, ago.end()
    elif _AHEAD.search(text, max(0, span.start - 3), span.start):
        later = _LATER.match(text, span.end)
        sign, end = 1, later.end() if later else span.end
    elif (later := _LATER.match(text, span.end)) and (
        not span.start
        or text[span.start - 1] in ",，。;；!！?？ "
        or _PROMISES.search(text, max(0, span.start - 4), span.start)
    ):
        sign, end = 1, later.end()
    else:
        return None
    if span.unit == "hours":
        day = today
        return Period(day, day, "day", span.start, end)
    value = _shift(today, span.unit, span.value * sign)
    near, far = _shift(today, span.unit, span.low * sign), _shift(today, span.unit, span.high * sign)
    slack = 0
    if span.unit == "months":
        slack = 7 if span.value < 1 else 15
    elif span.unit == "years":
        slack = 30 if span.value < 1 else 180
    first, last = shift_days(min(near, far), -slack), shift_days(max(near, far), slack)
    if sign < 0:
        last = min(last, today)
    exact = first == last
    return Period(first, last, "day" if exact else "period", span.start, end, value=value)


def _shift(today: date, unit: str, amount: Decimal) -> date:
    if unit == "days":
        return shift_days(today, int(amount))
    months = amount * (12 if unit == "years" else 1)
    whole = int(months)
    return shift_days(shift_months(today, whole), int((months - whole) * 30))
