"""Finds the ages that a message tells for a topic that asks for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.ages import find_ages
from bot.understanding.entity import Entity
from bot.understanding.normalise import fold

_CHILD = re.compile(r"(?:儿子|女儿|闺女|娃|孩子|孙子|孙女|弟弟?|妹妹?)(?:今年)?(?:才|刚|刚满|也?就)?$")
_ENDS = re.compile(r"$|[\s,，。;；!！]")
_UNIT = "岁"


def ages_told(topic: Topic, asked: Fact | None, said: str, today: date) -> list[Entity]:
    """Asked for an age, bare numbers and years of birth are ages first of all; 「我儿子15」 is one anywhere."""
    if all(fact.unit != _UNIT for fact in topic.facts):
        return []
    ages = find_ages(fold(said), today)
    if asked is not None and asked.unit == _UNIT:
        return ages
    return [one for one in ages if _CHILD.search(said, 0, one.start) and _ENDS.match(said, one.end)]


def with_ages(entities: Sequence[Entity], ages: Sequence[Entity]) -> list[Entity]:
    """Both, in order; where they stand on the same words, the age counts."""
    taken = {place for age in ages for place in range(age.start, age.end)}
    rest = [one for one in entities if taken.isdisjoint(range(one.start, one.end))]
    return sorted((*rest, *ages), key=lambda one: one.start)
