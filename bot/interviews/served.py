"""How long somebody has worked somewhere, told by the day on which they began: 「19年进的公司」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.interviews.measures import Measured, since
from bot.interviews.message_told import CLAUSE, CLAUSE_END, Message
from bot.interviews.topic_parts import Fact
from bot.understanding.calendar_dates import BEGAN_WORK
from bot.understanding.entity import Entity
from bot.understanding.period import shift_days

_SERVED = re.compile(r"干了多久")
_BEGAN = re.compile(
    rf"(?:[\s的]|我|俺|初|底|就|才|刚)*(?:{BEGAN_WORK}|报到|招(?:进|工)|开始(?:在|给|跟|干|做|上班|打工)|到(?:这|公司|厂|单位|店)|"
    r"在(?:这|那|他|公司|厂|单位|店)[^,，。;；\s]{0,5}(?:干|做|上班)[到的了起]|去的?(?:厂|公司|单位|他们)|"
    r"(?:一直)?(?:干|做|上班|工作|待|打工)(?:活|工)?(?:到(?:现在|如今|今天|今年)|至今))"
)
_ENTERED = re.compile(
    r"(?:入职|进厂|进公司|进单位|报到|来厂|来公司)(?:的?(?:时间|日期|时候|日子|那天))?(?:大概|大约|是|在|[:：])*$"
)
_LEFT = re.compile(r"离开|离职|最后上班")
_SENT_AWAY = ("不用我", "不要我", "辞退", "开除", "让我走", "叫我走", "离职", "辞职", "走的", "不干")
"""Behind a later day, whether or not the topic asks for the day of leaving."""
_MOST_DAYS = 45
"""A day told more roughly than by its month leaves the length of time open."""


def served(message: Message, fact: Fact, entity: Entity, entities: Sequence[Entity]) -> Measured | None:
    """The time from that day until they left, or until today; None where the day tells no beginning of work."""
    if not is_service(fact) or not began(message, entity):
        return None
    return since_beginning(message, fact, entity, entities)


def began(message: Message, entity: Entity) -> bool:
    """Whether it is the day on which they began to work there: 「我3月来的」."""
    if entity.kind != "date":
        return False
    before = CLAUSE_END.split(message.before(entity))[-1]
    return _BEGAN.match(message.said, entity.end) is not None or _ENTERED.search(before) is not None


def is_leaving(fact: Fact) -> bool:
    """Whether it is the day on which somebody left their work."""
    return fact.type == "date" and _LEFT.search(fact.label) is not None


def is_service(fact: Fact) -> bool:
    """Whether it is how long somebody has worked somewhere."""
    return fact.type == "duration" and _SERVED.search(fact.question) is not None


def since_beginning(message: Message, fact: Fact, day: Entity, entities: Sequence[Entity]) -> Measured | None:
    """The time from that day on, with the ends that 「19年」 leaves open."""
    if not isinstance(day.value, date):
        return None
    until = _left_on(message, day, entities)
    first = day.low if isinstance(day.low, date) else day.value
    last = min(day.high if isinstance(day.high, date) else day.value, until)
    if first > last or day.value >= until:
        return None
    if (last - first).days <= _MOST_DAYS:
        return Measured(since(day.value, fact.unit, until), exact=False)
    ends = since(last, fact.unit, until), since(first, fact.unit, until)
    middle = since(shift_days(first, (last - first).days // 2), fact.unit, until)
    return Measured(middle, *ends, exact=False)


def _left_on(message: Message, day: Entity, entities: Sequence[Entity]) -> date:
    """When they left, as far as it was told."""
    for fact in message.topic.facts:
        if not is_leaving(fact):
            continue
        told = message.facts.get(fact.id)
        if told is not None and isinstance(told.value, str):
            return min(message.today, date.fromisoformat(told.value))
    cues = {cue for fact in message.topic.facts if is_leaving(fact) for cue in message.words[fact.id].cues}
    for one in entities:
        near = CLAUSE_END.split(message.said[one.end : one.end + CLAUSE], maxsplit=1)[0]
        later = one.kind == "date" and one.start > day.start
        if later and isinstance(one.value, date) and any(cue in near for cue in (*cues, *_SENT_AWAY)):
            return min(message.today, one.value)
    return message.today
