"""Finds the ages that a message tells for a topic that asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.ages import find_ages
from bot.understanding.entity import Entity
from bot.understanding.normalise import fold

_CHILD = re.compile(
    r"(?:儿子|女儿|闺女|娃|孩子|孙子|孙女|弟弟?|妹妹?|[我俺]家?儿|外甥女?|外孙女?|侄子|侄女)"
    r"(?:今年)?(?:都|才|刚|刚满|也?就|快)?$"
)
_GOES_ON = re.compile(
    r"(?:[我俺]家?儿|儿子|女儿|闺女|孙子|孙女|弟弟|妹妹|外甥女?|外孙女?|侄子|侄女|[我俺](?:家)?(?:弟|妹|娃|孩子))"
    r"(?:今年)?(?:都|才|刚|刚满|也?就)?(?P<age>[4-9]|1[0-9])(?=了?(?:被|让|叫|跟|和|在|就|还|上|读|给|拿|偷|把))"
)
"""「闺女15被网友骗了」: what happened follows at once; before a verb a number may count anything but of a child."""
_ONLY = re.compile(r"(?:^|[\s,，。;；!！]|[他她我俺])(?:今年)?(?:才|刚满)$|[我俺]今年(?:都|也就|就)?$")
"""「才15」 in a clause of its own and 「我今年14」, where nothing was asked."""
_GROWN = 18
_ENDS = re.compile(r"$|[\s,，。;；!！]")
_UNIT = "岁"
_OTHERS = re.compile(r"(?:欺负|打|伤|撞)人的[\u4e00-\u9fff]{0,3}(?:几岁|年龄|年纪)")
"""In the label of an age that is not that of the one who is spoken for."""
_WHICH = re.compile(r"最(?P<which>[小大])")
"""「几个孩子的，说最小的」."""


def ages_told(topic: Topic, asked: Fact | None, said: str, today: date) -> list[Entity]:
    """Asked for an age, bare numbers and years of birth are ages first of all; 「我儿子15」 is one anywhere."""
    if all(fact.unit != _UNIT for fact in topic.facts):
        return []
    ages = find_ages(fold(said), today)
    if asked is not None and asked.unit == _UNIT:
        return ages
    alone = [
        one
        for one in ages
        if (_CHILD.search(said, 0, one.start) or (asked is None and _is_only(said, one))) and _ENDS.match(said, one.end)
    ]
    return [*alone, *_going_on(said)]


def _is_only(said: str, age: Entity) -> bool:
    return isinstance(age.value, Decimal) and age.value < _GROWN and _ONLY.search(said, 0, age.start) is not None


def _going_on(said: str) -> Iterator[Entity]:
    for found in _GOES_ON.finditer(said):
        yield Entity("count", Decimal(found["age"]), None, None, _UNIT, found["age"], *found.span("age"))


def with_ages(entities: Sequence[Entity], ages: Sequence[Entity]) -> list[Entity]:
    """Both, in order; where they stand on the same words, the age counts."""
    taken = {place for age in ages for place in range(age.start, age.end)}
    rest = [one for one in entities if taken.isdisjoint(range(one.start, one.end))]
    return sorted((*rest, *ages), key=lambda one: one.start)


def of_others_age(fact: Fact, said: str) -> bool:
    """「十二岁」 is the age of the child that was beaten, and not of those who did it, unless it is said to be."""
    return _OTHERS.search(fact.label) is not None and not any(cue in said for cue in fact.cues)


def of_the_one_asked(topic: Topic, entities: Sequence[Entity]) -> list[Entity]:
    """Of several ages the one that the topic's only question for an age wants: the youngest's or the eldest's."""
    asking = [fact for fact in topic.facts if fact.unit == _UNIT]
    which = _WHICH.search(asking[0].question) if len(asking) == 1 else None
    ages = [one for one in entities if one.unit == _UNIT]
    if which is None or len(ages) < 2:
        return list(entities)
    meant = (min if which["which"] == "小" else max)(ages, key=lambda one: Decimal(str(one.value)))
    return [one for one in entities if one is meant or one not in ages]
