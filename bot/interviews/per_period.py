"""Numbers told per day, week, month or year: 一个月四天, 每周一天, 迟到一次扣多少."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.interviews.measures import Measured
from bot.interviews.topic_parts import Fact
from bot.understanding.entity import Entity
from bot.understanding.extract import extract

_ONE = r"(?:每|一|1)(?:整)?"
_UNITS = {"天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "年": "year"}
_PERIOD = re.compile(
    rf"(?:(?<![0-9一二三四五六七八九十第年]){_ONE}(?!(?<=1)月)个?|平均|大概)(?P<unit>天|日|周|星期|礼拜|月|年)(?!前|后|内)|(?P<pay>[年日月])薪"
)
_BEHIND = re.compile(
    r"(?:块钱?|元)?(?:/|每|一|1)(?:整)?个?(?P<unit>天|日|周|星期|礼拜|月|年)"
    r"(?![前后内多半以了就还都也没不]|[\s的]*(?:利息|房租|租金|工资)?[\s是]*[0-9一二两三四五六七八九十百千万]*[百千万块元])"
)
"""「8000一个月」: the period behind the number, unless it lasts (三万一天都没还) or is another number's."""
_LINK = re.compile(
    r"(?:大概|大约|差不多|平均|也就|至少|最多|顶多|起码|只有|能|就|才|只|也|都|要|得|有|来|上|"
    r"做|干|加|休|是|会|给|发|拿|挣|到手|"
    r"多|班|了|个|[\s,，])*"
)
_ASKED = re.compile(
    r"(?:每个?|一个?|1个?|月)(?P<unit>天|日|周|星期|礼拜|月|年)|(?P<wage>月(?:平?均|应发)?(?:工资|收入)|月薪)"
)
_UNIT_ALONE = re.compile(rf"{_ONE}个?(?:天|日|周|星期|礼拜|月|年|次|回|趟|小时)")
_A_HEAD = re.compile(r"(?:每|一|1)(?:个人|人|口人|户|个|名|位)")
_EACH_GETS = re.compile(r"人?(?:大概|差不多|就|才|只|都|能|该|要|是|给|分|发|得|补|赔|出|交|了)*")
"""Between 一人 and 五万: what each got or gave."""
_HAPPENED = re.compile(r"[了过满共]$")
_ASKS = re.compile(
    r"^(?:牢|班|工|假|货|钱|工资)?(?:得|要|能|该|应该|可以|会|应当|是|就|大概|一般|到底)*(?:[赔罚扣补给发付收交算判关]|"
    r"赔偿|补偿|多少|几|怎么|咋)"
)
_HOW_MUCH = re.compile(
    r"多少|几[块钱百千倍]|怎么|咋|啥|什么|哪|[吗么?？]|[0-9一二两三四五六七八九十百千万]+(?:块|元|百|千|万|倍|$)"
)
_CLAUSE = re.compile(r"[,，。.;；!！\n]")
_MORE_HOURS = re.compile(r"[多加]")
_DAY_HOURS = 8.0
_REACH = 10
_WEEKS = Decimal(52) / 12
_SCALE: dict[tuple[str, str], tuple[Decimal, Decimal, Decimal]] = {
    # (asked per, told per): low, middle and high factor. 21.75 days are counted to a month's pay.
    ("month", "week"): (Decimal(4), _WEEKS, Decimal(5)),
    ("month", "year"): (Decimal(1) / 12, Decimal(1) / 12, Decimal(1) / 12),
    ("month", "day"): (Decimal(20), Decimal("21.75"), Decimal(30)),
    ("day", "month"): (Decimal(1) / 30, Decimal(1) / 30, Decimal(1) / 30),
    ("day", "week"): (Decimal(1) / 7, Decimal(1) / 5, Decimal(1) / 5),
    ("year", "month"): (Decimal(12), Decimal(12), Decimal(12)),
    ("week", "month"): (1 / _WEEKS, 1 / _WEEKS, 1 / _WEEKS),
}


def asked_per(fact: Fact) -> str:
    """The period that the fact's number is for; "" where the question names none."""
    if fact.type not in {"count", "amount"}:
        return ""
    # 辞退前一年里，平均一个月多少: what is named last is what the number is for.
    for text in (fact.label, fact.question):
        if found := list(_ASKED.finditer(text)):
            return "month" if found[-1]["wage"] else _UNITS[found[-1]["unit"]]
    return ""


def told_per(said: str, entity: Entity) -> str:
    """The period named right before the entity (一个月|四天) or behind it (八千|一个月); "" for none."""
    if (behind := _BEHIND.match(said, entity.end)) is not None:
        return _UNITS[behind["unit"]]
    start = max(0, entity.start - _REACH)
    for match in reversed(list(_PERIOD.finditer(said, start, entity.start))):
        if _LINK.fullmatch(said, match.end(), entity.start):
            return _UNITS[match["unit"] or match["pay"]]
    return ""


def beyond_a_day(said: str, entity: Entity, measured: Measured) -> Measured:
    """「天天上12个小时」 to how many hours more than a day's eight: four, or three where a meal is in it."""
    hours = measured.value
    if (
        not isinstance(hours, float)
        or hours <= _DAY_HOURS
        or _MORE_HOURS.search(said, max(0, entity.start - 6), entity.end)
    ):
        return measured
    more = hours - _DAY_HOURS
    return replace(measured, value=more, low=max(0.0, more - 1), high=more)


def period_start(said: str, entity: Entity) -> int:
    """Where the period named before the entity begins; the entity's own place where none is."""
    for match in reversed(list(_PERIOD.finditer(said, max(0, entity.start - _REACH), entity.start))):
        if _LINK.fullmatch(said, match.end(), entity.start):
            return match.start()
    return entity.start


def without_frames(said: str, entities: list[Entity]) -> list[Entity]:
    """The entities without those that only say per what another number is, or what is asked about a rate."""
    return [
        one
        for at, one in enumerate(entities)
        if not _is_a_head(said, one, entities[at + 1 : at + 2])
        if one.kind not in {"duration", "count"}
        or not _UNIT_ALONE.fullmatch(one.text)
        or not (_only_asks(said, one) or any(_frames(said, one, other) for other in _beside(entities, at)))
    ]


def _is_a_head(said: str, count: Entity, behind: list[Entity]) -> bool:
    """「一人五万」 tells what each gets, and of nobody that there is one."""
    return (
        count.kind == "count"
        and _A_HEAD.fullmatch(count.text) is not None
        and any(one.kind == "amount" and _EACH_GETS.fullmatch(said, count.end, one.start) for one in behind)
    )


def _beside(entities: list[Entity], at: int) -> list[Entity]:
    return [*entities[max(0, at - 1) : at], *entities[at + 1 : at + 3]]


def _frames(said: str, period: Entity, number: Entity) -> bool:
    if number.end <= period.start:
        behind = _BEHIND.match(said, number.end)
        return number.kind in {"amount", "count"} and behind is not None and behind.end() == period.end
    between = number.start - period.end
    return 0 <= between <= _REACH and bool(told_per(said, number) and _LINK.fullmatch(said, period.end, number.start))


def _only_asks(said: str, entity: Entity) -> bool:
    """羁押一天赔多少 asks for a rate and tells no day; 关了一天赔多少 tells one."""
    if _HAPPENED.search(said[max(0, entity.start - 1) : entity.start]):
        return False
    rest = _CLAUSE.split(said[entity.end : entity.end + 16], maxsplit=1)[0]
    asks = _ASKS.match(rest)
    return asks is not None and _HOW_MUCH.search(rest) is not None


def split(fact: Fact, entity: Entity, today: date) -> tuple[Entity, str]:
    """一个月四天 heard as one length of time is, where a month's days are asked for, four days per month."""
    period = _PERIOD.match(entity.text) if entity.kind == "duration" and asked_per(fact) else None
    if period is None or period.end() == len(entity.text):
        return entity, ""
    inner = [one for one in extract(entity.text[period.end() :], today) if one.kind == "duration"]
    if len(inner) != 1 or inner[0].end + period.end() != len(entity.text):
        return entity, ""
    at = entity.start + period.end()
    return replace(inner[0], start=at + inner[0].start, end=entity.end), _UNITS[period["unit"]]


def scaled(fact: Fact, measured: Measured, told: str) -> Measured:
    """What was told per one period, per the period that the question asks for."""
    asked = asked_per(fact)
    factors = _SCALE.get((asked, told)) if told and told != asked else None
    if factors is None or not isinstance(measured.value, float):
        return measured
    value = float(measured.value)
    low = measured.low if isinstance(measured.low, float) else value
    high = measured.high if isinstance(measured.high, float) else value
    ends = round(low * float(factors[0]), 2), round(high * float(factors[2]), 2)
    exact = ends[0] == ends[1]
    middle = round(value * float(factors[1]), 2)
    return replace(measured, value=middle, low=None if exact else ends[0], high=None if exact else ends[1])
