"""Finds lengths of time: 俩月, 三年多, 一年零三个月, 两个半月, 十来天, 半年, 8个小时."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from bot.understanding.calendar_dates import BEGAN_WORK
from bot.understanding.entity import Entity
from bot.understanding.numerals import Numeral, find_numerals

Unit = Literal["hours", "days", "months", "years"]

_DAYS: dict[Unit, Decimal] = {
    "hours": Decimal(1) / 24,
    "days": Decimal(1),
    "months": Decimal(30),
    "years": Decimal(365),
}
"""Days per unit, for ordering and rough comparison only; a deadline is never counted with these."""

_TAIL = re.compile(
    r"(?P<more>[多几]|个半|个多)?\s?(?:"
    r"(?P<years>周年(?!纪念)|年(?![初底终末级龄代轻纪假])|载)"
    r"|(?:个|個)?(?P<months>(?<=[个個俩仨])月|整月)"
    r"|(?:个|個)?(?P<weeks>星期|礼拜|周(?!岁|[一二三四五六日末]))"
    r"|(?P<days>天|日(?!元))"
    r"|(?:个|個)?(?P<hours>小时|钟头)"
    r"|(?P<minutes>分钟)"
    r")(?P<after>多|半(?!年|月|天|个|夜|路)|左右|上下|以上|不到|出头)?"
)
_MONTHS = re.compile(
    r"\s?(?P<more>[多几来])?[个個]?(?P<half>半|多|来)?(?P<more2>多)?(?P<months>月)(?P<after>多|左右|上下|"
    r"以上|不到|出头)?"
)
_HALF = re.compile(
    r"(?P<size>大|小|多(?=半年(?:了|$|[,，。])))?半(?P<more>[多]|个来(?=月))?(?:(?P<years>年)(?![级底初终末])|个?(?P<months>月)|"
    r"个(?P<weeks>星期|礼拜)|(?P<days>天)|个?(?P<hours>小时|钟头))(?P<after>多|左右|不到)?"
)
_ABOUT = re.compile(
    r"(?:个把(?P<months>月)|个把(?P<weeks>星期|礼拜)|个把(?P<hours>小时|钟头)|(?P<years>年)把(?!年)|"
    r"(?P<days>天)把(?=时间|就))"
)
_IDIOMS = re.compile(
    r"(?P<always>一年到头)|(?P<year_or_half>一年半载)|(?P<years_3_5>三年五载)|(?P<ten_or_fifteen>十天半个?月)|"
    r"(?P<many_days>好[些多]天)|(?P<many_months>好[些多]个月)|(?P<many_years>好[些多]年|(?<![0-9一二两三四五六七八九十百几半])多年)"
)
_SAID: dict[str, tuple[str, str, str, Unit]] = {
    "always": ("10", "11", "12", "months"),
    "year_or_half": ("6", "9", "12", "months"),
    "years_3_5": ("3", "4", "5", "years"),
    "ten_or_fifteen": ("10", "12", "15", "days"),
    "many_days": ("5", "10", "30", "days"),
    "many_months": ("4", "7", "11", "months"),
    "many_years": ("4", "8", "15", "years"),
}
"""Low, middle and high of what people say in one breath."""
_FEW = {"好": (3, 6, 9), "没": (1, 3, 5), "": (2, 5, 9)}
"""What 几 leaves open, by the word before it."""
_NEARLY = re.compile(
    r"(?:(?P<short>不到|不足|小)|(?P<near>快要?|将近|接近|(?<![最附])近)|(?P<about>差不多|大概|大约|(?<![签违合解预])约))(?:有|都|是)?$"
)
_RANGE = re.compile(r"\s?[-~—–～至到]\s?")
_LACKS = re.compile(r"差(?:了|着)?$")
_TILL = re.compile(r"(?:就|才|不|满|到|够)*")
"""差两个月|满|三年."""
_NOT_ONE = re.compile(r"(?:都|也|都还|也还)(?:没|不(?![到足满]))|没[休歇放]")
"""Behind 一天: 「一天没休过」 counts none."""
_LINK = re.compile(r"\s?[零又加]?\s?")
_ORDINAL = "第每那头"
_YEAR_DIGITS = re.compile(r"(?:19|20)\d\d|[一二][九零〇○][零〇○一二三四五六七八九]{2}")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in the unit said, with its range."""

    value: Decimal
    low: Decimal
    high: Decimal
    unit: Unit
    start: int
    end: int


def find_durations(text: str) -> list[Entity]:
    """Lengths of time in `text` (already folded), in order; parts said together (一年零三个月) become one."""
    spans = find_spans(text)
    found: list[Entity] = []
    index = 0
    while index < len(spans):
        parts = [spans[index]]
        if index + 1 < len(spans) and _is_short_of(text, parts[0], spans[index + 1]):
            found.append(_less(_entity(text, parts), _entity(text, [spans[index + 1]]), text))
            index += 2
            continue
        while index + 1 < len(spans) and _continues(text, parts[-1], spans[index + 1]):
            index += 1
            parts.append(spans[index])
        found.append(_entity(text, parts))
        index += 1
    return found


@functools.lru_cache(maxsize=8)
def find_spans(text: str) -> tuple[Span, ...]:
    """Single lengths of time, each in its own unit, in order and not overlapping. Kept for the last few texts."""
    spans: list[Span] = []
    for match in _IDIOMS.finditer(text):
        low, value, high, unit = _SAID[str(match.lastgroup)]
        spans.append(Span(Decimal(value), Decimal(low), Decimal(high), unit, *match.span()))
    previous: Numeral | None = None
    for numeral in find_numerals(text):
        span = _after_numeral(text, numeral)
        if span is not None and previous is not None and _RANGE.fullmatch(text[previous.end : numeral.start]):
            span = _widen(span, previous, numeral)
        if span is not None and not _is_not_one(text, span):
            spans.append(_nearly(text, span))
        previous = numeral
    for match in _HALF.finditer(text):
        if not match.start() or text[match.start() - 1] not in "上下前后两一二三四五六七八九十个年天" or match["size"]:
            spans.append(_nearly(text, _half(match)))
        elif text[match.start() - 1] == "年" and match["months"] is None:
            continue
    for match in _ABOUT.finditer(text):
        if match["years"] and text[max(0, match.start() - 1) : match.start()] not in (
            "",
            ",",
            "，",
            "了",
            "有",
            "。",
            " ",
            "过",
            "的",
        ):
            continue
        unit, factor = _unit(match)
        spans.append(Span(factor, factor, factor * 2, unit, *match.span()))
    spans.sort(key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _after_numeral(text: str, numeral: Numeral) -> Span | None:
    before = text[max(0, numeral.start - 1) : numeral.start]
    if before in _ORDINAL and before:
        return None
    said = text[numeral.start : numeral.end]
    low, high, value = numeral.low, numeral.high, numeral.value
    if said in ("几", "数"):
        low, value, high = map(Decimal, _FEW[before if said == "几" and before in _FEW else ""])
    following = text[numeral.end : numeral.end + 1]
    if match := _MONTHS.match(text, numeral.end):
        counted = following in "个個" and following or match["more"] or said[-1:] in "俩仨多来" or said in ("几", "数")
        if not counted:
            return None  # 三月, 3月 is a month of the year
        half = Decimal("0.5") if match["half"] == "半" else Decimal(0)
        more = (
            match["half"] == "多" or match["more2"] or match["more"] == "多" or match["after"] in ("多", "出头", "以上")
        )
        low, high, value = low + half, high + half, value + half
        about = match["half"] == "来" or match["more"] == "来" or match["after"] in ("左右", "上下")
        return Span(value, *_spread(low, high, bool(more), about, match["after"]), "months", numeral.start, match.end())
    match = _TAIL.match(text, numeral.end)
    if match is None:
        return None
    unit, factor = _unit(match)
    if match["years"] and (_YEAR_DIGITS.fullmatch(said) or _is_year_of_date(text, numeral, match)):
        return None
    if match["days"] == "日" and before in ("月", "号"):
        return None
    if match["years"] and high > 150 or high > 100_000:
        return None
    value, low, high = value * factor, low * factor, high * factor
    half = factor / 2 if match["after"] == "半" or match["more"] == "个半" else Decimal(0)
    more = match["more"] in ("多", "几", "个多") or match["after"] in ("多", "出头", "以上")
    low, high = _spread(low + half, high + half, bool(more), match["after"] in ("左右", "上下"), match["after"])
    value = (low + high) / 2 if match["after"] == "不到" else value + half
    return Span(value, low, high, unit, numeral.start, match.end())


def _nearly(text: str, span: Span) -> Span:
    """快两年 is less than two years: what is counted by it must not count as two whole ones."""
    around = _NEARLY.search(text, max(0, span.start - 4), span.start)
    if around is None or span.low != span.high:
        return span
    low = high = span.value
    if around["about"]:
        return replace(span, low=low * 9 / 10, high=high * 11 / 10)
    low = low * 8 / 10 if around["short"] else low * 11 / 12
    return replace(span, value=(low + high) / 2, low=low)


def _widen(span: Span, first: Numeral, last: Numeral) -> Span:
    """三到五年: the first number begins the range that the last ends."""
    if not 0 < first.low < last.high or not last.value:
        return span
    low = span.low * first.low / last.value
    return Span((low + span.high) / 2, low, span.high, span.unit, first.start, span.end)


def _is_year_of_date(text: str, numeral: Numeral, match: re.Match[str]) -> bool:
    """24年五月, 二三年入职: two digits and 年 that name a year."""
    said = text[numeral.start : numeral.end]
    if text[max(0, numeral.start - 1) : numeral.start] == "了":
        return False  # 干了20年就在这
    if len(said) != 2 or match["more"] or match["after"] in ("多", "左右", "半", "上下"):
        return False
    if said.isascii():
        return bool(_NAMES_YEAR.match(text, match.end())) and (int(said) <= 40 or int(said) >= 60)
    digits = "零〇○一二三四五六七八九"
    return said[0] in "零〇一二九八" and said[1] in digits and bool(_NAMES_YEAR.match(text, match.end()))


_NAMES_YEAR = re.compile(
    r"\s?的?(?:[0-9一二三四五六七八九十]{1,2}(?:月|[./-])|[初底末中]|年[初底]|[春夏秋冬]|上半年|下半年|"
    rf"{BEGAN_WORK}|就?开始|结婚|结的|"
    r"登记|离婚|签|买|借|租|生|出生|去世|那年|那会|毕业|国庆|中秋|过年|端午|元旦|五一|到|至|和)"
)


def _unit(match: re.Match[str]) -> tuple[Unit, Decimal]:
    """The unit of a match and how many of it one of the words said is (a week is seven days)."""
    groups = match.groupdict()
    if groups.get("years"):
        return "years", Decimal(1)
    if groups.get("months"):
        return "months", Decimal(1)
    if groups.get("weeks"):
        return "days", Decimal(7)
    if groups.get("hours"):
        return "hours", Decimal(1)
    if groups.get("minutes"):
        return "hours", Decimal(1) / 60
    return "days", Decimal(1)


def _spread(low: Decimal, high: Decimal, more: bool, about: bool, after: str | None) -> tuple[Decimal, Decimal]:
    if more:
        return low, high + 1
    if about:
        return low * 9 / 10, high * 11 / 10
    if after == "不到":
        return low * 8 / 10, high
    return low, high


def _half(match: re.Match[str]) -> Span:
    unit, factor = _unit(match)
    value = factor / 2
    low, high = value, value
    if match["size"] in ("大", "多"):
        low, high = value, factor * 9 / 10 if unit != "years" else factor * 11 / 12
        value = (low + high) / 2
    elif match["size"] == "小":
        low, high = factor / 4, value
        value = (low + high) / 2
    elif match["after"] == "不到":
        low = value * 8 / 10
        value = (low + high) / 2
    elif match["more"] == "个来":
        low, high = value * 9 / 10, value * 12 / 10
    elif match["more"] or match["after"] == "多":
        high = value * 3 / 2
    elif match["after"] == "左右":
        low, high = value * 9 / 10, value * 11 / 10
    if unit == "days" and factor == 7:
        value, low, high = Decimal("3.5"), Decimal(3), Decimal(4)
    return Span(value, low, high, unit, *match.span())


_FRAMES = re.compile(
    r"(?:每|一|1)个?(?:天|周|星期|礼拜|月)(?:的?(?:工资|底薪))?"
    r"(?:也就|只有|大概|差不多|到手|就|才|能|都|拿|挣|发|给|开|是|有|\s)*[0-9一二两三四五六七八九十百千万]"
)


def _is_not_one(text: str, span: Span) -> bool:
    return text[span.start : span.end] in ("一天", "1天") and _NOT_ONE.match(text, span.end) is not None


_ORDER: tuple[Unit, ...] = ("years", "months", "days", "hours")


def _continues(text: str, first: Span, second: Span) -> bool:
    if _ORDER.index(second.unit) <= _ORDER.index(first.unit) or second.start - first.end > 2:
        return False
    if _FRAMES.match(text, second.start):
        return False  # 干了两年多 一个月5500: the month only says how often the sum is paid
    return bool(_LINK.fullmatch(text[first.end : second.start]))


def _is_short_of(text: str, first: Span, second: Span) -> bool:
    """差两个月满三年: a smaller length of time is missing to a greater one."""
    smaller = _ORDER.index(second.unit) < _ORDER.index(first.unit) or first.value < 1 <= second.value
    lacks = smaller and _LACKS.search(text, max(0, first.start - 2), first.start)
    return bool(lacks) and _TILL.fullmatch(text, first.end, second.start) is not None


def _less(missing: Entity, whole: Entity, text: str) -> Entity:
    """The whole without what is missing."""
    if not isinstance(missing.value, Decimal) or not isinstance(whole.value, Decimal):
        return whole
    value = max(Decimal(0), whole.value - missing.value)
    months = max(Decimal(0), (whole.months or Decimal(0)) - (missing.months or Decimal(0)))
    start, end = missing.start, whole.end
    return Entity("duration", value, None, None, "months", text[start:end], start, end, months)


def _entity(text: str, parts: list[Span]) -> Entity:
    start, end = parts[0].start, parts[-1].end
    value = sum((part.value * _DAYS[part.unit] for part in parts), Decimal(0))
    low = sum((part.low * _DAYS[part.unit] for part in parts), Decimal(0))
    high = sum((part.high * _DAYS[part.unit] for part in parts), Decimal(0))
    months = sum((_months(part) for part in parts), Decimal(0))
    exact = low == high
    unit = parts[0].unit
    return Entity(
        "duration", value, None if exact else low, None if exact else high, unit, text[start:end], start, end, months
    )


def _months(part: Span) -> Decimal:
    if part.unit == "years":
        return part.value * 12
    if part.unit == "months":
        return part.value
    return part.value * _DAYS[part.unit] / 30
