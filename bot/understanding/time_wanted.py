"""Hears when somebody wants to come or to be met: 「帮我约明天下午三点」, 「能改到后天上午吗」."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.dates import find_dates
from bot.understanding.entity import Entity

_CLAUSE = re.compile(r"[,，。;；!！?？\n]+")
_ASKS = re.compile(
    r"约(?!定|好了|束)|有空|有时间|方便|见(?:个)?面|当面|面谈|过去|过来|上门|改[到成在天]|换[到成个]|推(?:迟|后)|往后|提前|来得了|能[去来到]|可以[去来到]|想[去来]|登记|能(?:不能)?(?:办|做|调解|鉴定|公证)(?!好|完|下来|成)"
)
"""Speaks of coming or being met."""
_ELSEWHERE = re.compile(
    r"开庭|到期|截止|过期|期满|上诉|收到|通知|出院|手术|判|离婚|结婚|走了|死|去世|还钱|还款|给钱|发工资|搬|拍卖|执行|宣判|交房|"
    r"没空|没时间|不方便|不行|不能|来不了|去不了|对方|[他她]|老板|房东|公司|[欠打骂抓撞借]|之?前就?[要得]"
)
"""Tells of another day than that."""
_PART = re.compile(
    r"(?:一整天|全天|早上|上午|中午|下午|傍晚|晚上|早晨|白天)?(?:(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})点(?:半|整|钟|[0-9一二三四五十]{1,3}分?)?|[0-9]{1,2}[:：][0-9]{2})?"
    r"(?:以后|之后|以前|之前|左右|前后)?"
)
_CLOCK = re.compile(
    r"(?:早上|上午|中午|下午|傍晚|晚上|早晨)(?:(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})点(?:半|整|钟)?)?"
    r"|(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})点(?:半|整|钟|[0-9一二三四五十]{1,3}分?)?(?!钱|事|儿|工资|意见)"
)
_BARE = re.compile(
    r"(?:那|那么|就|我|我们|俺|想|要|能|能不能|可以|可不可以|把|时间|预约|约|改|换|推迟|提前|到|成|在|个|吧|吗|嘛|行|行吗|可以吗|好|"
    r"有空|有时间|方便|的|去|来|过去|过来|都|也|登记|麻烦|帮|请|您|你们?|呢|好吗|一下|了|不|左右|以后|之后|还是|其他|别的|时候|天|日子|\s)*"
)
"""All that stands beside a time alone."""
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天末]")
_LAST = re.compile(r"上(?:个)?(?:周|星期|礼拜|月)|去年|昨|前[天年]")
_WEEKEND = re.compile(r"(?<![这上下个本每])周末")
_LONGEST = 60
_DAYS = "一二三四五六日"
_WEEK = timedelta(days=7)


def time_wanted(text: str, today: date, alone: bool = False) -> str:
    """The time as the desk reads it, 「2026年12月1日（周二）下午三点」; "" where none is wanted.

    `alone`: a bare time counts too, as where one was just asked for.
    """
    if len(text) > _LONGEST:
        return ""
    clauses = [_WEEKEND.sub("这周末", one) for one in _CLAUSE.split(text) if one]
    alone = alone or any(_ASKS.search(one) and not _ELSEWHERE.search(one) for one in clauses)
    for clause in clauses:
        if _ELSEWHERE.search(clause) or _LAST.search(clause):
            continue
        days = [one for one in find_dates(clause, today) if one.unit in ("day", "period")]
        at = days[-1] if days else None
        rest = clause if at is None else clause[: at.start] + clause[at.end :]
        part = _PART.match(clause, at.end) if at is not None else _CLOCK.search(clause)
        if at is None and part is None:
            continue
        hour = "" if part is None else part[0]
        only = _BARE.fullmatch(rest.replace(hour, "", 1)) is not None
        if not (_ASKS.search(clause) or (alone and only)):
            continue
        told = "" if at is None else _day(at, today)
        if at is not None and not told:
            continue
        return told + hour
    return ""


def _day(at: Entity, today: date) -> str:
    """The day or the days, never in the past: 「周五」 is the next one."""
    first, last = _date(at.low or at.value), _date(at.high or at.value)
    if _WEEKDAY.fullmatch(at.text):
        while first < today:
            first, last = first + _WEEK, last + _WEEK
    elif first < today and not at.text.startswith(("今", "这")) and at.text.endswith(("号", "日")):
        first = last = _ahead(first, today, "月" in at.text)
    if last < today:
        return ""
    return _written(first) if first == last else f"{_written(first)}到{_written(last)}"


def _ahead(day: date, today: date, of_year: bool) -> date:
    """The same day of the next month or year; the month's last where it has none."""
    for month in range(1, 13):
        year, number = divmod(day.year * 12 + day.month - 1 + month, 12)
        if (of_year and month < 12) or (year, number + 1) < (today.year, today.month):
            continue
        end = (date(year + (number == 11), (number + 1) % 12 + 1, 1) - timedelta(days=1)).day
        found = date(year, number + 1, min(day.day, end))
        if found >= today:
            return found
    return day


def _date(value: object) -> date:
    assert isinstance(value, date)
    return value


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{_DAYS[day.weekday()]}）"
