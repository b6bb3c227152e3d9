"""Reads answers whose few words are clear only beside the question: 「两分」, 「出发当天」, 「没用过」."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from bot.interviews.facts import FactValue
from bot.interviews.hearing import END_MARKS, Hearing
from bot.interviews.rate_worked import rate_worked
from bot.interviews.topic_parts import Fact
from bot.understanding.dates import find_dates
from bot.understanding.durations import find_durations
from bot.understanding.percents import find_percents

_MONTHLY = re.compile(r"月利|月息|个月利息")
_RATE = re.compile(
    r"(?:就|是|说|的|好|讲|约定|大概|按|都|也|给|一个月|每个?月|月)*"
    r"(?P<rate>[0-9一二两三四五六七八九.]{1,3}[分厘](?:半|[1-9一二三四五六七八九])?)(?:的|吧|呢|啊|左右)*"
)
"""「一分五」 to a month's rate; elsewhere 分 may count minutes, marks or money."""
_CLAUSE = re.compile(r"[,，。;；\s]")
_AHEAD = re.compile(r"前几天|提前几天")
_THAT_DAY = re.compile(
    r"(?:就|都|也|是|到|了|在|的|快|等)*(?:出发|动身|出团|开团|集合|走|上车|登机)?(?:的|那天?|前)?当[天日]"
    r"(?:早上|上午|下午|晚上|才|都|就|他们|旅行社|导游)*(?:[说讲]|告诉|通知|取消)?(?:我们?|取消)*(?:的|了|吧)*"
)
_ON_THE_SPOT = re.compile(
    r"(?:到了?(?:机场|车站|火车站|高铁站|集合点|集合地|集合的地方|码头|现场|地方|那儿|那里|地儿)|临(?:出发|走|上车|登机|动身))"
    r"(?:以后|之后|后|了|的时候|时|他们|旅行社|导游|我们?)*才(?:被)?(?:说|讲|告诉|通知|知道|晓得)"
)
"""「到机场才说」: told when it was to begin."""
_UNRECKONED = re.compile(
    r"(?:我们?|也|都|还|从来|一直|就)*没有?(?:仔细|具体|认真|细)?(?:算|统计|核算|估)(?:过|呢|清楚?|了)*"
)
"""「没算」 to how much: they do not know."""
_NEVER = re.compile(r"(?:我们?|也|都|还|就|从来|一直|根本|一次)*没有?(?P<act>[\u4e00-\u9fff])(?:过|呢|了|的)*")
_DONE = "了掉过的"
_JUST = re.compile(
    r"(?:我们?|才|就|也|是)*刚(?:刚|才)?(?P<act>[\u4e00-\u9fff]{1,3}?)(?:的|了|完|好|到|呢|啊|没多久|不久)*"
)
_JUST_DAYS = 7
_OPEN_DAY = re.compile(r"还没(?:走|定)|没定")
"""In a question or its help that reckons with a day that has not come."""
_NOT_YET = re.compile(
    r"(?:我|俺|她|他|人|现在|目前|都|也)*(?:还|暂时)?没(?:有)?(?:走|离开|离职|定|说定?|通知|到|确定|签)(?:呢|啊|下来|好|哪天|哪一天|什么时候|日子|具体)*"
    r"(?=$|[\s,，。;；!！])"
)
"""「还没走呢」 to the last day: it is open still."""


def read_short(hearing: Hearing) -> None:
    """The answer in such words to the question asked; nothing where other words do as well."""
    fact, said = hearing.asked, hearing.said.strip(END_MARKS)
    if fact is None:
        return
    told = (
        _not_yet(hearing, fact, said)
        or _rate(fact, said)
        or rate_worked(fact, hearing)
        or _no_notice(fact, said)
        or _no_sum(fact, said)
        or _just_now(hearing, fact, said)
    )
    if told is not None and (told.unknown or hearing.plausible(fact, told.value)):
        hearing.new[fact.id] = told


def _not_yet(hearing: Hearing, fact: Fact, said: str) -> FactValue | None:
    if fact.type != "date" or not fact.future or not _OPEN_DAY.search(f"{fact.question}{fact.help}"):
        return None
    return FactValue(None, True, said) if _NOT_YET.match(said) and not find_dates(said, hearing.today) else None


def _rate(fact: Fact, said: str) -> FactValue | None:
    is_monthly = fact.type == "percent" and _MONTHLY.search(fact.label + fact.question) is not None
    # 「五万一个月四千，八分」: the last words say the rate itself.
    found = _RATE.fullmatch(_CLAUSE.split(said)[-1]) if is_monthly else None
    # With 利 behind it, it is a rate wherever it is said.
    rates = find_percents(f"{found['rate']}利") if found is not None else []
    value = rates[0].value if len(rates) == 1 else None
    return FactValue(float(value), False, said) if isinstance(value, Decimal) else None


def _no_notice(fact: Fact, said: str) -> FactValue | None:
    if fact.type != "duration" or not _AHEAD.search(fact.question) or find_durations(said):
        return None
    return FactValue(0.0, False, said) if _THAT_DAY.fullmatch(said) or _ON_THE_SPOT.search(said) else None


def _no_sum(fact: Fact, said: str) -> FactValue | None:
    """「没用过」 to what was used up, in the verb of the fact's own cues: nothing."""
    if fact.type not in {"amount", "count"}:
        return None
    if _UNRECKONED.fullmatch(said):
        return FactValue(None, True, said)
    found = _NEVER.fullmatch(said)
    never = found is not None and any(one[:-1] == found["act"] for one in fact.cues if one[-1] in _DONE)
    return FactValue(0.0, False, said) if never else None


def _just_now(hearing: Hearing, fact: Fact, said: str) -> FactValue | None:
    """Within these days, where what just happened is what the question asks the day of."""
    found = _JUST.fullmatch(said) if fact.type == "date" and not fact.future else None
    words = hearing.words[fact.id]
    if found is None or found["act"] not in "\n".join((*words.cues, words.question)):
        return None
    first = (hearing.today - timedelta(days=_JUST_DAYS)).isoformat()
    return FactValue(hearing.today.isoformat(), False, said, first, hearing.today.isoformat())
